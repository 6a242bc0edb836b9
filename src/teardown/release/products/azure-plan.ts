import { isAlive, isAzurePlan, isAzurePlanReleased } from '../../inventory/azure-plans.ts';
import type { ReleaseStrategy } from './strategy.ts';
import { endSubscription } from './subscription-path.ts';

/**
 * An Azure plan is suspended, never cancelled, and only when nothing active is under it: Azure subscriptions, and the
 * customer's Azure reservations. Sources: "Cancel an Azure subscription" (one a call, `compromise`), "Create an Azure
 * plan" (its lifecycle), "Suspend a subscription". No age forbids it.
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
