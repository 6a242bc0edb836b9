import { isOver } from '../../inventory/subscription-states.ts';
import type { Subscription } from '../../model/purchases.ts';
import type { ReleaseStrategy } from './strategy.ts';
import { cancellationDeadline, endSubscription, publishedDeadline } from './subscription-path.ts';

/** "Yearly 14 days". The full refund in the samples ends after one day, like the whole window of a month. */
const YEARS_WINDOW_MS = 14 * 24 * 60 * 60 * 1000;
/** "Monthly 24 hours". */
const MONTHS_WINDOW_MS = 24 * 60 * 60 * 1000;
const YEARS: ReadonlySet<string | undefined> = new Set(['P1Y', 'P3Y']);

/**
 * Commercial-marketplace (SaaS) subscriptions are ended like new-commerce ones, by updating them to `deleted`. Whether
 * a sandbox enforces their window (24 hours or 14 days) is UNCONFIRMED.
 * Sources: https://learn.microsoft.com/partner-center/developer/cancel-an-azure-marketplace-subscription,
 * https://learn.microsoft.com/partner-center/new-commerce-cancellation-policy
 */
export const marketplaceSaas: ReleaseStrategy = ({ subscription }) => {
  if (subscription === undefined) return undefined;
  const { productType, isMicrosoftProduct } = subscription;
  // The article's own example has no product type, but is not a Microsoft product.
  const isSaas = productType === 'saas' || (!productType && isMicrosoftProduct === false);
  if (!isSaas) return undefined;
  return {
    product: 'marketplace SaaS subscription',
    risk: 'possible-window',
    isReleased: isOver(subscription),
    steps: endSubscription(subscription, 'deleted'),
    ...cancellationDeadline(subscription, isOfYears(subscription) ? YEARS_WINDOW_MS : 0),
    ...publishedDeadline(
      subscription,
      isOfYears(subscription) ? YEARS_WINDOW_MS : MONTHS_WINDOW_MS,
    ),
  };
};

function isOfYears({ termDuration }: Subscription): boolean {
  return YEARS.has(termDuration?.toUpperCase());
}
