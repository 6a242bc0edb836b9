import type { Customer, Subscription } from './model.ts';
import { createOrder } from './seed-order.ts';
import type { Seeding } from './seeding.ts';
import type { PurchaseSpec } from './spec.ts';

/** Puts licences on their way to new commerce (article migrate-subscriptions-to-new-commerce). */
export function beginMigrations(
  customer: Customer,
  spec: PurchaseSpec,
  subscriptions: readonly Subscription[],
  seeding: Seeding,
): void {
  const { settings, nowMs } = seeding;
  if (spec.migration === undefined) return;
  const takesMs = spec.migrationTakesMs ?? settings.migrationTakesMs;
  for (const subscription of subscriptions) {
    const successor =
      spec.migration === 'completes'
        ? createSuccessor(customer, subscription, takesMs, seeding)
        : {};
    subscription.migration = {
      dueMs: nowMs + takesMs,
      blocksDeletion: settings.migrationBlocksDeletion,
      endsAs: settings.migratedLicenceReads,
      ...successor,
    };
  }
}

/** Bought and listed when the migration is done. */
function createSuccessor(
  customer: Customer,
  { quantity }: Subscription,
  takesMs: number,
  seeding: Seeding,
) {
  const later = { ...seeding, nowMs: seeding.nowMs + takesMs };
  const spec = { kind: 'new-commerce', ageDays: 0, quantity, visibleAfterMs: 0 } as const;
  const { order, subscriptions } = createOrder(customer, spec, later);
  const [subscription] = subscriptions;
  return subscription === undefined ? {} : { successor: { order, subscription } };
}
