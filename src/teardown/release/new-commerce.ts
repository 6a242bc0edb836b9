import type { ReleaseStrategy } from './strategy.ts';
import { isOver } from './subscription-states.ts';

/**
 * New-commerce subscriptions are cancelled by updating the subscription to `deleted`; a suspended one
 * still blocks. Sources: "Cancel an order from the integration sandbox" (order path: no) and
 * "Remove a reseller relationship" (suspended does not suffice).
 */
export const newCommerce: ReleaseStrategy = {
  product: 'new-commerce subscription',
  recognises: ({ subscription }) => subscription?.productType === 'onlineservicesnce',
  isReleased: ({ subscription }) => subscription !== undefined && isOver(subscription),
  steps: ({ subscription }) =>
    subscription === undefined
      ? []
      : [[{ kind: 'end-subscription', subscription, status: 'deleted' }]],
};
