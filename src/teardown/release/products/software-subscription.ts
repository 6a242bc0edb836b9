import { isOver } from '../../inventory/subscription-states.ts';
import { cancelByOrder, isCancelledByOrder, orderDeadlineMs } from './order-path.ts';
import type { ReleaseStrategy } from './strategy.ts';
import { cancellationDeadline, endSubscription, publishedDeadline } from './subscription-path.ts';

/** "Within the first seven days of any term". Source: https://learn.microsoft.com/partner-center/csp-software-subscriptions */
const WINDOW_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Software subscriptions can be cancelled by order or by subscription. The order is preferred while it is not too old,
 * because one call ends all its lines. That the subscription path ends at `deleted` is INFERRED: the article only says
 * that there is one. Source:
 * https://learn.microsoft.com/partner-center/developer/cancel-an-order-from-the-integration-sandbox
 */
export const softwareSubscription: ReleaseStrategy = (purchase) => {
  const { order, line, subscription } = purchase;
  if (subscription?.productType !== 'software') return undefined;
  const bySubscription = endSubscription(subscription, 'deleted');
  const orderUntilMs = orderDeadlineMs(order);
  return {
    product: 'software subscription',
    risk: 'by-order',
    isReleased: isOver(subscription),
    // A cancelled order has left it standing.
    steps: order && !isCancelledByOrder(purchase) ? cancelByOrder(order.id, line) : bySubscription,
    ...(orderUntilMs !== undefined && {
      otherSteps: { afterMs: orderUntilMs, steps: bySubscription },
    }),
    ...cancellationDeadline(subscription),
    ...publishedDeadline(subscription, WINDOW_MS),
  };
};
