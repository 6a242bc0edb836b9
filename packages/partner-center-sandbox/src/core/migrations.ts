import type { Customer, Subscription } from './model.ts';

/**
 * Moves from legacy to new commerce, article migrate-subscriptions-to-new-commerce: the legacy subscription reads suspended
 * meanwhile; then a new one takes its place, or it is active again. That the old one is `deleted` then is INFERRED.
 */
export function settleMigration(
  customer: Customer,
  subscription: Subscription,
  nowMs: number,
): void {
  const { migration } = subscription;
  if (migration === undefined || migration.dueMs > nowMs) return;
  subscription.migration = undefined;
  subscription.version += 1;
  if (migration.successor === undefined) {
    subscription.status = 'active';
    return;
  }
  subscription.status = 'deleted';
  customer.orders.push(migration.successor.order);
  customer.subscriptions.push(migration.successor.subscription);
}
