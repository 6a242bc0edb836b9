import type { Subscription } from '../purchases.ts';
import type { ReleaseStrategy } from './strategy.ts';
import { isOver } from './subscription-states.ts';

/** The catalogue's product id of savings plans. Source: "Purchase Azure savings plans". */
const SAVINGS_PLAN_OFFER = /^dzh318z09v6f:/i;

/** An Azure benefit: by its sub-type, its billing type, or its offer. Source: the samples of "Purchase Azure savings plans". */
export function isSavingsPlan({
  productType,
  productSubType,
  billingType,
  offerId,
}: Subscription): boolean {
  return (
    SAVINGS_PLAN_OFFER.test(offerId) ||
    productType === 'savingsplan' ||
    productSubType === 'savingsplan' ||
    (billingType === 'benefit' && (productType === 'azure' || productType === ''))
  );
}

/**
 * A savings plan cannot be cancelled through Partner Center (403/900321); its term ends by itself. Its order's line
 * may be all that is listed.
 */
export const savingsPlan: ReleaseStrategy = ({ subscription, line, entitlement }) => {
  const isOne =
    subscription === undefined
      ? SAVINGS_PLAN_OFFER.test(line?.offerId ?? '') || entitlement?.type === 'savingsplan'
      : isSavingsPlan(subscription);
  if (!isOne) return undefined;
  return {
    product: 'Azure savings plan',
    risk: 'never-late',
    isReleased: subscription !== undefined && isOver(subscription),
    steps: [],
    unreleasable: 'savings-plan',
  };
};
