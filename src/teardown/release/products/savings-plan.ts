import { defined } from '../../../shared/defined.ts';
import { isSavingsPlan, isSavingsPlanOffer } from '../../inventory/savings-plans.ts';
import { isOver } from '../../inventory/subscription-states.ts';
import type { ReleaseStrategy } from './strategy.ts';

/**
 * A savings plan cannot be cancelled through Partner Center (403/900321); its term ends by itself. Its order's line
 * may be all that is listed.
 */
export const savingsPlan: ReleaseStrategy = ({ subscription, line, entitlement }) => {
  const isOne =
    subscription === undefined
      ? isSavingsPlanOffer(line?.offerId ?? '') || entitlement?.type === 'savingsplan'
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
