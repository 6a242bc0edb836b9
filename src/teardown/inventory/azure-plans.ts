import type { AzureEntitlement, Subscription } from '../model/purchases.ts';
import { isSavingsPlan } from './savings-plans.ts';

/**
 * The catalogue's product id of the Azure plan: the first part of its offer ids. Source:
 * https://learn.microsoft.com/partner-center/developer/create-azure-plan
 */
const AZURE_PLAN_OFFER = /^dzh318z0bps6:/i;

/** Whether this is the offer of an Azure plan: possibly all that the line of an order says. */
export function isAzurePlanOffer(offerId: string): boolean {
  return AZURE_PLAN_OFFER.test(offerId);
}

/** Legacy Azure subscriptions, from before the plan. */
const LEGACY_AZURE_OFFER = /^ms-azr-/i;

export function isLegacyAzureOffer(offerId: string): boolean {
  return LEGACY_AZURE_OFFER.test(offerId);
}

/** Some samples of Azure plans have a sub-type, `Azure`. Another one is another product, such as a virtual machine. */
const PLAN_SUB_TYPES: ReadonlySet<string | undefined> = new Set([undefined, 'azure', 'azureplan']);

/**
 * Whether this subscription is an Azure plan, which holds Azure subscriptions (its Azure entitlements): by its offer, or
 * by its product type where its offer and its sub-type do not say otherwise.
 */
export function isAzurePlan(subscription: Subscription): boolean {
  const { offerId, productType, productSubType } = subscription;
  if (isSavingsPlan(subscription)) return false;
  if (isAzurePlanOffer(offerId)) return true;
  const isOfType = productType === 'azure' && PLAN_SUB_TYPES.has(productSubType);
  return isOfType && !isLegacyAzureOffer(offerId);
}

/**
 * Deleted, or suspended, which is as far as a plan goes. Disabled is not enough: all plans of a sandbox are disabled
 * *temporarily* at $2,000 in a billing cycle (https://learn.microsoft.com/partner-center/developer/test-and-debug).
 * That such a plan reads `disabled` is UNCONFIRMED.
 */
const RELEASED: ReadonlySet<string> = new Set(['suspended', 'deleted', 'expired']);

export function isAzurePlanReleased({ status }: Subscription): boolean {
  return RELEASED.has(status);
}

/**
 * Azure's names for the states in which a subscription still lives; a missing state counts as alive. A cancelled one
 * reads `inactive` after about ten minutes
 * (https://learn.microsoft.com/partner-center/developer/cancel-an-azure-subscription). Any other word counts as an end;
 * if it is none, the plan's suspension is refused with 403/900115.
 */
const ALIVE: ReadonlySet<string> = new Set([
  '',
  'active',
  'enabled',
  'pending',
  'warned',
  'past_due',
]);

export function isAlive({ status }: AzureEntitlement): boolean {
  return ALIVE.has(status);
}
