import { collection, link } from './answer.ts';
import { etagOf } from './identifiers.ts';
import type { Customer, Entitlement, Line, Order } from './model.ts';
import { shownOrderStatus } from './order-status.ts';
import { termEndMs } from './order-terms.ts';
import { products } from './products.ts';
import { artifactPath } from './reservation-artifacts.ts';
import { isUnprocessed } from './reviews.ts';
import type { SandboxSettings } from './settings.ts';
import { spelled, typed } from './spelling.ts';

/** The JSON of customers, orders and entitlements. Shapes: articles customer-, order- and entitlement-resources. */

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
  order.kind === 'licence' ? etagOf(order, etagEpoch(view)) : undefined;

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
    status: spelled(shownOrderStatus(order, view), view.settings),
    transactionType: 'UserPurchase',
    links: {
      self: link(self),
      provisioningStatus: link(`${self}/provisioningstatus`),
      patchOperation: link(self, 'PATCH'),
    },
    attributes: { ...(etag === undefined ? {} : { etag }), objectType: 'Order' },
  };
}

/** What a list of entitlements is asked for. */
export interface EntitlementQuery {
  /** One type only. */
  readonly type: string | undefined;
  readonly showExpiry: boolean;
}

export function entitlementsOf(customer: Customer, query: EntitlementQuery, view: View) {
  return collection(visibleEntitlements(customer.entitlements, customer, query, view));
}

function visibleEntitlements(
  entitlements: readonly Entitlement[],
  customer: Customer,
  query: EntitlementQuery,
  view: View,
): unknown[] {
  return entitlements.flatMap((entitlement) => {
    const order = customer.orders.find(({ id }) => id === entitlement.orderId);
    if (order === undefined || !isListed(entitlement, order, query.type, view)) return [];
    return [entitlementResource(entitlement, order, customer, query, view)];
  });
}

const entitlementTypeOf = ({ lineNumber }: Entitlement, order: Order) =>
  products[order.lines[lineNumber]?.kind ?? order.kind].entitlementType;

function isListed(
  entitlement: Entitlement,
  order: Order,
  type: string | undefined,
  view: View,
): boolean {
  const gone =
    shownOrderStatus(order, view) === 'cancelled' &&
    view.settings.cancelledEntitlements === 'vanish';
  const wanted = type === undefined || entitlementTypeOf(entitlement, order) === type;
  return !gone && wanted && entitlement.visibleAtMs <= view.nowMs;
}

function entitlementResource(
  entitlement: Entitlement,
  order: Order,
  customer: Customer,
  query: EntitlementQuery,
  view: View,
) {
  const line = order.lines[entitlement.lineNumber];
  const [productId, skuId] = (entitlement.offerId ?? line?.offerId ?? '').split(':');
  const entitlementType = entitlementTypeOf(entitlement, order);
  const quantityDetails = quantityDetailsOf(order, line, view);
  const quantity = quantityDetails.find(({ status }) => status === 'fulfilled')?.quantity ?? 0;
  return {
    includedEntitlements: visibleEntitlements(entitlement.included, customer, query, view),
    referenceOrder: {
      id: order.id,
      lineItemId: String(entitlement.lineNumber),
      ...(order.alternateId === undefined ? {} : { alternateId: order.alternateId }),
    },
    productId,
    skuId,
    quantity,
    quantityDetails,
    entitledArtifacts: artifactsOf(entitlement, customer, entitlementType),
    entitlementType,
    ...(query.showExpiry ? expiryOf(order) : {}),
    ...(entitlementType === 'reservedinstance' ? { dynamicAttributes: RESERVED_MACHINES } : {}),
  };
}

/** In the example of article get-a-collection-of-entitlements; the table has it in the artifact. */
const RESERVED_MACHINES = { reservationType: 'virtualmachines' };

/** The quantity "excludes Unfulfilled/Transfered entitlements" (article entitlement-resources); the two words are INFERRED. */
function quantityDetailsOf(order: Order, line: Line | undefined, view: View) {
  const bought = shownOrderStatus(order, view) === 'cancelled' ? 0 : (line?.quantity ?? 0);
  const unfulfilled = isUnprocessed(order) ? bought : Math.min(bought, line?.unfulfilled ?? 0);
  const transferred = Math.min(bought - unfulfilled, line?.transferred ?? 0);
  return [
    { quantity: bought - unfulfilled - transferred, status: 'fulfilled' },
    ...(unfulfilled === 0 ? [] : [{ quantity: unfulfilled, status: 'unfulfilled' }]),
    ...(transferred === 0 ? [] : [{ quantity: transferred, status: 'transferred' }]),
  ];
}

/** Software has none in the samples of article get-a-collection-of-entitlements. */
function artifactsOf(entitlement: Entitlement, customer: Customer, artifactType?: string) {
  if (artifactType !== 'reservedinstance') return [];
  const { resourceId } = entitlement;
  return [{ link: link(artifactPath(customer, entitlement)), resourceId, artifactType }];
}

/** "On-premises entitlement types do not have expiry dates", same article; the others that have a term do. */
function expiryOf(order: Order) {
  const endMs = termEndMs(order);
  return endMs === undefined ? {} : { expiryDate: dateTime(endMs) };
}

export const etagEpoch = ({ nowMs, settings }: View) =>
  settings.etagLifetimeMs === 0 ? 0 : Math.floor(nowMs / settings.etagLifetimeMs);
