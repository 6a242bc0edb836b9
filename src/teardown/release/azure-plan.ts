import type { AzureEntitlement, Subscription } from '../purchases.ts';
import type { ReleaseStrategy } from './strategy.ts';
import { endSubscription } from './subscription-path.ts';
import { isEnded } from './subscription-states.ts';

/** The catalogue's product id of the Azure plan, first part of its offer ids. */
const AZURE_PLAN_PRODUCT_ID = 'dzh318z0bps6';

/** Is this subscription an Azure plan (which holds Azure subscriptions, its Azure entitlements)? */
export function isAzurePlan(subscription: Subscription): boolean {
  return (
    subscription.productType === 'azure' ||
    subscription.offerId.toLowerCase().startsWith(`${AZURE_PLAN_PRODUCT_ID}:`)
  );
}

const GONE: ReadonlySet<string> = new Set(['cancelled', 'canceled', 'deleted', 'disabled']);

function isActive(entitlement: AzureEntitlement): boolean {
  return !GONE.has(entitlement.status);
}

/**
 * An Azure plan is suspended, after each Azure subscription under it is cancelled: before that the
 * service answers 403/900115. Sources: "Cancel an Azure entitlement" (202, one a call) and "Suspend a
 * subscription".
 */
export const azurePlan: ReleaseStrategy = ({ subscription, azureEntitlements }) => {
  if (subscription === undefined || !isAzurePlan(subscription)) return undefined;
  const cancellations = azureEntitlements
    .filter(isActive)
    .map((entitlement) => ({ kind: 'cancel-azure-entitlement', entitlement }) as const);
  const suspension = endSubscription(subscription, 'suspended');
  return {
    product: 'Azure plan',
    isReleased: isEnded(subscription),
    steps: cancellations.length === 0 ? suspension : [cancellations, ...suspension],
  };
};
