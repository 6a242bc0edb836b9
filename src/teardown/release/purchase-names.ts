import { releaseOf } from './strategies.ts';
import type { Purchase } from './strategy.ts';

/** A purchase in words, for people: what it is, its ids, how it reads. */
export function nameOf(purchase: Purchase): string {
  const { order, subscription, entitlement } = purchase;
  const parts = [
    ...(order ? [`order ${order.id} (${order.status})`] : []),
    ...(subscription ? [`subscription ${subscription.id} (${subscription.status})`] : []),
    ...(!order && entitlement ? [`order ${entitlement.orderId} (not listed)`] : []),
  ];
  return `${releaseOf(purchase).product}: ${parts.join(', ')}`;
}

/** Each name once. */
export function namesOf(purchases: readonly Purchase[]): readonly string[] {
  return [...new Set(purchases.map(nameOf))];
}

/** The orders behind purchases, each once; a subscription without a known order stands for itself. */
export function orderIdsOf(purchases: readonly Purchase[]): readonly string[] {
  const ids = purchases.flatMap(({ order, subscription, entitlement }) =>
    [order?.id, subscription?.orderId, entitlement?.orderId, subscription?.id]
      .filter((id) => id !== undefined)
      .slice(0, 1),
  );
  return [...new Set(ids)];
}
