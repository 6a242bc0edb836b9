import { type Skipped, skipped } from '../model/outcome.ts';
import { isOfASweep } from '../model/sweep-origin.ts';
import { isIncluded } from '../model/sweep-rules.ts';
import type { Guard } from './guard.ts';

/** For a request of a sweep: the sweep still has rules. Costs no request. */
export const sweepGoesOn: Guard = async (check, { sweepRules }) => {
  if (!isOfASweep(check)) return undefined;
  const { include = [], maxCustomers = 0 } = sweepRules ?? {};
  if (include.length === 0) return noLonger('SWEEP_INCLUDE is empty now.');
  return maxCustomers === 0 ? noLonger('SWEEP_MAX_CUSTOMERS is 0 now.') : undefined;
};

/** Guard 4, for a request of a sweep: its rules still include this customer. */
export const stillIncluded: Guard = async (check, facts) => {
  const over = await sweepGoesOn(check, facts);
  if (over !== undefined || !isOfASweep(check)) return over;
  const { include = [] } = facts.sweepRules ?? {};
  // A rule by id can be checked without reading the customer.
  const { customerTenantId: id } = check.request;
  if (isIncluded({ id }, { include })) return undefined;
  const customer = await facts.customer();
  return isIncluded(customer, { include })
    ? undefined
    : noLonger(
        `No rule of SWEEP_INCLUDE includes it any more (its domain is ${customer.domain ?? 'unknown'}).`,
      );
};

function noLonger(why: string): Skipped {
  return skipped(
    'no-longer-included',
    `A sweep requested this customer, and its rules have changed since: ${why}`,
  );
}
