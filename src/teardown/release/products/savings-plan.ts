import { defined } from '../../../shared/defined.ts';
import { isSavingsPlan, isSavingsPlanOffer } from '../../inventory/savings-plans.ts';
import { isOver } from '../../inventory/subscription-states.ts';
import type { ReleaseStrategy } from './strategy.ts';

/**
 * A savings plan cannot be cancelled through Partner Center (403/900321); it ends with its term. Possibly only the line
 * of its order is listed. Source: https://learn.microsoft.com/partner-center/developer/error-codes
 */
export const savingsPlan: ReleaseStrategy = ({ subscription, line, entitlement }) => {
  const isOne =
    subscription === undefined
      ? (line !== undefined && isSavingsPlanOffer(line.offerId)) ||
        entitlement?.type === 'savingsplan'
      : isSavingsPlan(subscription);
  if (!isOne) return undefined;
  return {
    product: 'Azure savings plan',
    risk: 'never-late',
    isReleased: subscription !== undefined && isOver(subscription),
    steps: [],
    unreleasable: 'savings-plan',
    ...defined({ endsMs: subscription?.commitmentEndMs }),
  };
};
