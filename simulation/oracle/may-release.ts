import type { Invocation } from '../invocation.ts';
import type { Write } from '../write.ts';
import { foreseen } from './foreseen.ts';
import { productOf } from './products.ts';
import {
  azureEntitlementsIn,
  ordersIn,
  type Reads,
  type Subscription,
  subscriptionsIn,
  wordOf,
} from './raw.ts';
import { cameToNothing } from './released.ts';
import { type Called, riskierThan } from './riskier.ts';

/** The teardown that is about to cancel a purchase, as the oracle knows it. */
export interface Releaser {
  readonly customerId: string;
  readonly startedMs: number;
  readonly nowMs: number;
  readonly called: Called;
  /** The ids of the customer's reservations, which the list of orders alone does not show. */
  reservations(): readonly string[];
}

/** Why the articles forbid this write, by what the same check read; undefined if they allow it. */
export function objectionToRelease(
  { reads }: Invocation,
  write: Write,
  { customerId, startedMs, nowMs, called, reservations }: Releaser,
): string | undefined {
  const target = (subscriptionsIn(reads, customerId) ?? []).find(
    ({ id }) => write.path === `/customers/${customerId}/subscriptions/${id}`,
  );
  const never = foreseen(reads, customerId, startedMs);
  if (never !== undefined) {
    return turnsOffAutoRenew(write, target) ? undefined : `although ${never}.`;
  }
  if (target !== undefined && productOf(target) === 'azure-plan') {
    return objectionToPlan(reads, customerId, target, reservations());
  }
  return riskierThan(reads, write, { customerId, nowMs, ...called });
}

/** "Auto-renewal can be turned off" is all that may be done to a trial: article create-a-new-subscription. */
function turnsOffAutoRenew({ json }: Write, target: Subscription | undefined): boolean {
  if (target === undefined || productOf(target) !== 'trial') return false;
  const { status, autoRenewEnabled } = json as { status?: string; autoRenewEnabled?: boolean };
  return autoRenewEnabled === false && wordOf(status) === wordOf(target.status);
}

/** Article create-azure-plan: a plan is suspended when nothing active is under it, be it an Azure subscription or a reservation. */
function objectionToPlan(
  reads: Reads,
  customerId: string,
  { id }: Subscription,
  reservations: readonly string[],
): string | undefined {
  const under = azureEntitlementsIn(reads, customerId, id);
  if (under === undefined) return 'without having read what is under the plan.';
  const active = under.find(({ status }) => wordOf(status) === 'active');
  if (active !== undefined) return `although Azure subscription ${active.id} is active.`;
  const standing = ordersIn(reads, customerId)?.find(
    (order) =>
      !cameToNothing(order) &&
      reservations.includes(order.id) &&
      order.lineItems?.some(({ quantity, subscriptionId }) => quantity > 0 && !subscriptionId),
  );
  return standing && `although reservation ${standing.id} stands.`;
}
