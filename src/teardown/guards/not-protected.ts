import { type Skipped, skipped } from '../model/outcome.ts';
import { type Protection, protectionOf } from '../model/protection.ts';
import type { Guard } from './guard.ts';

/** Guard 4: no protection covers this customer. */
export const notProtected: Guard = async (_check, facts) => {
  if (facts.protections.length === 0) return undefined;
  const protection = protectionOf(await facts.customer(), facts.protections, facts.nowMs);
  return protection && protectedBy(protection);
};

/** The outcome for a protected customer. */
export function protectedBy({ customer, owner, untilMs, why }: Protection): Skipped {
  const until = untilMs === undefined ? 'for good' : `until ${new Date(untilMs).toISOString()}`;
  return skipped(
    'protected',
    `The customer is protected ${until} by ${owner} (rule "${customer}")${why === undefined ? '' : `: ${why}`}.`,
  );
}
