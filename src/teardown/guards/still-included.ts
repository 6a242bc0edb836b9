import type { Outcome } from '../model/outcome.ts';
import { isOfASweep } from '../model/sweep-origin.ts';
import { isIncluded } from '../model/sweep-rules.ts';
import type { Guard } from './guard.ts';

/** Guard 4, for what a sweep asked for: its rules still take this customer in. Without rules there is no sweep. */
export const stillIncluded: Guard = async (look, facts) => {
  if (!isOfASweep(look)) return undefined;
  const { include = [], mostCustomers = 0 } = facts.sweepRules ?? {};
  if (include.length === 0) return noLonger('SWEEP_INCLUDE names nobody any more.');
  if (mostCustomers === 0) return noLonger('SWEEP_MOST_CUSTOMERS is 0 by now.');
  // A rule by id is answered without asking for the customer.
  const { customerTenantId: id } = look.request;
  if (isIncluded({ id }, { include })) return undefined;
  const customer = await facts.customer();
  return isIncluded(customer, { include })
    ? undefined
    : noLonger(
        `No rule of SWEEP_INCLUDE takes it in any more (its domain is ${customer.domain ?? 'not known'}).`,
      );
};

function noLonger(why: string): Outcome {
  return {
    kind: 'skipped',
    reason: 'no-longer-included',
    explanation: `A sweep asked for this customer, and its rules have changed since: ${why}`,
  };
}
