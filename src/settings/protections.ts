import * as v from 'valibot';
import { isGuid, type Protection } from '../teardown/protection.ts';

const NAME = 'PROTECTED_CUSTOMERS';
const EXAMPLE = '[{"customer":"*.contoso.com","owner":"Ada","until":"2027-01-31","why":"demo"}]';

/** A GUID, or a domain with `*`; something like a mistyped GUID is neither. */
export const isCustomerRule = (rule: string): boolean =>
  isGuid(rule) || /^(?=.*[a-z0-9*])[a-z0-9*-]+(?:\.[a-z0-9*-]+)+$/i.test(rule) || rule === '*';

const protection = v.strictObject(
  {
    customer: v.pipe(
      v.string(),
      v.check(isCustomerRule, `Each "customer" in ${NAME} must be a GUID or a domain pattern.`),
    ),
    owner: v.pipe(v.string(), v.trim(), v.nonEmpty(`Each "owner" in ${NAME} must name somebody.`)),
    until: v.optional(
      v.pipe(
        v.string(),
        v.check(isRealDate, `Each "until" in ${NAME} must be a date such as 2027-01-31.`),
      ),
    ),
    why: v.optional(v.string()),
  },
  `Each entry of ${NAME} must have "customer" and "owner", may have "until" and "why", and nothing else.`,
);

/** A day that exists, alone or with a time; 2026-02-30 is none, though it can be parsed. */
function isRealDate(value: string): boolean {
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.exec(value) ?? [];
  if (day === undefined || Number.isNaN(Date.parse(value))) return false;
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

/** A day as `until` protects through that whole day (UTC). */
function endOf(until: string): number {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until);
  return Date.parse(until) + (isDay ? 24 * 60 * 60 * 1000 : 0);
}

/** The list of protections, from JSON. A wrong entry stops the app: it must never protect nobody. */
export const readProtections = v.pipe(
  v.string(),
  v.parseJson({}, `${NAME} must be a JSON list such as ${EXAMPLE}.`),
  v.array(protection, `${NAME} must be a JSON list such as ${EXAMPLE}.`),
  v.transform((entries): readonly Protection[] =>
    entries.map(({ customer, owner, until, why }) => ({
      customer,
      owner,
      ...(until !== undefined && { untilMs: endOf(until) }),
      ...(why !== undefined && { why }),
    })),
  ),
);
