import { cancelByOrder } from './order-path.ts';
import type { ReleaseStrategy } from './strategy.ts';

/**
 * Something bought once whose entitlement cannot be read (app-only credentials) or is not there yet, or an
 * order that lists no line at all. Only reservations and perpetual software are sold without a subscription,
 * and both are cancelled by updating the order. Source: "Cancel an order from the integration sandbox".
 */
export const oneTimePurchase: ReleaseStrategy = ({ order, line, subscription, entitlement }) =>
  order &&
  subscription === undefined &&
  entitlement === undefined &&
  (line === undefined || (line.subscriptionId === undefined && order.billingCycle === 'one_time'))
    ? { product: 'one-time purchase', steps: cancelByOrder(order.id, line) }
    : undefined;
