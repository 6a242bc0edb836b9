import type { Cancelling, Change, Customer, Order, Subscription } from './model.ts';
import { products } from './products.ts';

/** How purchases move with time. Nothing here has a timer: a customer is settled whenever somebody looks. */

interface Changing<Status> {
  status: Status;
  change?: Change<Status> | undefined;
  version?: number;
}

/** Starts the change to `to`; what takes no time is done at once. */
export function beginChange<Status>(
  changing: Changing<Status>,
  to: Status,
  cancelling: Cancelling,
  nowMs: number,
): void {
  changing.change = {
    to,
    dueMs: nowMs + cancelling.takesMs,
    looksLeft: cancelling.takesLooks,
  };
  finishIfDue(changing, nowMs);
}

function finishIfDue<Status>(changing: Changing<Status>, nowMs: number): boolean {
  const change = changing.change;
  if (change === undefined || change.dueMs > nowMs || change.looksLeft > 0) return false;
  changing.status = change.to;
  changing.change = undefined;
  if (changing.version !== undefined) changing.version += 1;
  return true;
}

/** Counts one read of something under way; it is called after the read has been answered. */
export function look(changing: { change?: Change<unknown> | undefined }): void {
  if (changing.change !== undefined && changing.change.looksLeft > 0)
    changing.change.looksLeft -= 1;
}

/** Brings every purchase of the customer up to date. */
export function settle(customer: Customer, nowMs: number): void {
  for (const order of customer.orders) {
    finishIfDue(order, nowMs);
    if (order.status === 'cancelled') endSubscriptions(customer, order);
  }
  for (const subscription of customer.subscriptions) {
    finishIfDue(subscription, nowMs);
    for (const entitlement of subscription.azureEntitlements) {
      if (finishIfDue(entitlement, nowMs)) subscription.version += 1;
    }
  }
}

/** A software subscription bought with an order ends with it. */
function endSubscriptions(customer: Customer, order: Order): void {
  for (const subscription of subscriptionsOf(customer, order)) {
    if (products[subscription.kind].cancelledByOrder && subscription.status !== 'deleted') {
      subscription.status = 'deleted';
      subscription.change = undefined;
      subscription.version += 1;
    }
  }
}

export function subscriptionsOf(customer: Customer, order: Order): Subscription[] {
  return customer.subscriptions.filter((subscription) => subscription.orderId === order.id);
}

/**
 * Whether the order no longer keeps the customer from being deleted. New-commerce subscriptions must be cancelled,
 * suspending them does not suffice; suspended legacy ones do (article remove-a-relationship; for DELETE in the sandbox
 * INFERRED).
 */
export function isReleased(customer: Customer, order: Order): boolean {
  if (order.status === 'cancelled') return true;
  const subscriptions = subscriptionsOf(customer, order);
  return subscriptions.length > 0 && subscriptions.every(hasEnded);
}

function hasEnded({ kind, status }: Subscription): boolean {
  return (
    status === 'deleted' ||
    status === 'expired' ||
    status === 'disabled' ||
    status === products[kind].finalStatus
  );
}

/** "Any sandbox orders which are older than 60 days can't be cancelled", article cancel-an-order-from-the-integration-sandbox. */
const CANCELLABLE_FOR_MS = 60 * 24 * 3_600_000;

export function isTooOld(purchase: { readonly createdMs: number }, nowMs: number): boolean {
  return nowMs - purchase.createdMs > CANCELLABLE_FOR_MS;
}
