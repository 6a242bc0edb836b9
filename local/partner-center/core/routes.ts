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
  'activate-subscription',
] as const;
export type Operation = (typeof operations)[number];

export interface Route {
  readonly operation: Operation;
  readonly customerId: string;
  readonly orderId: string;
  readonly subscriptionId: string;
  readonly entitlementId: string;
}

const C = '/v1/customers/:customerId';
const S = `${C}/subscriptions/:subscriptionId`;
const patterns: readonly [method: string, pattern: string, operation: Operation][] = [
  ['GET', '/v1/customers', 'list-customers'],
  ['GET', C, 'get-customer'],
  ['DELETE', C, 'delete-customer'],
  ['GET', `${C}/entitlements`, 'list-entitlements'],
  ['GET', `${C}/orders`, 'list-orders'],
  ['GET', `${C}/orders/:orderId`, 'get-order'],
  ['PATCH', `${C}/orders/:orderId`, 'patch-order'],
  ['GET', `${C}/orders/:orderId/provisioningstatus`, 'get-provisioning-status'],
  ['GET', `${C}/subscriptions`, 'list-subscriptions'],
  ['GET', S, 'get-subscription'],
  ['PATCH', S, 'patch-subscription'],
  ['POST', `${S}/activate`, 'activate-subscription'],
  ['GET', `${S}/azureEntitlements`, 'list-azure-entitlements'],
  ['GET', `${S}/azureEntitlements/:entitlementId`, 'get-azure-entitlement'],
  ['POST', `${S}/azureEntitlements/:entitlementId/cancel`, 'cancel-azure-entitlement'],
];
const split = (path: string) => path.replace(/\/$/, '').split('/').slice(1);
const routes = patterns.map(([method, pattern, operation]) => ({
  method,
  operation,
  parts: split(pattern),
}));

/**
 * The route of a request; `wrong-method` if only the path is known, `undefined` if neither is. A path that ends with
 * a slash and leads nowhere is one with an empty id: 404, as PartnerCenterPowerShellModule issue 14 shows for DELETE.
 */
export function findRoute(method: string, path: string): Route | 'wrong-method' | undefined {
  const segments = split(path);
  const matching = routes.filter(({ parts }) => matches(parts, segments));
  const route = matching.find((candidate) => candidate.method === method);
  if (route === undefined) {
    return matching.length === 0 || path.endsWith('/') ? undefined : 'wrong-method';
  }
  const named = (name: string) => decode(segments[route.parts.indexOf(name)]);
  return {
    operation: route.operation,
    customerId: named(':customerId').toLowerCase(),
    orderId: named(':orderId'),
    subscriptionId: named(':subscriptionId').toLowerCase(),
    entitlementId: named(':entitlementId').toLowerCase(),
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
