import { strategyFor } from './strategies.ts';
import type { Purchase } from './strategy.ts';

/** A purchase in words, for people: what it is, its ids, how it reads. */
export function nameOf(purchase: Purchase): string {
  const { order, subscription, entitlement } = purchase;
  const product =
    strategyFor(purchase)?.product ??
    `product type "${subscription?.productType ?? entitlement?.type ?? order?.billingCycle ?? ''}"`;
  const parts = [
    ...(order ? [`order ${order.id} (${order.status})`] : []),
    ...(subscription ? [`subscription ${subscription.id} (${subscription.status})`] : []),
    ...(!order && entitlement ? [`order ${entitlement.orderId} (not listed)`] : []),
  ];
  return `${product}: ${parts.join(', ')}`;
}

/** The orders behind purchases, each once; a subscription without a known order stands for itself. */
export function orderIdsOf(purchases: readonly Purchase[]): readonly string[] {
  const ids = purchases.map(
    ({ order, subscription, entitlement }) =>
      order?.id ?? subscription?.orderId ?? entitlement?.orderId ?? subscription?.id,
  );
  return [...new Set(ids.filter((id) => id !== undefined))];
}
