import { collection, json, link, type Reply } from './answer.ts';
import { GUID } from './identifiers.ts';
import { isVisible } from './lookup.ts';
import type { Customer, Subscription } from './model.ts';
import { activationLink } from './order-reads.ts';
import { mpnIdOf } from './partner-profiles.ts';
import type { View } from './resources.ts';
import type { Route } from './routes.ts';
import { subscriptionResource } from './subscription-resource.ts';

export interface Shown {
  readonly customer: Customer;
  readonly subscription: Subscription;
  readonly tenantId: string;
  readonly view: View;
}

/** What hangs on a subscription beside itself: article subscription-resources. */
export function readSubscriptionDetail({ operation }: Route, shown: Shown): Reply {
  switch (operation) {
    case 'list-add-ons':
      return json(collection(addOns(shown)));
    case 'get-subscription-provisioning-status':
      return json(provisioningStatus(shown));
    case 'get-registration-status':
      return json(registrationStatus(shown));
    case 'get-support-contact':
      return json(supportContact(shown));
    case 'list-subscription-activation-links':
      return json(collection(activationLinks(shown)));
    // Articles get-a-list-of-trial-conversion-offers, transition-a-subscription and get-transitions: nothing can be
    // converted or upgraded here, and nothing ever was (INFERRED).
    default:
      return json(collection([]));
  }
}

/** Article get-a-list-of-add-ons-for-a-subscription. */
function addOns({ customer, subscription, view }: Shown) {
  return customer.subscriptions
    .filter((one) => one.parentSubscriptionId === subscription.id && isVisible(one, view))
    .map((one) => subscriptionResource(customer, one, view));
}

/**
 * Article get-subscription-provisioning-status. The SDK reads the SKU as a GUID, which only legacy offers have; without
 * one it is left out (INFERRED).
 */
function provisioningStatus({ customer, subscription, view }: Shown) {
  const { quantity, commitmentEndDate } = subscriptionResource(customer, subscription, view);
  return {
    ...(GUID.test(subscription.offerId) ? { skuId: subscription.offerId } : {}),
    status: provisionedAs(subscription),
    quantity,
    endDate: commitmentEndDate,
    attributes: { objectType: 'SubscriptionProvisioningStatus' },
  };
}

/** The words of article subscription-resources; that what reads `none` has failed is INFERRED. */
function provisionedAs({ status }: Subscription): string {
  if (status === 'none') return 'failed';
  return status === 'pending' ? 'pending' : 'success';
}

/** Article get-subscription-registration-status, whose sample has a subscription that is not registered. */
const registrationStatus = ({ subscription }: Shown) => ({
  subscriptionId: subscription.id,
  status: 'NotRegistered',
  attributes: { objectType: 'SubscriptionRegistrationStatus' },
});

/** Article get-a-subscription-s-support-contact; that it is the partner itself is INFERRED. */
const supportContact = ({ customer, subscription, tenantId }: Shown) => ({
  supportTenantId: tenantId,
  supportMpnId: mpnIdOf(tenantId),
  name: 'Simulated partner',
  links: {
    self: link(`/customers/${customer.id}/subscriptions/${subscription.id}/supportcontact`),
  },
  attributes: { objectType: 'SupportContact' },
});

function activationLinks({ customer, subscription }: Shown) {
  return customer.orders
    .flatMap(({ lines }) => lines)
    .filter(({ subscriptionId }) => subscriptionId === subscription.id)
    .flatMap(activationLink);
}
