import { ValiError } from 'valibot';
import { defined } from '../shared/defined.ts';
import type { PartnerCenterReader, PartnerCenterWriter } from '../teardown/model/partner-center.ts';
import type { Operation } from '../teardown/model/partner-center-error.ts';
import type { Api } from './api.ts';
import { apiError } from './api-error.ts';
import { tenantOf } from './auth/token.ts';
import { lowercaseKeys } from './http/lowercase-keys.ts';
import { anObject, lowercaseOrThrow, parseJson } from './json-response.ts';
import { MAX_ITEMS, paginate } from './paginate.ts';
import { readCustomer } from './resources/customer.ts';
import { readAzureEntitlement, readEntitlements } from './resources/entitlement.ts';
import { readOrder } from './resources/order.ts';
import { readOrganizationDomain } from './resources/organization-profile.ts';
import { readSubscription } from './resources/subscription.ts';
import { cancellation, ifMatch, lineItem, withChange, writeResultOf } from './resources/updates.ts';

/** Larger than a sandbox's 75 customers, so that one page shows whether there are more. */
const CUSTOMER_PAGE_SIZE = 100;

/** The teardown's interface to Partner Center, over the REST API. Its methods throw a {@link PartnerCenterError}. */
export function partnerCenterClient(api: Api): PartnerCenterReader & PartnerCenterWriter {
  const list = async <T>(
    operation: Operation,
    path: string,
    read: (item: unknown) => T,
    limit?: number,
  ): Promise<T[]> => {
    const items = await paginate(api, operation, path, limit);
    return items.map((item) => shaped(operation, () => read(anObject(operation, item))));
  };
  const folded =
    <T>(read: (item: unknown) => T) =>
    (item: unknown): T =>
      read(lowercaseKeys(item));

  return {
    signedInTenant: async () => tenantOf(await api.signedIn()),

    async organizationDomain() {
      const operation = 'get-organization-profile';
      const reply = await api.send({ operation, method: 'get', path: '/profiles/organization' });
      return shaped(operation, () =>
        readOrganizationDomain(lowercaseOrThrow(operation, parseJson(operation, reply))),
      );
    },

    listCustomers: (limit) =>
      list('list-customers', `/customers?size=${CUSTOMER_PAGE_SIZE}`, folded(readCustomer), limit),

    async getCustomer(customerId) {
      const operation = 'get-customer';
      const reply = await api.send({
        operation,
        method: 'get',
        path: customerPath(customerId),
      });
      const json = anObject(operation, parseJson(operation, reply), reply);
      const customer = shaped(operation, () => readCustomer(lowercaseOrThrow(operation, json)));
      // All further reads and writes use this id.
      if (customer.id === customerId.toLowerCase()) return customer;
      throw apiError(operation, 200, `The answer is about another customer, ${customer.id}.`);
    },

    async listEntitlements(customerId) {
      const operation = 'list-entitlements';
      const path = `${customerPath(customerId)}/entitlements`;
      const entitlements = await list(operation, path, folded(readEntitlements));
      return countable(operation, entitlements.flat());
    },

    async listOrders(customerId) {
      const operation = 'list-orders';
      const path = `${customerPath(customerId)}/orders`;
      const orders = await list(operation, path, folded(readOrder));
      countable(
        operation,
        orders.flatMap(({ lines }) => lines),
      );
      return orders;
    },

    listSubscriptions: (customerId) =>
      list('list-subscriptions', `${customerPath(customerId)}/subscriptions`, readSubscription),

    listAzureEntitlements: (customerId, planId) =>
      list(
        'list-azure-entitlements',
        `${subscriptionPath(customerId, planId)}/azureEntitlements`,
        folded((item) => readAzureEntitlement(item, planId)),
      ),

    async cancelOrder(customerId, orderId, lines) {
      const reply = await api.send({
        operation: 'cancel-order',
        method: 'patch',
        path: `${customerPath(customerId)}/orders/${encodeURIComponent(orderId)}`,
        json: defined({ id: orderId, status: 'cancelled', lineItems: lines?.map(lineItem) }),
      });
      return writeResultOf(reply);
    },

    async endSubscription(customerId, subscription, status) {
      const reply = await api.send({
        operation: 'end-subscription',
        method: 'patch',
        path: subscriptionPath(customerId, subscription.id),
        headers: ifMatch(subscription.etag),
        json: withChange(subscription, 'status', status),
      });
      return writeResultOf(reply);
    },

    async turnOffAutoRenew(customerId, subscription) {
      const reply = await api.send({
        operation: 'turn-off-auto-renew',
        method: 'patch',
        path: subscriptionPath(customerId, subscription.id),
        headers: ifMatch(subscription.etag),
        json: withChange(subscription, 'autoRenewEnabled', false),
      });
      return writeResultOf(reply);
    },

    async activateSubscription(customerId, { id }) {
      const reply = await api.send({
        operation: 'activate-subscription',
        method: 'post',
        path: `${subscriptionPath(customerId, id)}/activate`,
      });
      return writeResultOf(reply);
    },

    async cancelAzureEntitlement(customerId, { id, planId }) {
      const reply = await api.send({
        operation: 'cancel-azure-entitlement',
        method: 'post',
        path: `${subscriptionPath(customerId, planId)}/azureEntitlements/${encodeURIComponent(id)}/cancel`,
        json: cancellation,
      });
      return writeResultOf(reply);
    },

    async deleteCustomer(customerId) {
      const operation = 'delete-customer';
      const { status, body } = await api.send({
        operation,
        method: 'delete',
        path: customerPath(customerId),
      });
      // Only 204 is documented:
      // https://learn.microsoft.com/partner-center/developer/delete-a-customer-account-from-the-integration-sandbox
      if (status === 204 || (status === 200 && body.trim() === '')) return 'done';
      const why = 'Only 204 is documented; the next check reads whether the customer was deleted.';
      throw apiError(operation, status, why, { body });
    },
  };
}

function customerPath(customerId: string): string {
  return `/customers/${encodeURIComponent(customerId)}`;
}

function subscriptionPath(customerId: string, id: string): string {
  return `${customerPath(customerId)}/subscriptions/${encodeURIComponent(id)}`;
}

/** Bounds what the items of a list hold, as the items themselves are bounded. */
function countable<T>(operation: Operation, items: readonly T[]): readonly T[] {
  if (items.length <= MAX_ITEMS) return items;
  throw apiError(operation, 200, `The list holds more than ${MAX_ITEMS} things within its items.`);
}

/** Reads a resource. Another shape than documented is an error of Partner Center, not a bug. */
function shaped<T>(operation: Operation, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ValiError) && !(error instanceof RangeError)) throw error;
    throw apiError(operation, 200, `The answer is not shaped as documented: ${error.message}`);
  }
}
