import { collection, link } from './answer.ts';
import { etagOf } from './identifiers.ts';
import type {
  AzureEntitlement,
  Customer,
  Entitlement,
  Line,
  Order,
  Subscription,
} from './model.ts';
import { products } from './products.ts';
import { artifactPath } from './reservation-artifacts.ts';
import type { SandboxSettings } from './settings.ts';
import { termEndMs } from './terms.ts';

/** The JSON of each resource. Shapes: articles customer-, order-, entitlement- and subscription-resources. */

/** What a resource's look depends on beside itself. */
export interface View {
  readonly nowMs: number;
  readonly settings: SandboxSettings;
}

const DAY_MS = 24 * 3_600_000;
const YEAR_MS = 365 * DAY_MS;
const CANCELLATION_WINDOW_MS = 7 * DAY_MS;

const dateTime = (ms: number) => new Date(ms).toISOString();

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

function lineResource(customer: Customer, line: Line) {
  const product = products[line.kind];
  const [productId = line.offerId, skuId] = line.offerId.split(':');
  return {
    lineItemNumber: line.number,
    offerId: line.offerId,
    ...(line.subscriptionId === undefined ? {} : { subscriptionId: line.subscriptionId }),
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
      ...(line.subscriptionId === undefined
        ? {}
        : { subscription: link(`/customers/${customer.id}/subscriptions/${line.subscriptionId}`) }),
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
    alternateId: order.alternateId,
    referenceCustomerId: customer.id,
    billingCycle: products[order.kind].billingCycle,
    currencyCode: 'USD',
    currencySymbol: '$',
    lineItems: order.lines.map((line) => lineResource(customer, line)),
    creationDate: dateTime(order.createdMs),
    status: order.status,
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
  const gone = order.status === 'cancelled' && view.settings.cancelledEntitlements === 'vanish';
  const wanted = type === undefined || entitlementTypeOf(entitlement, order) === type;
  return !gone && wanted && order.visibleAtMs <= view.nowMs;
}

function entitlementResource(
  entitlement: Entitlement,
  order: Order,
  customer: Customer,
  query: EntitlementQuery,
  view: View,
) {
  const line = order.lines[entitlement.lineNumber];
  const [productId, skuId] = (line?.offerId ?? '').split(':');
  const entitlementType = entitlementTypeOf(entitlement, order);
  const quantity = order.status === 'cancelled' ? 0 : (line?.quantity ?? 0);
  return {
    includedEntitlements: visibleEntitlements(entitlement.included, customer, query, view),
    referenceOrder: {
      id: order.id,
      lineItemId: String(entitlement.lineNumber),
      alternateId: order.alternateId,
    },
    productId,
    skuId,
    quantity,
    quantityDetails: [{ quantity, status: 'fulfilled' }],
    entitledArtifacts: artifactsOf(entitlement, customer, entitlementType),
    entitlementType,
    ...(query.showExpiry ? expiryOf(order) : {}),
  };
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

const etagEpoch = ({ nowMs, settings }: View) =>
  settings.etagLifetimeMs === 0 ? 0 : Math.floor(nowMs / settings.etagLifetimeMs);

export const subscriptionEtag = (subscription: Subscription, view: View) =>
  etagOf(subscription, etagEpoch(view));

/** The resource as GET shows it. After a PATCH its etag is empty (article cancel-an-azure-marketplace-subscription): read it again. */
export function subscriptionResource(
  customer: Customer,
  subscription: Subscription,
  view: View,
  withEtag = true,
) {
  const product = products[subscription.kind];
  const { id, createdMs } = subscription;
  return {
    id,
    offerId: subscription.offerId,
    ...(subscription.kind === 'licence' ? { entitlementId: id } : {}),
    offerName: subscription.offerName,
    friendlyName: subscription.friendlyName,
    ...product.subscriptionFields,
    quantity: subscription.quantity,
    ...(subscription.parentSubscriptionId === undefined
      ? {}
      : { parentSubscriptionId: subscription.parentSubscriptionId }),
    creationDate: dateTime(createdMs),
    effectiveStartDate: dateTime(createdMs),
    commitmentEndDate: dateTime(createdMs + YEAR_MS),
    ...(subscription.kind === 'new-commerce'
      ? { cancellationAllowedUntilDate: dateTime(createdMs + CANCELLATION_WINDOW_MS) }
      : {}),
    status: subscription.status,
    autoRenewEnabled: subscription.autoRenew,
    isTrial: subscription.trial,
    billingCycle: product.billingCycle,
    ...(product.termDuration === undefined ? {} : { termDuration: product.termDuration }),
    ...refundOptions(subscription),
    contractType: 'subscription',
    links: { self: link(`/customers/${customer.id}/subscriptions/${id}`) },
    orderId: subscription.orderId,
    attributes: {
      etag: withEtag ? subscriptionEtag(subscription, view) : '',
      objectType: 'Subscription',
    },
  };
}

function refundOptions({ kind, trial, createdMs }: Subscription) {
  if (trial || (kind !== 'new-commerce' && kind !== 'saas')) return {};
  return { refundOptions: [{ type: 'Full', expiresAt: dateTime(createdMs + DAY_MS) }] };
}

export function azureEntitlementResource(entitlement: AzureEntitlement) {
  return {
    id: entitlement.id,
    friendlyName: entitlement.friendlyName,
    status: entitlement.status,
    subscriptionId: entitlement.subscriptionId,
    attributes: { objectType: 'AzureEntitlement' },
  };
}
