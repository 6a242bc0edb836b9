import * as v from 'valibot';
import { asciiDomain } from '../shared/domain.ts';
import { parseDurationMs } from '../shared/duration.ts';
import { isGuid } from '../shared/guid.ts';
import { maskValue } from './mask-value.ts';

/** Validators of settings. Each takes the name of its setting for the message. */

/** Blank values were removed before, as not set. */
const present = (name: string, what: string) =>
  v.pipe(v.string(`${name} is missing; it must be ${what}.`), v.trim());

export const guid = (name: string, what: string) =>
  v.pipe(
    present(name, what),
    v.check(isGuid, ({ input }) => `${name} must be ${what}, but is ${maskValue(input)}.`),
    v.toLowerCase(),
  );

/** The parts of a comma-separated list; blank parts are left out. */
export const list = (value: string): readonly string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

export const guids = (name: string) =>
  v.pipe(
    v.string(),
    v.toLowerCase(),
    v.transform(list),
    v.check(
      (values) => values.every(isGuid),
      `${name} must be GUIDs separated by commas, such as 11111111-2222-3333-4444-555555555555.`,
    ),
  );

export const oneOf = <const T extends readonly string[]>(name: string, values: T) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.picklist(
      values,
      ({ input }) =>
        `${name} must be ${values.map((value) => `"${value}"`).join(' or ')}, but is ${maskValue(String(input))}.`,
    ),
  );

/** A domain, in its canonical form. */
export const domain = (name: string) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.check(
      (value) => asciiDomain(value)?.includes('.') === true && !value.includes('*'),
      ({ input }) =>
        `${name} must be a domain such as contoso.onmicrosoft.com, but is ${maskValue(input)}.`,
    ),
    v.transform((value) => asciiDomain(value) ?? value),
  );

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export const number = (name: string, { min, max }: Bounds, whole = false) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.check(
      (value) => {
        const parsed = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
        return parsed >= min && parsed <= max && (!whole || Number.isInteger(parsed));
      },
      ({ input }) =>
        `${name} must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}, but is ${maskValue(input)}.`,
    ),
    v.transform(Number),
  );

/** An ISO 8601 duration within bounds, which are durations too; in milliseconds. */
export const duration = (name: string, min: string, max: string) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.check(
      (value) => {
        const ms = parseDurationMs(value);
        return ms !== undefined && ms >= msOf(min) && ms <= msOf(max);
      },
      ({ input }) =>
        `${name} must be an ISO 8601 duration from ${min} to ${max}, but is ${maskValue(input)}.`,
    ),
    v.transform(msOf),
  );

function msOf(value: string): number {
  return parseDurationMs(value) ?? 0;
}
