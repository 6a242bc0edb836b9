/** The API's paths, as operations with names that faults and the request log use. */

export const operations = [
  'list-customers',
  'get-customer',
  'delete-customer',
  'list-entitlements',
  'list-orders',
  'get-order',
  'patch-order',
  'get-provisioning-status',
  'list-subscriptions',
  'get-subscription',
  'patch-subscription',
  'list-azure-entitlements',
  'get-azure-entitlement',
  'cancel-azure-entitlement',
  'check-domain',
  'get-organization-profile',
  'get-legal-business-profile',
  'get-billing-profile',
  'get-mpn-profile',
  'get-support-profile',
  'get-relationship-request',
  'get-customer-company-profile',
  'get-customer-billing-profile',
  'get-validation-status',
  'list-qualifications',
  'list-managed-services',
  'list-relationships',
  'list-overage',
  'get-reservation-artifact',
  'list-order-attachments',
  'get-order-attachment',
  'list-order-activation-links',
  'list-line-activation-links',
  'list-add-ons',
  'get-subscription-provisioning-status',
  'get-registration-status',
  'get-support-contact',
  'list-conversions',
  'list-upgrades',
  'list-transitions',
  'list-transition-eligibilities',
  'list-subscription-activation-links',
  'activate-subscription',
] as const;
export type Operation = (typeof operations)[number];

export interface Route {
  readonly operation: Operation;
  readonly customerId: string;
  readonly orderId: string;
  readonly subscriptionId: string;
  /** Of an Azure entitlement. */
  readonly entitlementId: string;
  readonly lineNumber: string;
  readonly attachmentId: string;
  /** Of what an entitlement's artifact stands for, and the two before it in its address. */
  readonly groupId: string;
  readonly lineItemId: string;
  readonly resourceId: string;
  readonly domain: string;
}

const C = '/v1/customers/:customerId';
const O = `${C}/orders/:orderId`;
const S = `${C}/subscriptions/:subscriptionId`;
const A = `${S}/azureEntitlements`;

/**
 * From the articles, and from the SDK's PartnerSdkConfiguration.json where no article has the path. The first that
 * fits counts, so words come before identifiers; what has no operation is not served, although an identifier would fit.
 */
const patterns: readonly [method: string, pattern: string, operation?: Operation][] = [
  ['GET', '/v1/customers', 'list-customers'],
  ['GET', '/v1/customers/relationshiprequests', 'get-relationship-request'],
  ['GET', '/v1/customers/usagerecords'],
  ['GET', C, 'get-customer'],
  ['DELETE', C, 'delete-customer'],
  ['GET', `${C}/profiles/company`, 'get-customer-company-profile'],
  ['GET', `${C}/profiles/billing`, 'get-customer-billing-profile'],
  ['GET', `${C}/validationStatus`, 'get-validation-status'],
  ['GET', `${C}/qualifications`, 'list-qualifications'],
  ['GET', `${C}/managedservices`, 'list-managed-services'],
  ['GET', `${C}/relationships`, 'list-relationships'],
  ['GET', `${C}/entitlements`, 'list-entitlements'],
  [
    'GET',
    `${C}/artifacts/reservedinstance/groups/:groupId/lineitems/:lineItemId/resource/:resourceId`,
    'get-reservation-artifact',
  ],
  ['GET', `${C}/orders`, 'list-orders'],
  ['GET', O, 'get-order'],
  ['PATCH', O, 'patch-order'],
  ['GET', `${O}/provisioningstatus`, 'get-provisioning-status'],
  ['GET', `${O}/attachments`, 'list-order-attachments'],
  ['GET', `${O}/attachment/:attachmentId`, 'get-order-attachment'],
  ['GET', `${O}/activationlinks`, 'list-order-activation-links'],
  ['GET', `${O}/lineitems/:lineNumber/activationlinks`, 'list-line-activation-links'],
  ['GET', `${C}/subscriptions`, 'list-subscriptions'],
  ['GET', `${C}/subscriptions/overage`, 'list-overage'],
  ['GET', `${C}/subscriptions/usagerecords`],
  ['GET', S, 'get-subscription'],
  ['PATCH', S, 'patch-subscription'],
  ['GET', `${S}/addons`, 'list-add-ons'],
  ['GET', `${S}/provisioningstatus`, 'get-subscription-provisioning-status'],
  ['GET', `${S}/registrationstatus`, 'get-registration-status'],
  ['GET', `${S}/supportcontact`, 'get-support-contact'],
  ['GET', `${S}/conversions`, 'list-conversions'],
  ['GET', `${S}/upgrades`, 'list-upgrades'],
  ['GET', `${S}/transitions`, 'list-transitions'],
  ['GET', `${S}/transitioneligibilities`, 'list-transition-eligibilities'],
  ['GET', `${S}/activationlinks`, 'list-subscription-activation-links'],
  ['POST', `${S}/activate`, 'activate-subscription'],
  ['GET', A, 'list-azure-entitlements'],
  ['GET', `${A}/:entitlementId`, 'get-azure-entitlement'],
  ['POST', `${A}/:entitlementId/cancel`, 'cancel-azure-entitlement'],
  ['HEAD', '/v1/domains/:domain', 'check-domain'],
  ['GET', '/v1/profiles/organization', 'get-organization-profile'],
  ['GET', '/v1/profiles/legalbusiness', 'get-legal-business-profile'],
  ['GET', '/v1/profiles/billing', 'get-billing-profile'],
  ['GET', '/v1/profiles/mpn', 'get-mpn-profile'],
  ['GET', '/v1/profiles/support', 'get-support-profile'],
];

/** Slashes too many at the beginning are one (INFERRED: the samples' addresses are put together in several ways). */
const split = (path: string) => path.replace(/^\/+/, '').replace(/\/$/, '').split('/');
const routes = patterns.map(([method, pattern, operation]) => ({
  method,
  operation,
  parts: split(pattern),
}));

/**
 * The route of a request; `undefined` if it is not served. A path that ends with a slash where only another method is
 * known is one with an empty id, which PartnerCenterPowerShellModule issue 14 shows for DELETE.
 */
export function findRoute(method: string, path: string): Route | 'empty-id' | undefined {
  const segments = split(path);
  const matching = routes.filter(({ parts }) => matches(parts, segments));
  const route = matching.find((candidate) => candidate.method === method);
  if (route === undefined)
    return matching.length > 0 && path.endsWith('/') ? 'empty-id' : undefined;
  const { operation, parts } = route;
  if (operation === undefined) return undefined;
  const named = (name: string) => decode(segments[parts.indexOf(name)]);
  return {
    operation,
    customerId: named(':customerId').toLowerCase(),
    orderId: named(':orderId'),
    subscriptionId: named(':subscriptionId').toLowerCase(),
    entitlementId: named(':entitlementId').toLowerCase(),
    lineNumber: named(':lineNumber'),
    attachmentId: named(':attachmentId'),
    groupId: named(':groupId'),
    lineItemId: named(':lineItemId'),
    resourceId: named(':resourceId').toLowerCase(),
    domain: named(':domain').toLowerCase(),
  };
}

function matches(parts: readonly string[], segments: readonly string[]): boolean {
  return (
    parts.length === segments.length &&
    parts.every(
      (part, index) =>
        part.startsWith(':') || part.toLowerCase() === segments[index]?.toLowerCase(),
    )
  );
}

function decode(segment = ''): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
