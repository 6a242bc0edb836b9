import type { ReleaseStrategy } from './strategy.ts';
import { endSubscription } from './subscription-path.ts';

/**
 * New-commerce subscriptions are cancelled by updating the subscription to `deleted`; a suspended one
 * still blocks. Sources: "Cancel an order from the integration sandbox" (order path: no) and
 * "Remove a reseller relationship" (suspended does not suffice).
 */
export const newCommerce: ReleaseStrategy = ({ subscription }) =>
  subscription?.productType === 'onlineservicesnce'
    ? { product: 'new-commerce subscription', steps: endSubscription(subscription, 'deleted') }
    : undefined;
