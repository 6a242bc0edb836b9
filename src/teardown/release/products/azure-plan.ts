import { isAlive, isAzurePlan, isAzurePlanReleased } from '../../inventory/azure-plans.ts';
import type { ReleaseStrategy } from './strategy.ts';
import { endSubscription } from './subscription-path.ts';

/**
 * An Azure plan is suspended, never cancelled, and only once nothing active is left under it: neither Azure subscriptions
 * nor Azure reservations of the customer. It has no age limit.
 * Sources: https://learn.microsoft.com/partner-center/developer/create-azure-plan (lifecycle),
 * https://learn.microsoft.com/partner-center/developer/cancel-an-azure-subscription (one for each call),
 * https://learn.microsoft.com/partner-center/developer/suspend-a-subscription
 */
export const azurePlan: ReleaseStrategy = ({ subscription, azureEntitlements }) => {
  if (subscription === undefined || !isAzurePlan(subscription)) return undefined;
  const cancellations = azureEntitlements
    .filter(isAlive)
    .map((entitlement) => ({ kind: 'cancel-azure-entitlement', entitlement }) as const);
  const suspension = endSubscription(subscription, 'suspended');
  return {
    product: 'Azure plan',
    risk: 'never-late',
    isReleased: isAzurePlanReleased(subscription),
    steps: cancellations.length === 0 ? suspension : [cancellations, ...suspension],
    afterReservations: true,
  };
};
