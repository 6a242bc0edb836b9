import * as v from 'valibot';
import { defined } from '../shared/defined.ts';
import { asciiPattern } from '../shared/domain.ts';
import { isGuid } from '../shared/guid.ts';
import { parseStrictJson } from '../shared/strict-json.ts';
import type { Protection } from '../teardown/model/protection.ts';
import { maskValue } from './mask-value.ts';

/** How many problems one message lists. */
const MAX_PROBLEMS = 10;

const NAME = 'PROTECTED_CUSTOMERS';
const LIST =
  'it must be a JSON list such as [{"customer":"*.contoso.com","owner":"Ada","until":"2027-01-31","why":"demo"}].';
const ENTRY = 'it must have "customer" and "owner", may have "until" and "why", and nothing else';

const PATTERN = /^(?=.*[a-z0-9*])[a-z0-9*-]+(?:\.[a-z0-9*-]+)+$/;

/** Whether a text is a GUID or a domain pattern; a mistyped GUID is neither. */
export const isCustomerRule = (rule: string): boolean =>
  isGuid(rule) || rule === '*' || PATTERN.test(asciiPattern(rule) ?? '');

/** A text with a condition. The caller names it in the message: "must be …". */
const text = (what: string, isRight: (value: string) => boolean) =>
  v.pipe(
    v.string(({ input }) => `must be ${what}, but is ${kindOf(input)}`),
    v.check(isRight, ({ input }) => `must be ${what}, but is ${maskValue(input)}`),
  );

const protection = v.strictObject({
  customer: text('a tenant id (GUID) or a domain pattern such as *.contoso.com', isCustomerRule),
  owner: v.pipe(
    text('the name of a person to ask', (name) => name.trim() !== ''),
    v.trim(),
  ),
  until: v.optional(
    text('a day such as 2027-01-31, or a time with its zone such as 2027-01-31T18:00Z', isRealDate),
  ),
  why: v.optional(text('text', () => true)),
});

/** Not a list: otherwise a list would be reported as an object with unknown fields. */
const anObject = v.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

const FIELDS: readonly string[] = Object.keys(protection.entries);

/** Whether this is a real day, alone or with a time; 2026-02-30 can be parsed, but is not one. */
function isRealDate(value: string): boolean {
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.exec(value) ?? [];
  if (day === undefined || Number.isNaN(Date.parse(value))) return false;
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

/** When a protection ends; a day alone protects through that whole day (UTC). */
function endOf(until: string): number {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until);
  return Date.parse(until) + (isDay ? 24 * 60 * 60 * 1000 : 0);
}

/** Parses the list of protections from JSON. An invalid entry stops the app, because it would protect no customer. */
export const readProtections = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): readonly Protection[] => {
    const read = protectionsIn(dataset.value);
    if (!('problems' in read)) return read;
    for (const message of read.problems) addIssue({ message });
    return NEVER;
  }),
);

function protectionsIn(
  json: string,
): readonly Protection[] | { readonly problems: readonly string[] } {
  const parsed = parseStrictJson(json);
  if (!parsed.ok) return { problems: [`${NAME} ${parsed.problem}; ${LIST}`] };
  const read = v.safeParse(v.array(v.pipe(anObject, protection)), parsed.value);
  if (!read.success) return { problems: read.issues.slice(0, MAX_PROBLEMS).map(messageOf) };
  return read.output.map(({ until, ...rest }) =>
    defined({ ...rest, untilMs: until === undefined ? undefined : endOf(until) }),
  );
}

/** The message for one issue: which field of which entry is invalid, and why. */
function messageOf({ message, path, expected, input }: v.BaseIssue<unknown>): string {
  const [entry, field] = path?.map(({ key }) => key) ?? [];
  if (entry === undefined) return `${NAME} is ${kindOf(input)}; ${LIST}`;
  const place = `entry ${Number(entry) + 1} of ${NAME}`;
  if (field === undefined) return `The ${place} is ${kindOf(input)}, but ${ENTRY}.`;
  if (!FIELDS.includes(String(field))) {
    return `The ${place} has ${maskValue(String(field))}, which is not a field of a protection; ${ENTRY}.`;
  }
  const isMissing = input === undefined && expected?.startsWith('"');
  return `"${field}" in the ${place} ${isMissing ? `is missing; ${ENTRY}` : message}.`;
}

/** The JSON type of a value. An invalid value is not shown, because it may be a secret. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'boolean') return `${value}`;
  return typeof value === 'object' ? 'an object' : typeof value === 'string' ? 'text' : 'a number';
}
