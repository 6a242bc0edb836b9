import type { ReleaseStrategy } from './strategy.ts';
import { cancellationDeadline, endSubscription } from './subscription-path.ts';
import { isOver } from './subscription-states.ts';

/**
 * Commercial-marketplace (SaaS) subscriptions end as new-commerce ones do: updated to `deleted`. Whether a sandbox
 * keeps to their window (24 hours or 14 days) is UNCONFIRMED.
 * Source: "Cancel a commercial marketplace or new commerce subscription", learn.microsoft.com/partner-center/developer.
 */
export const marketplaceSaas: ReleaseStrategy = ({ subscription }) => {
  if (subscription === undefined) return undefined;
  const { productType, isMicrosoftProduct } = subscription;
  // The article's own example has no product type, but says that it is not Microsoft's.
  const isSaas = productType === 'saas' || (!productType && isMicrosoftProduct === false);
  if (!isSaas) return undefined;
  return {
    product: 'marketplace SaaS subscription',
    risk: 'possible-window',
    isReleased: isOver(subscription),
    steps: endSubscription(subscription, 'deleted'),
    ...cancellationDeadline(subscription),
  };
};
