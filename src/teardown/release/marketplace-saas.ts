import { newCommerce } from './new-commerce.ts';
import type { ReleaseStrategy } from './strategy.ts';

/**
 * Commercial-marketplace (SaaS) subscriptions end as new-commerce ones do: updated to `deleted`.
 * Source: "Cancel a commercial marketplace subscription", learn.microsoft.com/partner-center/developer.
 */
export const marketplaceSaas: ReleaseStrategy = {
  ...newCommerce,
  product: 'marketplace SaaS subscription',
  // The article's own example has no product type, but says that it is not Microsoft's.
  recognises: ({ subscription }) =>
    subscription?.productType === 'saas' ||
    (subscription?.productType === '' && subscription.isMicrosoftProduct === false),
};
