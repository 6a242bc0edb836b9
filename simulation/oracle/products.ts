import { isGuid } from '../../src/shared/guid.ts';
import { type Subscription, wordOf } from './raw.ts';

/** The product of a subscription, by its type and offer: `billingCycle` does not tell it (articles, see each). */
export type Product =
  | 'savings-plan'
  | 'azure-plan'
  | 'new-commerce'
  | 'trial'
  | 'saas'
  | 'software'
  | 'legacy'
  | 'unknown';

/** Product ids of the catalogue: articles create-azure-plan and azure-purchase-savings-plan. */
const AZURE_PLAN = 'dzh318z0bps6:';
const SAVINGS_PLAN = 'dzh318z09v6f:';
/** Reservations and software, by their samples in articles get-a-collection-of-entitlements and cancel-software-purchases. */
const BY_ORDER = ['dzh318z0bq', 'dg7gmgf0'];

/** What is cancelled by order may have no subscription where nothing failed. */
export const mayHaveNoSubscription = ({ offerId = '' }: { readonly offerId?: string }): boolean =>
  BY_ORDER.some((start) => offerId.toLowerCase().startsWith(start));

/** Offers from before Azure plans, whatever type is shown with them: article get-a-subscription-by-id. */
const LEGACY_AZURE = 'ms-azr-';

export function productOf(subscription: Subscription): Product {
  const type = wordOf(subscription.productType?.id);
  const offer = subscription.offerId.toLowerCase();
  if (offer.startsWith(LEGACY_AZURE)) return 'legacy';
  const isBenefit =
    wordOf(subscription.productType?.subType?.id) === 'savingsplan' ||
    wordOf(subscription.billingType) === 'benefit';
  if (offer.startsWith(SAVINGS_PLAN) || (type === 'azure' && isBenefit)) return 'savings-plan';
  if (offer.startsWith(AZURE_PLAN) || type === 'azure') return 'azure-plan';
  switch (type) {
    case 'onlineservicesnce':
      return subscription.isTrial === true ? 'trial' : 'new-commerce';
    case 'saas':
      return 'saas';
    case 'software':
      return 'software';
    case '':
      // Articles suspend-a-subscription and get-all-of-a-customer-s-subscriptions: their offers are GUIDs.
      return isGuid(offer) ? 'legacy' : 'unknown';
    default:
      return 'unknown';
  }
}

/**
 * Whether nothing is left to cancel. Article subscription-lifecycle: suspended new commerce is still billed, expired and
 * disabled is over. Articles create-azure-plan and suspend-a-subscription: Azure plans and licences are suspended at
 * most. Article test-and-debug: Azure plans are disabled for a time only.
 */
export function isOver(subscription: Subscription): boolean {
  const status = wordOf(subscription.status);
  const product = productOf(subscription);
  if (status === 'deleted' || status === 'expired') return true;
  if (status === 'disabled') return product !== 'azure-plan';
  return status === 'suspended' && (product === 'azure-plan' || product === 'legacy');
}
