import { type Fields, fieldsOf, sameText, textOf } from './input.ts';
import { bareWord } from './spelling.ts';

/** What a PATCH's body says otherwise than GET does, beside the fields that the call is for. */

/** What .NET makes of a field without a value (`default(DateTime)`, the first word of an enumeration). */
const NO_DATE = '0001-01-01T00:00:00';
const NO_WORD: ReadonlyMap<string, string> = new Map([
  ['billingtype', 'none'],
  ['unittype', 'none'],
  ['billingcycle', 'unknown'],
]);

/** Metadata: its etag has rules of its own, and the SDK writes it where GET has none. */
const METADATA = 'attributes';

/** Whether a field says no more than that it was not set: what the SDK sends for all that it knows and GET did not show. */
export function isUnset(name: string, value: unknown): boolean {
  if (value === null || value === '' || value === 0 || value === false) return true;
  if (typeof value === 'object') return Object.keys(value).length === 0;
  return saysNothing(name, value);
}

const saysNothing = (name: string, value: unknown) => isNoDate(value) || isNoWord(name, value);

export const isNoDate = (value: unknown): boolean => value === NO_DATE;

const isNoWord = (name: string, value: unknown) =>
  typeof value === 'string' && NO_WORD.get(name) === value.toLowerCase();

/** The first field that is not as it is shown, in lower case, and what is in it; what is not sent is no change. */
export function otherChange(
  sent: Fields,
  shown: object,
  changeable: ReadonlySet<string>,
): readonly [name: string, value: unknown] | undefined {
  const now = fieldsOf(shown);
  if (isAnotherType(sent, now)) return ['attributes.objecttype', sent.get(METADATA)];
  return [...sent].find(
    ([name, value]) =>
      !changeable.has(name) && name !== METADATA && !isSame(name, value, now?.get(name)),
  );
}

/** A resource that says that it is another one. */
function isAnotherType(sent: Fields, shown: Fields | undefined): boolean {
  const typeOf = (fields: Fields | undefined) =>
    textOf(fieldsOf(fields?.get(METADATA)), 'objecttype');
  const [named, own] = [typeOf(sent), typeOf(shown)];
  return named !== undefined && own !== undefined && !sameText(named, own);
}

/** Goes only as deep as what is shown. */
function isSame(name: string, sent: unknown, shown: unknown): boolean {
  if (shown === undefined || shown === null) return isUnset(name, sent);
  if (sent === null || isNoWord(name, sent)) return true;
  if (Array.isArray(shown)) {
    if (!Array.isArray(sent) || sent.length !== shown.length) return false;
    return shown.every((item, index) => isSame(name, sent[index], item));
  }
  if (typeof shown === 'object') {
    const fields = fieldsOf(sent);
    return fields !== undefined && otherChange(fields, shown, new Set()) === undefined;
  }
  if (typeof shown === 'string') return typeof sent === 'string' && isSameText(name, sent, shown);
  return sent === shown;
}

const DATE = /^\d{4}-\d\d-\d\dT/;

/** Letters make no difference, nor does how a date or a billing cycle is written. */
function isSameText(name: string, sent: string, shown: string): boolean {
  if (name === 'billingcycle') return bareWord(sent) === bareWord(shown);
  if (DATE.test(shown)) return Date.parse(sent) === Date.parse(shown);
  return sameText(sent, shown);
}
