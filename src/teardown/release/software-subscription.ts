import { cancelByOrder, isCancelledByOrder } from './order-path.ts';
import type { ReleaseStrategy } from './strategy.ts';
import { endSubscription } from './subscription-path.ts';

/**
 * Software subscriptions can be cancelled by order or by subscription; the order is preferred because
 * one call ends all its lines. Source: "Cancel an order from the integration sandbox"; that the subscription
 * path ends at `deleted` is inferred, the article says no more than that there is one.
 */
export const softwareSubscription: ReleaseStrategy = (purchase) => {
  const { order, line, subscription } = purchase;
  if (subscription?.productType !== 'software') return undefined;
  return {
    product: 'software subscription',
    isReleased: isCancelledByOrder(purchase),
    steps: order ? cancelByOrder(order.id, line) : endSubscription(subscription, 'deleted'),
  };
};
