import type { ReleaseStrategy } from './strategy.ts';
import { isOver } from './subscription-states.ts';

/**
 * A new-commerce trial lasts thirty days, and neither its status nor its quantity can be changed meanwhile; only
 * auto-renew can be turned off. Source: "Create a new subscription", manage trials.
 */
export const trial: ReleaseStrategy = ({ subscription }) =>
  subscription?.isTrial && subscription.productType === 'onlineservicesnce'
    ? {
        product: 'new-commerce trial',
        risk: 'certain-window',
        isReleased: isOver(subscription),
        steps: [],
        unreleasable: 'trial',
      }
    : undefined;
