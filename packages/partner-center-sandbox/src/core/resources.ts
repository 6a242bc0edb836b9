import { link } from './answer.ts';
import { etagOf } from './identifiers.ts';
import type { Customer, Line, Order } from './model.ts';
import { shownOrderStatus } from './order-status.ts';
import { isLegacy, products } from './products.ts';
import { isUnprocessed } from './reviews.ts';
import type { SandboxSettings } from './settings.ts';
import { spelled, typed } from './spelling.ts';

/** The JSON of customers and orders. Shapes: articles customer- and order-resources. */

/** What the JSON of a resource depends on beside itself. */
export interface View {
  readonly nowMs: number;
  readonly settings: SandboxSettings;
}

export const dateTime = (ms: number) => new Date(ms).toISOString();

export function customerItem(customer: Customer) {
  return {
    id: customer.id,
    companyProfile: {
      tenantId: customer.id,
      domain: customer.domain,
      companyName: customer.companyName,
      attributes: { objectType: 'CustomerCompanyProfile' },
    },
    relationshipToPartner: 'reseller',
    attributes: { objectType: 'Customer' },
  };
}

export function customerResource(customer: Customer) {
  return {
    ...customerItem(customer),
    commerceId: customer.id,
    billingProfile: {
      id: customer.id,
      culture: 'en-US',
      language: 'en',
      companyName: customer.companyName,
      email: `admin@${customer.domain}`,
      defaultAddress: { country: 'US', city: 'Redmond', state: 'WA', postalCode: '98052' },
      attributes: {
        etag: etagOf({ id: customer.id, version: 1 }, 0),
        objectType: 'CustomerBillingProfile',
      },
    },
    allowDelegatedAccess: true,
    customDomains: [customer.domain],
    links: { self: link(`/customers/${customer.id}`) },
  };
}

function lineResource(customer: Customer, order: Order, line: Line, { settings }: View) {
  const product = products[line.kind];
  const [productId = line.offerId, skuId] = line.offerId.split(':');
  const subscriptionId = isUnprocessed(order) ? undefined : line.subscriptionId;
  return {
    lineItemNumber: line.number,
    offerId: typed(line.offerId, settings),
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
    ...(line.parentSubscriptionId === undefined
      ? {}
      : { parentSubscriptionId: line.parentSubscriptionId }),
    ...(product.termDuration === undefined ? {} : { termDuration: product.termDuration }),
    transactionType: 'New',
    friendlyName: line.friendlyName,
    quantity: line.quantity,
    links: {
      product: link(`/products/${productId}?country=US`),
      ...(skuId === undefined
        ? {}
        : { sku: link(`/products/${productId}/skus/${skuId}?country=US`) }),
      ...(subscriptionId === undefined
        ? {}
        : { subscription: link(`/customers/${customer.id}/subscriptions/${subscriptionId}`) }),
    },
  };
}

/** Only legacy orders show an etag. */
export const orderEtag = (order: Order, view: View) =>
  isLegacy(order.kind) ? etagOf(order, etagEpoch(view)) : undefined;

export function orderResource(customer: Customer, order: Order, view: View) {
  const self = `/customers/${customer.id}/orders/${order.id}`;
  const etag = orderEtag(order, view);
  return {
    id: order.id,
    ...(order.alternateId === undefined ? {} : { alternateId: order.alternateId }),
    referenceCustomerId: customer.id,
    billingCycle: spelled(order.billingCycle, view.settings),
    currencyCode: 'USD',
    currencySymbol: '$',
    lineItems: order.lines.map((line) => lineResource(customer, order, line, view)),
    creationDate: dateTime(order.createdMs),
    status: spelled(shownOrderStatus(customer, order, view), view.settings),
    transactionType: 'UserPurchase',
    links: {
      self: link(self),
      provisioningStatus: link(`${self}/provisioningstatus`),
      patchOperation: link(self, 'PATCH'),
    },
    attributes: { ...(etag === undefined ? {} : { etag }), objectType: 'Order' },
  };
}

export const etagEpoch = ({ nowMs, settings }: View) =>
  settings.etagLifetimeMs === 0 ? 0 : Math.floor(nowMs / settings.etagLifetimeMs);
