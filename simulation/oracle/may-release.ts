import type { Invocation } from '../invocation.ts';
import type { Write } from '../write.ts';
import { foreseen } from './foreseen.ts';
import { productOf } from './products.ts';
import {
  azureEntitlementsIn,
  isOrderNamed,
  ordersIn,
  type Reads,
  type Subscription,
  subscriptionsIn,
  wordOf,
} from './raw.ts';
import { cameToNothing, isOpen } from './released.ts';

/** The teardown that is about to cancel a purchase, as the oracle knows it. */
export interface Releaser {
  readonly customerId: string;
  readonly startedMs: number;
  /** The teardown has not written anything yet. */
  readonly isFirst: boolean;
  /** The ids of the customer's reservations, which the list of orders alone does not show. */
  reservations(): readonly string[];
}

/** Why the articles forbid this write, by what the same check read; undefined if they allow it. */
export function objectionToRelease(
  { reads }: Invocation,
  write: Write,
  { customerId, startedMs, isFirst, reservations }: Releaser,
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
  return isFirst ? riskierThan(reads, customerId, target) : undefined;
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

/**
 * INFERRED from article new-commerce-cancellation-policy: after its days "the API will throw an error", so new commerce
 * is what an answer may call impossible, and that answer is had before anything else is cancelled.
 */
function riskierThan(
  reads: Reads,
  customerId: string,
  target: Subscription | undefined,
): string | undefined {
  if (target !== undefined && productOf(target) === 'new-commerce') return undefined;
  const subscriptions = subscriptionsIn(reads, customerId) ?? [];
  const orders = ordersIn(reads, customerId) ?? [];
  const hangsOn = new Set(subscriptions.map(({ parentSubscriptionId }) => parentSubscriptionId));
  const riskier = subscriptions.find(
    (each) =>
      productOf(each) === 'new-commerce' &&
      isOpen(each, orders) &&
      wordOf(each.status) !== 'pending' &&
      !orders.some(
        (order) => wordOf(order.status) === 'pending' && isOrderNamed(order, each.orderId),
      ) &&
      !hangsOn.has(each.id),
  );
  return riskier && `before new commerce ${riskier.id} was tried.`;
}
