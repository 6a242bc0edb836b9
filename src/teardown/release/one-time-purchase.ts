import { cancelByOrder } from './order-path.ts';
import type { ReleaseStrategy } from './strategy.ts';

/** An offer of the product catalogue: product, sku and availability. Source: "Order resources". */
const OF_THE_CATALOGUE = /^[0-9a-z]+:[0-9a-z]+:[0-9a-z]+$/i;

/**
 * Something without a subscription whose entitlement cannot be read (app-only credentials) or is not there
 * yet, or an order that lists no line at all. Of what the catalogue sells, only reservations and perpetual
 * software have no subscription, and both are cancelled by updating the order. What is billed by the month may
 * be either only where no entitlement could be read; else it is something that nobody has described.
 * Source: "Cancel an order from the integration sandbox".
 */
export const oneTimePurchase: ReleaseStrategy = (purchase) => {
  const { order, line, subscription, entitlement, entitlementsRead } = purchase;
  if (order === undefined || subscription !== undefined || entitlement !== undefined) {
    return undefined;
  }
  const billed = order.billingCycle === 'one_time' || !entitlementsRead;
  const known =
    line === undefined ||
    (line.subscriptionId === undefined && OF_THE_CATALOGUE.test(line.offerId) && billed);
  return known ? { product: 'one-time purchase', steps: cancelByOrder(order.id, line) } : undefined;
};
