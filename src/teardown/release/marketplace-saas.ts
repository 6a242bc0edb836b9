import type { ReleaseStrategy } from './strategy.ts';
import { endSubscription } from './subscription-path.ts';

/**
 * Commercial-marketplace (SaaS) subscriptions end as new-commerce ones do: updated to `deleted`.
 * Source: "Cancel a commercial marketplace subscription", learn.microsoft.com/partner-center/developer.
 */
export const marketplaceSaas: ReleaseStrategy = ({ subscription }) =>
  subscription?.productType === 'saas'
    ? { product: 'marketplace SaaS subscription', steps: endSubscription(subscription, 'deleted') }
    : undefined;
