import { defined } from '../../shared/defined.ts';
import type { Purchase } from '../inventory/purchase.ts';
import type { PurchaseAge } from '../model/partner-center-error.ts';
import type { Entitlement } from '../model/purchases.ts';
import { releaseOf } from './products/strategies.ts';

/** Describes a purchase for people: its product, ids and statuses. */
export function nameOf(purchase: Purchase): string {
  const { order, subscription, entitlement } = purchase;
  const parts = [
    ...(order ? [`order ${order.id} (${order.status})`] : []),
    ...(subscription ? [`subscription ${subscription.id} (${subscription.status})`] : []),
    ...(!order && entitlement ? [entitlementName(entitlement)] : []),
  ];
  return `${releaseOf(purchase).product}: ${parts.join(', ')}`;
}

function entitlementName({ orderId, productId }: Entitlement): string {
  return orderId === undefined
    ? `entitlement "${productId}" (without an order)`
    : `order ${orderId} (not listed)`;
}

/**
 * When a purchase was made, and until when it can be cancelled, as far as known. The published window of a product that
 * is only assumed is left out.
 */
export function ageOf(purchase: Purchase): PurchaseAge {
  const { order, subscription } = purchase;
  const boughtMs = order?.createdMs ?? subscription?.createdMs;
  const { publishedUntilMs, cancellableUntilMs, isAssumed } = releaseOf(purchase);
  return defined({
    ...{ name: nameOf(purchase), boughtMs, cancellableUntilMs },
    publishedUntilMs: isAssumed ? undefined : publishedUntilMs,
  });
}

/** The day in UTC, as Partner Center counts it. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The names of purchases, each once. */
export function namesOf(purchases: readonly Purchase[]): readonly string[] {
  return [...new Set(purchases.map(nameOf))];
}

/** The orders of purchases, each once; a subscription without a known order counts by its own id. */
export function orderIdsOf(purchases: readonly Purchase[]): readonly string[] {
  const ids = purchases.flatMap(({ order, subscription, entitlement }) =>
    [order?.id, subscription?.orderId, entitlement?.orderId, subscription?.id]
      .filter((id) => id !== undefined)
      .slice(0, 1),
  );
  return [...new Set(ids)];
}
