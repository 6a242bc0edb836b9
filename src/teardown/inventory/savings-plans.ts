import type { Subscription } from '../model/purchases.ts';

/**
 * The catalogue's product id of savings plans. Source:
 * https://learn.microsoft.com/partner-center/developer/azure-purchase-savings-plan
 */
const SAVINGS_PLAN_OFFER = /^dzh318z09v6f:/i;

export function isSavingsPlanOffer(offerId: string): boolean {
  return SAVINGS_PLAN_OFFER.test(offerId);
}

/**
 * By its offer, its type, or its billing type, as in the samples of
 * https://learn.microsoft.com/partner-center/developer/azure-purchase-savings-plan
 */
export function isSavingsPlan({
  productType,
  productSubType,
  billingType,
  offerId,
}: Subscription): boolean {
  return (
    isSavingsPlanOffer(offerId) ||
    productType === 'savingsplan' ||
    productSubType === 'savingsplan' ||
    (billingType === 'benefit' && (productType === 'azure' || productType === ''))
  );
}
