import { settleMigration } from './migrations.ts';
import type { Cancelling, Change, Customer, Line, Order, Subscription } from './model.ts';
import { products } from './products.ts';
import { deliver, holds, isOver } from './reviews.ts';
import { settleTerm } from './terms.ts';

/** How purchases move with time. Nothing here has a timer: a customer is settled whenever it is read. */

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
    readsLeft: cancelling.takesReads,
  };
  finishIfDue(changing, nowMs);
}

function finishIfDue<Status>(changing: Changing<Status>, nowMs: number): boolean {
  const change = changing.change;
  if (change === undefined || change.dueMs > nowMs || change.readsLeft > 0) return false;
  changing.status = change.to;
  changing.change = undefined;
  if (changing.version !== undefined) changing.version += 1;
  return true;
}

/** Counts one read of something under way; it is called after the read has been answered. */
export function countRead(changing: { change?: Change<unknown> | undefined }): void {
  if (changing.change !== undefined && changing.change.readsLeft > 0)
    changing.change.readsLeft -= 1;
}

/** Brings every purchase of the customer up to date. */
export function settle(customer: Customer, nowMs: number): void {
  for (const order of customer.orders) {
    if (finishIfDue(order, nowMs)) deliver(customer, order, nowMs);
    finishAdjustment(order, nowMs);
    endSubscriptions(customer, order);
  }
  // A copy: what a migration adds is up to date.
  for (const subscription of [...customer.subscriptions]) {
    settleMigration(customer, subscription, nowMs);
    finishIfDue(subscription, nowMs);
    settleTerm(subscription, nowMs);
    for (const entitlement of subscription.azureEntitlements) {
      if (finishIfDue(entitlement, nowMs)) subscription.version += 1;
    }
  }
}

/** That cancelling single lines takes as long as cancelling the order would is INFERRED. */
function finishAdjustment(order: Order, nowMs: number): void {
  if (order.adjustment === undefined || order.adjustment.dueMs > nowMs) return;
  for (const line of order.adjustment.lines) line.quantity = 0;
  order.adjustment = undefined;
  order.version += 1;
}

/** A software subscription ends with the order, or the line of it, that bought it. */
function endSubscriptions(customer: Customer, order: Order): void {
  for (const line of order.lines) {
    const subscription = subscriptionOf(customer, line);
    const cancelled = order.status === 'cancelled' || line.quantity === 0;
    if (!cancelled || subscription === undefined || subscription.status === 'deleted') continue;
    if (!products[subscription.kind].cancelledByOrder) continue;
    subscription.status = 'deleted';
    subscription.change = undefined;
    subscription.version += 1;
  }
}

export function subscriptionOf(customer: Customer, line: Line): Subscription | undefined {
  return customer.subscriptions.find(({ id }) => id === line.subscriptionId);
}

/**
 * Whether the order no longer keeps the customer from being deleted. A rejected one "won't be processed" (article
 * order-resources). Suspended new commerce is still billed, expired and disabled is not; suspended legacy is not billed
 * (article subscription-lifecycle). That this is what blocks DELETE in the sandbox is INFERRED.
 */
export function isReleased(customer: Customer, order: Order): boolean {
  if (isOver(order)) return true;
  // What is held although it ended in an error cannot be ended by a subscription: there is none.
  if (order.lines.length === 0 || order.status === 'error') return false;
  return order.lines.every(
    (line) => !holds(order, line) || hasEnded(subscriptionOf(customer, line)),
  );
}

function hasEnded(subscription: Subscription | undefined): boolean {
  if (subscription === undefined) return false;
  const { kind, status, migration } = subscription;
  if (migration !== undefined) return status === 'suspended' && !migration.blocksDeletion;
  return (
    status === 'deleted' ||
    status === 'expired' ||
    status === 'disabled' ||
    status === products[kind].finalStatus
  );
}

/** "Any sandbox orders which are older than 60 days cannot be cancelled", article cancel-an-order-from-the-integration-sandbox. */
const CANCELLABLE_FOR_MS = 60 * 24 * 3_600_000;

export function isTooOld(purchase: { readonly createdMs: number }, nowMs: number): boolean {
  return nowMs - purchase.createdMs > CANCELLABLE_FOR_MS;
}
