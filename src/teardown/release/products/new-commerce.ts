import { isOver } from '../../inventory/subscription-states.ts';
import type { Subscription } from '../../model/purchases.ts';
import type { ReleaseStrategy } from './strategy.ts';
import { cancellationDeadline, endSubscription, publishedDeadline } from './subscription-path.ts';

/**
 * "Within seven days of purchase or renewal", for part of the price: the full refund in the samples ends after one day.
 * Source: https://learn.microsoft.com/partner-center/new-commerce-cancellation-policy
 */
const WINDOW_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * New-commerce subscriptions are cancelled by updating the subscription to `deleted`; a suspended one still blocks.
 * After seven days "the API will throw an error", so these are tried first.
 * Sources: https://learn.microsoft.com/partner-center/developer/cancel-an-azure-marketplace-subscription,
 * https://learn.microsoft.com/partner-center/subscription-lifecycle
 */
export const newCommerce: ReleaseStrategy = ({ subscription }) =>
  subscription && isNewCommerce(subscription) && !subscription.isTrial
    ? {
        product: 'new-commerce subscription',
        risk: 'certain-window',
        isReleased: isOver(subscription),
        steps: endSubscription(subscription, 'deleted'),
        ...cancellationDeadline(subscription, WINDOW_MS),
        ...publishedDeadline(subscription, WINDOW_MS),
      }
    : undefined;

/**
 * Possibly it has no product type. INFERRED: then its offer tells, because in all samples new commerce, and nothing else,
 * has a product id like CFQ7TTC0LH18.
 */
const OFFER = /^cfq7ttc0[0-9a-z]{4}:[0-9a-z]+:[0-9a-z]+$/i;

function isNewCommerce({ productType, isMicrosoftProduct, offerId }: Subscription): boolean {
  return (
    productType === 'onlineservicesnce' ||
    (productType === '' && isMicrosoftProduct !== false && OFFER.test(offerId))
  );
}
