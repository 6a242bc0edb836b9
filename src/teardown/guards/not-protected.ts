import { protectionOf } from '../protection.ts';
import type { Guard } from './guard.ts';

/** Guard 4: nobody has protected this customer. */
export const notProtected: Guard = async (_look, facts) => {
  if (facts.protections.length === 0) return undefined;
  const customer = await facts.customer();
  const protection = protectionOf(customer, facts.protections, facts.nowMs);
  if (protection === undefined) return undefined;
  const until =
    protection.untilMs === undefined
      ? 'for good'
      : `until ${new Date(protection.untilMs).toISOString()}`;
  const why = protection.why === undefined ? '' : `: ${protection.why}`;
  return {
    kind: 'skipped',
    reason: 'protected',
    explanation: `The customer is protected ${until} by ${protection.owner} (rule "${protection.customer}")${why}.`,
  };
};
