/**
 * What a real sandbox is asked: the app's requests, written down by hand. `requests.test.ts` holds them to what the app's
 * own client sends, byte for byte, so that what this suite finds out is true of the app.
 */
export interface Question {
  readonly method: 'GET' | 'HEAD' | 'PATCH' | 'POST' | 'DELETE';
  /** Below the API's address. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A resource as it came. */
export type Resource = Readonly<Record<string, unknown>> & { readonly id: string };

/** What every request carries (article headers). */
export const everyRequest = (token: string, requestId: string, correlationId: string) => ({
  accept: 'application/json',
  authorization: `Bearer ${token}`,
  'ms-contract-version': 'v1',
  'ms-correlationid': correlationId,
  'ms-partnercenter-application': 'sandbox-teardown',
  'ms-requestid': requestId,
  'x-locale': 'en-US',
});

const JSON_BODY = { 'content-type': 'application/json' };

const customer = (customerId: string) => `/v1/customers/${encodeURIComponent(customerId)}`;
const order = (customerId: string, orderId: string) =>
  `${customer(customerId)}/orders/${encodeURIComponent(orderId)}`;
const subscription = (customerId: string, id: string) =>
  `${customer(customerId)}/subscriptions/${encodeURIComponent(id)}`;
const get = (path: string): Question => ({ method: 'GET', path });

export const listCustomers = (size = 100) => get(`/v1/customers?size=${size}`);

/** A page that another one names by its token. */
export const seekCustomers = (token: string, query = '?seekOperation=Next'): Question => ({
  ...get(`/v1/customers${query}`),
  headers: { 'ms-continuationtoken': token },
});

export const getOrganizationProfile = () => get('/v1/profiles/organization');

export const getCustomer = (customerId: string) => get(customer(customerId));
export const listEntitlements = (customerId: string) => get(`${customer(customerId)}/entitlements`);
export const listOrders = (customerId: string) => get(`${customer(customerId)}/orders`);
export const listSubscriptions = (customerId: string) =>
  get(`${customer(customerId)}/subscriptions`);
export const listAzureSubscriptions = (customerId: string, planId: string) =>
  get(`${subscription(customerId, planId)}/azureEntitlements`);

/** Article cancel-an-order-from-the-integration-sandbox. */
export const cancelOrder = (customerId: string, id: string): Question => ({
  method: 'PATCH',
  path: order(customerId, id),
  headers: JSON_BODY,
  body: `{"id":${JSON.stringify(id)},"status":"cancelled"}`,
});

export interface LineItem {
  readonly lineItemNumber: number;
  readonly offerId: string;
}

/** Article cancel-software-purchases. */
export const cancelLines = (
  customerId: string,
  id: string,
  lines: readonly LineItem[],
): Question => ({
  method: 'PATCH',
  path: order(customerId, id),
  headers: JSON_BODY,
  body: `{"id":${JSON.stringify(id)},"status":"cancelled","lineItems":[${lines
    .map(
      ({ lineItemNumber, offerId }) =>
        `{"lineItemNumber":${lineItemNumber},"offerId":${JSON.stringify(offerId)}}`,
    )
    .join(',')}]}`,
});

/** Articles suspend-a-subscription and cancel-an-azure-marketplace-subscription: the whole resource, as it was listed. */
export const endSubscription = (
  customerId: string,
  resource: Resource,
  status: 'deleted' | 'suspended',
) => patchSubscription(customerId, resource, { status });

/** Article update-a-subscription-by-id. */
export const turnOffAutoRenew = (customerId: string, resource: Resource) =>
  patchSubscription(customerId, resource, { autoRenewEnabled: false });

export function patchSubscription(
  customerId: string,
  resource: Resource,
  change: Readonly<Record<string, unknown>>,
): Question {
  return {
    method: 'PATCH',
    path: subscription(customerId, resource.id),
    headers: { ...ifMatch(resource), ...JSON_BODY },
    body: JSON.stringify({ ...resource, ...change }),
  };
}

/** "Included in double quotation marks", article test-and-debug. */
function ifMatch({ attributes }: Resource): Readonly<Record<string, string>> {
  const shown = typeof attributes === 'object' && attributes !== null && 'etag' in attributes;
  const etag = shown ? attributes.etag : undefined;
  if (typeof etag !== 'string' || etag === '') return {};
  return { 'if-match': etag.endsWith('"') ? etag : `"${etag}"` };
}

/** Article activate-sandbox-subscription-azure-marketplace-products. */
export const activateSubscription = (customerId: string, id: string): Question => ({
  method: 'POST',
  path: `${subscription(customerId, id)}/activate`,
});

/** Article cancel-an-azure-subscription, with the one reason that it knows. */
export const cancelAzureSubscription = (
  customerId: string,
  planId: string,
  id: string,
  reason = 'compromise',
): Question => ({
  method: 'POST',
  path: `${subscription(customerId, planId)}/azureEntitlements/${encodeURIComponent(id)}/cancel`,
  headers: JSON_BODY,
  body: `{"cancellationReason":"${reason}"}`,
});

/** Article delete-a-customer-account-from-the-integration-sandbox. */
export const deleteCustomer = (customerId: string): Question => ({
  method: 'DELETE',
  path: customer(customerId),
});
