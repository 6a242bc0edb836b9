import { cancelByOrder, isCancelledByOrder } from './order-path.ts';
import type { ReleaseStrategy } from './strategy.ts';
import { isOver } from './subscription-states.ts';

/**
 * Software subscriptions can be cancelled by order or by subscription; the order is preferred because
 * one call ends all its lines. Source: "Cancel an order from the integration sandbox"; that the subscription
 * path ends at `deleted` is inferred, the article says no more than that there is one.
 */
export const softwareSubscription: ReleaseStrategy = {
  product: 'software subscription',
  recognises: ({ subscription }) => subscription?.productType === 'software',
  isReleased: (purchase) =>
    isCancelledByOrder(purchase) ||
    (purchase.subscription !== undefined && isOver(purchase.subscription)),
  steps: (purchase) => {
    if (purchase.order !== undefined) return cancelByOrder(purchase);
    const { subscription } = purchase;
    return subscription === undefined
      ? []
      : [[{ kind: 'end-subscription', subscription, status: 'deleted' }]];
  },
};
