import { link, type Reply, refuse } from './answer.ts';
import type { AzureEntitlement, Customer, Subscription } from './model.ts';
import type { View } from './resources.ts';
import { spelled } from './spelling.ts';

/** Azure subscriptions under an Azure plan: article get-an-azure-entitlement-for-a-subscription. */

/** As the list shows it (article get-a-list-of-azure-entitlements-for-subscription). */
export function azureEntitlementItem(entitlement: AzureEntitlement, { settings }: View) {
  const { id, friendlyName, subscriptionId, status } = entitlement;
  const shown = status === 'inactive' ? settings.cancelledAzureReads : status;
  return { id, friendlyName, status: spelled(shown, settings), subscriptionId };
}

/** By itself it has a link, and no attributes. */
export function azureEntitlementResource(
  customer: Customer,
  entitlement: AzureEntitlement,
  view: View,
) {
  const { subscriptionId, id } = entitlement;
  const self = `/customers/${customer.id}/subscriptions/${subscriptionId}/azureEntitlements/${id}`;
  return { ...azureEntitlementItem(entitlement, view), links: { self: link(self) } };
}

export const unknownAzureEntitlement = (id: string): Reply =>
  refuse(404, '800111', `Azure entitlement with ID ${id} is not found.`);

/** What these paths answer for a customer that is not the partner's, in place of 20002. */
export const noCommerceRelationship = (tenantId: string, customerId: string): Reply =>
  refuse(
    403,
    '900159',
    `The partner with account ID ${tenantId} and organization ID ${tenantId} has no commerce relationship with the customer with account ID ${customerId} and organization ID ${customerId}.`,
  );

/** Of the list only: what is under another subscription is not found. */
export const notAzure = ({ kind }: Subscription, { settings }: View): Reply | undefined =>
  kind === 'azure-plan' || settings.azureListOfOthers === 'empty'
    ? undefined
    : refuse(400, '800011', 'This subscription is not a valid Azure subscription.');

/** Article error-codes, also of subscriptions. */
export const pendingOperation: Reply = refuse(
  409,
  '900278',
  'There is a pending operation on this subscription. Please try again after 24 hours.',
);

/**
 * In the Azure portal one that was cancelled can be active again, and new ones can be made, while the plan is active
 * (articles azure-plan-manage and create-azure-plan).
 *
 * @throws Error with a sentence where that is not possible.
 */
export function activateInPortal(
  plan: Subscription,
  entitlementId: string | undefined,
  newId: string,
): AzureEntitlement {
  if (plan.kind !== 'azure-plan' || plan.status !== 'active') {
    throw new Error(`Subscription ${plan.id} is no active Azure plan: choose one that is.`);
  }
  plan.version += 1;
  if (entitlementId === undefined) return addAzureSubscription(plan, newId);
  const entitlement = plan.azureEntitlements.find(({ id }) => id === entitlementId.toLowerCase());
  if (entitlement === undefined) {
    throw new Error(
      `The plan has no Azure subscription ${entitlementId}: leave it out to add one.`,
    );
  }
  entitlement.status = 'active';
  entitlement.change = undefined;
  return entitlement;
}

function addAzureSubscription(plan: Subscription, id: string): AzureEntitlement {
  const number = plan.azureEntitlements.length + 1;
  const added: AzureEntitlement = {
    id,
    subscriptionId: plan.id,
    friendlyName: `Azure subscription ${number}`,
    cancelling: plan.azureEntitlements[0]?.cancelling ?? plan.cancelling,
    status: 'active',
  };
  plan.azureEntitlements.push(added);
  return added;
}
