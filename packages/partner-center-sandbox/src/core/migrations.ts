import type { Customer, Subscription } from './model.ts';

/**
 * Moves from legacy to new commerce, article migrate-subscriptions-to-new-commerce: the legacy subscription reads suspended
 * meanwhile, or `active` still; then a new one takes its place, or it is active again.
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
  subscription.status = migration.endsAs === 'deleted' ? 'deleted' : 'suspended';
  if (migration.endsAs === 'unlisted') subscription.visibleAtMs = Number.POSITIVE_INFINITY;
  customer.orders.push(migration.successor.order);
  customer.subscriptions.push(migration.successor.subscription);
}
