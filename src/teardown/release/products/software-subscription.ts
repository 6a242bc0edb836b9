import { isOver } from '../../inventory/subscription-states.ts';
import { cancelByOrder, isCancelledByOrder, orderDeadlineMs } from './order-path.ts';
import type { ReleaseStrategy } from './strategy.ts';
import { cancellationDeadline, endSubscription } from './subscription-path.ts';

/**
 * Software subscriptions can be cancelled by order or by subscription; the order is preferred because
 * one call ends all its lines, as long as it is not too old. Source: "Cancel an order from the integration sandbox";
 * that the subscription path ends at `deleted` is INFERRED, the article says no more than that there is one.
 */
export const softwareSubscription: ReleaseStrategy = (purchase) => {
  const { order, line, subscription } = purchase;
  if (subscription?.productType !== 'software') return undefined;
  const bySubscription = endSubscription(subscription, 'deleted');
  const orderUntilMs = orderDeadlineMs(order);
  return {
    product: 'software subscription',
    risk: 'by-order',
    isReleased: isOver(subscription) || isCancelledByOrder(purchase),
    steps: order ? cancelByOrder(order.id, line) : bySubscription,
    ...(orderUntilMs !== undefined && {
      otherSteps: { afterMs: orderUntilMs, steps: bySubscription },
    }),
    ...cancellationDeadline(subscription),
  };
};
