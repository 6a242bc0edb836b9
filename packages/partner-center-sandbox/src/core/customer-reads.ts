import { collection, json, link, type Reply } from './answer.ts';
import { findOrder, findSubscription, unknownOrder, unknownSubscription } from './lookup.ts';
import type { Customer } from './model.ts';
import { readOrderDetail } from './order-reads.ts';
import { reservationArtifact } from './reservation-artifacts.ts';
import { customerResource, type View } from './resources.ts';
import type { Route } from './routes.ts';
import { readSubscriptionDetail } from './subscription-reads.ts';

/** The SDK's read calls on one customer that no teardown needs: true to the articles in shape, and small. */
export function readCustomer(
  route: Route,
  customer: Customer,
  tenantId: string,
  view: View,
): Reply {
  if (route.orderId !== '') {
    const order = findOrder(customer, route.orderId, view);
    return order === undefined
      ? unknownOrder(route.orderId)
      : readOrderDetail(route, customer, order);
  }
  if (route.subscriptionId !== '') {
    const subscription = findSubscription(customer, route.subscriptionId, view);
    return subscription === undefined
      ? unknownSubscription(route.subscriptionId)
      : readSubscriptionDetail(route, { customer, subscription, tenantId, view });
  }
  switch (route.operation) {
    case 'get-customer-company-profile':
      return json(companyProfile(customer));
    case 'get-customer-billing-profile':
      return json(billingProfile(customer));
    case 'get-validation-status':
      return json(validationStatus(customer));
    // Article get-customer-qualification-asynchronous: a bare list. That it may be empty is INFERRED.
    case 'list-qualifications':
      return json([]);
    // Articles get-the-managed-services-for-a-customer-by-id, get-indirect-resellers-of-a-customer and
    // get-subscription-overage; the sandbox has none of these (INFERRED).
    case 'list-managed-services':
    case 'list-relationships':
    case 'list-overage':
      return json(collection([]));
    case 'get-reservation-artifact':
      return reservationArtifact(customer, route);
    default:
      return json(customerResource(customer));
  }
}

/** Article get-a-customer-s-company-profile. */
function companyProfile(customer: Customer) {
  const { companyProfile: profile, billingProfile: billing } = customerResource(customer);
  const { attributes, ...rest } = profile;
  return {
    ...rest,
    address: billing.defaultAddress,
    email: billing.email,
    links: { self: link(`/customers/${customer.id}/profiles/company`) },
    attributes,
  };
}

/** Article get-all-of-a-customer-s-billing-profiles, which is one. */
function billingProfile(customer: Customer) {
  const { attributes, ...rest } = customerResource(customer).billingProfile;
  return {
    ...rest,
    links: { self: link(`/v1/customers/${customer.id}/profiles/billing`) },
    attributes,
  };
}

/** Article retrieve-validation-status; that a locked account reads NotAllowed is INFERRED. */
const validationStatus = ({ createdMs, locked }: Customer) => ({
  type: 'account',
  status: locked ? 'NotAllowed' : 'Allowed',
  // Without a zone, as the article shows it.
  lastUpdateDateTime: new Date(createdMs).toISOString().slice(0, 19),
});
