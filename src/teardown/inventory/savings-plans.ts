import type { Subscription } from '../model/purchases.ts';

/** The catalogue's product id of savings plans. Source: "Purchase Azure savings plans". */
const SAVINGS_PLAN_OFFER = /^dzh318z09v6f:/i;

export function isSavingsPlanOffer(offerId: string): boolean {
  return SAVINGS_PLAN_OFFER.test(offerId);
}

/** An Azure benefit: by its sub-type, its billing type, or its offer. Source: the samples of "Purchase Azure savings plans". */
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
