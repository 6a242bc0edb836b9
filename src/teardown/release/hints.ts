import { isAzurePlan } from '../inventory/azure-plans.ts';
import type { Purchase } from '../inventory/purchase.ts';
import { dayOf } from './purchase-names.ts';

/** What a person should know about a purchase whose release was refused. */
export function hintsOf({ subscription }: Purchase): readonly string[] {
  if (subscription === undefined) return [];
  const { isTrial, status, commitmentEndMs } = subscription;
  const ends = commitmentEndMs === undefined ? '' : `, which ends on ${dayOf(commitmentEndMs)}`;
  return [
    ...(isTrial ? [`It is a trial${ends}.`] : []),
    ...(isAzurePlan(subscription) && status === 'disabled' ? [OVERSPENT] : []),
  ];
}

/** Source: https://learn.microsoft.com/partner-center/developer/test-and-debug */
const OVERSPENT =
  'All Azure plans of a sandbox are disabled once they have spent $2,000 in a billing cycle, until the next one: request the teardown again then.';
