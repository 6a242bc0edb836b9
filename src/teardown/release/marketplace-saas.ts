import type { ReleaseStrategy } from './strategy.ts';
import { endSubscription } from './subscription-path.ts';

/**
 * Commercial-marketplace (SaaS) subscriptions end as new-commerce ones do: updated to `deleted`.
 * Source: "Cancel a commercial marketplace subscription", learn.microsoft.com/partner-center/developer.
 */
export const marketplaceSaas: ReleaseStrategy = ({ subscription }) => {
  if (subscription === undefined) return undefined;
  const { productType, isMicrosoftProduct } = subscription;
  // The article's own example has no product type, but says that it is not Microsoft's.
  const isSaas = productType === 'saas' || (!productType && isMicrosoftProduct === false);
  if (!isSaas) return undefined;
  return {
    product: 'marketplace SaaS subscription',
    steps: endSubscription(subscription, 'deleted'),
  };
};
