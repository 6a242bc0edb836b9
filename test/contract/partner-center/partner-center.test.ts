import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { afterAll, describe, expect, test } from 'vitest';
import { openContracts } from './open-target.ts';
import {
  AzureEntitlement,
  Customer,
  collectionOf,
  Entitlement,
  Order,
  Refusal,
  Subscription,
} from './shapes.ts';

/**
 * What this project believes of the Partner Center API, checked against whatever answers: the simulated sandbox by
 * default, a real one when the environment says so (see `settings.ts`).
 */
const contracts = await openContracts();
afterAll(() => Promise.all(contracts.map((contract) => contract.close())));

const MAX_PAGES = 50;
/** More than the documented 500 a minute. */
const MOST_TO_THROTTLE = 700;

/** A refusal in one of the two shapes. */
async function refusal(response: Response) {
  return v.parse(Refusal, await response.json());
}

type SubscriptionShape = v.InferOutput<typeof Subscription>;
const typeOf = (subscription: SubscriptionShape): string =>
  JSON.stringify(subscription['productType'] ?? '').toLowerCase();
const isAzurePlan = (subscription: SubscriptionShape): boolean =>
  typeOf(subscription).includes('"azure"');
/** The offer of a licence from before new commerce is a GUID. */
const isLegacy = (offerId: string | null | undefined): boolean =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(offerId ?? '');
/** Ends as `deleted`; all others as `suspended`. */
const isDeleted = (subscription: SubscriptionShape): boolean =>
  /onlineservicesnce|saas|software/.test(typeOf(subscription));

describe.each(contracts)('$line', (contract) => {
  const customer = `/customers/${contract.customerId}`;

  async function read<Schema extends v.GenericSchema>(path: string, schema: Schema) {
    const response = await contract.call('GET', path);
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toContain('json');
    return v.parse(schema, await response.json());
  }

  describe('reading', () => {
    test('customers come in pages that are followed by a continuation token', async () => {
      const ids: string[] = [];
      let page = await read('/customers?size=1', collectionOf(Customer));
      ids.push(...page.items.map(({ id }) => id));
      for (
        let pages = 1;
        typeof page.continuationToken === 'string' && pages < MAX_PAGES;
        pages += 1
      ) {
        const headers = { 'MS-ContinuationToken': page.continuationToken };
        const next = await contract.call('GET', '/customers?seekOperation=Next', { headers });
        expect(next.status).toBe(200);
        page = v.parse(collectionOf(Customer), await next.json());
        ids.push(...page.items.map(({ id }) => id));
      }
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeGreaterThan(0);
    });

    test('customers can be filtered by the start of their name', async () => {
      const { companyProfile } = await read(customer, Customer);
      const filter = JSON.stringify({
        Field: 'CompanyName',
        Value: companyProfile.companyName,
        Operator: 'starts_with',
      });
      const path = `/customers?size=40&filter=${encodeURIComponent(filter)}`;
      const { items } = await read(path, collectionOf(Customer));
      expect(items.map(({ companyProfile: { companyName } }) => companyName)).toContain(
        companyProfile.companyName,
      );
    });

    test('a customer, its orders and its subscriptions have the documented shapes', async () => {
      expect((await read(customer, Customer)).id.toLowerCase()).toBe(contract.customerId);
      const orders = await read(`${customer}/orders`, collectionOf(Order));
      const subscriptions = await read(`${customer}/subscriptions`, collectionOf(Subscription));
      const [order] = orders.items;
      if (order !== undefined) {
        expect((await read(`${customer}/orders/${order.id}`, Order)).id).toBe(order.id);
      }
      const [subscription] = subscriptions.items;
      if (subscription === undefined) return;
      const one = await read(`${customer}/subscriptions/${subscription.id}`, Subscription);
      expect(one.orderId).toBe(subscription.orderId);
      const ofOrder = `${customer}/subscriptions?order_id=${subscription.orderId}`;
      const { items } = await read(ofOrder, collectionOf(Subscription));
      expect(items.map(({ id }) => id)).toContain(subscription.id);
    });

    test('an Azure plan lists its Azure subscriptions, and each can be read', async () => {
      const { items } = await read(`${customer}/subscriptions`, collectionOf(Subscription));
      for (const { id } of items.filter(isAzurePlan)) {
        const path = `${customer}/subscriptions/${id}/azureEntitlements`;
        const entitlements = await read(path, collectionOf(AzureEntitlement));
        for (const entitlement of entitlements.items) {
          expect((await read(`${path}/${entitlement.id}`, AzureEntitlement)).id).toBe(
            entitlement.id,
          );
        }
      }
    });

    test('entitlements have the documented shape, or are refused to app-only credentials with 900329', async () => {
      const response = await contract.call('GET', `${customer}/entitlements`);
      const body = await response.json();
      if (response.status === 403) {
        expect(v.parse(Refusal, body)).toMatchObject({ code: '900329' });
      } else {
        expect(response.status).toBe(200);
        expect(v.is(collectionOf(Entitlement), body)).toBe(true);
      }
    });
  });

  describe('every answer', () => {
    test('echoes MS-RequestId and MS-CorrelationId', async () => {
      const headers = { 'MS-RequestId': randomUUID(), 'MS-CorrelationId': randomUUID() };
      const response = await contract.call('GET', customer, { headers });
      expect(response.headers.get('MS-RequestId')).toBe(headers['MS-RequestId']);
      expect(response.headers.get('MS-CorrelationId')).toBe(headers['MS-CorrelationId']);
    });

    test('to a request without a valid token is 401', async () => {
      const response = await contract.call('GET', customer, { token: 'not-a-token' });
      expect(response.status).toBe(401);
    });

    test('finds the customer without regard to the case of its id', async () => {
      const response = await contract.call(
        'GET',
        `/customers/${contract.customerId.toUpperCase()}`,
      );
      expect(response.status).toBe(200);
    });
  });

  describe('what is not there', () => {
    test('a customer nobody knows is refused with 400, 403 or 404', async () => {
      const response = await contract.call('GET', `/customers/${randomUUID()}`);
      expect([400, 403, 404]).toContain(response.status);
      await refusal(response);
    });

    test('an order nobody knows is refused', async () => {
      const response = await contract.call('GET', `${customer}/orders/${'A'.repeat(32)}1`);
      expect([400, 404]).toContain(response.status);
      await refusal(response);
    });

    test('a subscription nobody knows is refused', async () => {
      const response = await contract.call('GET', `${customer}/subscriptions/${randomUUID()}`);
      expect([400, 404]).toContain(response.status);
      await refusal(response);
    });

    test('a path nobody knows is refused', async () => {
      const response = await contract.call('GET', '/nothing-of-the-kind');
      expect(response.status).toBe(404);
    });
  });

  const { writesCustomerId } = contract;

  /** These cancel what the named customer has and try to delete it. */
  describe.skipIf(writesCustomerId === undefined)('writing', () => {
    const path = `/customers/${writesCustomerId}`;

    test('a stale etag is refused with 2055 and changes nothing', async () => {
      const { items } = await read(`${path}/subscriptions`, collectionOf(Subscription));
      const [subscription] = items;
      if (subscription === undefined) return;
      const stale = Buffer.from('{"id":"stale","version":0}').toString('base64');
      const response = await contract.call('PATCH', `${path}/subscriptions/${subscription.id}`, {
        headers: { 'If-Match': `"${stale}"` },
        body: {
          ...subscription,
          friendlyName: 'must not be',
          attributes: { objectType: 'Subscription' },
        },
      });
      expect([400, 412]).toContain(response.status);
      const after = await read(`${path}/subscriptions/${subscription.id}`, Subscription);
      expect(after['friendlyName']).not.toBe('must not be');
    });

    test('a customer with something bought is not deleted, and the refusal names alternate ids', async () => {
      const { items } = await read(`${path}/orders`, collectionOf(Order));
      const open = items.filter(({ status }) => status.toLowerCase() !== 'cancelled');
      if (open.length === 0) return;
      const response = await contract.call('DELETE', path);
      expect([400, 403, 409]).toContain(response.status);
      const { description } = v.parse(
        v.looseObject({ description: v.string() }),
        await response.json(),
      );
      expect(
        open.some(({ alternateId }) => description.includes(alternateId ?? 'no alternate id')),
      ).toBe(true);
      await read(path, Customer);
    });

    test('PATCH order cancels, now or later, or says by a documented code why not', async () => {
      const refusals = ['800014', '800060', '800061', '800063', '800077', '900117', '900141'];
      const { items } = await read(`${path}/orders`, collectionOf(Order));
      for (const { id } of items) {
        const response = await contract.call('PATCH', `${path}/orders/${id}`, {
          headers: { 'MS-RequestId': randomUUID() },
          body: { Id: id, Status: 'Cancelled', LineItems: null },
        });
        const body: unknown = await response.json();
        if (response.status === 200) {
          expect(['pending', 'cancelled']).toContain(v.parse(Order, body).status.toLowerCase());
        } else {
          const { code } = v.parse(
            v.looseObject({ code: v.union([v.string(), v.number()]) }),
            body,
          );
          expect(refusals).toContain(String(code));
        }
      }
    });

    test('cancelling a cancelled order again changes nothing', async () => {
      const { items } = await read(`${path}/orders`, collectionOf(Order));
      const done = items.find(({ status }) => status.toLowerCase() === 'cancelled');
      if (done === undefined) return;
      const response = await contract.call('PATCH', `${path}/orders/${done.id}`, {
        body: { id: done.id, status: 'cancelled' },
      });
      expect(response.status).toBe(200);
      expect((await read(`${path}/orders/${done.id}`, Order)).status.toLowerCase()).toBe(
        'cancelled',
      );
    });

    test('PATCH subscription suspends a licence and resumes it, with If-Match or with the etag in the body', async () => {
      const { items } = await read(`${path}/subscriptions`, collectionOf(Subscription));
      const licence = items.find(({ status, offerId }) => status === 'active' && isLegacy(offerId));
      if (licence === undefined) return;
      const one = `${path}/subscriptions/${licence.id}`;
      const patchTo = async (status: string, inHeader: boolean) => {
        const { attributes, ...now } = await read(one, Subscription);
        const { etag, ...rest } = attributes;
        const response = await contract.call('PATCH', one, {
          headers: inHeader ? { 'If-Match': `"${etag}"` } : {},
          body: { ...now, status, attributes: inHeader ? rest : attributes },
        });
        expect(response.status).toBe(200);
        await response.arrayBuffer();
      };
      await patchTo('suspended', true);
      if (!contract.cancelsAtOnce) return;
      expect((await read(one, Subscription)).status).toBe('suspended');
      await patchTo('active', false);
      expect((await read(one, Subscription)).status).toBe('active');
    });

    test('PATCH subscription takes the whole resource with its etag, and ends it now or later', async () => {
      const { items } = await read(`${path}/subscriptions`, collectionOf(Subscription));
      for (const subscription of items.filter(({ status }) => status === 'active')) {
        if (isAzurePlan(subscription)) await cancelAzure(subscription.id);
        const ended = isDeleted(subscription) ? 'deleted' : 'suspended';
        const one = `${path}/subscriptions/${subscription.id}`;
        // Read again: an etag moves on with everything that happens to the subscription.
        const now = await read(one, Subscription);
        const response = await contract.call('PATCH', one, {
          headers: { 'If-Match': `"${now.attributes.etag}"`, 'MS-RequestId': randomUUID() },
          body: { ...now, status: ended },
        });
        expect(response.status).toBe(200);
        // The article's answer has no etag.
        const { status } = v.parse(v.looseObject({ status: v.string() }), await response.json());
        expect([ended, 'pending']).toContain(status);
      }
    });

    async function cancelAzure(planId: string): Promise<void> {
      const list = `${path}/subscriptions/${planId}/azureEntitlements`;
      for (const { id } of (await read(list, collectionOf(AzureEntitlement))).items) {
        const response = await contract.call('POST', `${list}/${id}/cancel`, {
          body: { cancellationReason: 'compromise' },
        });
        expect([200, 202]).toContain(response.status);
      }
    }

    test('DELETE answers 204 once everything is released; then the customer is unknown', async () => {
      const response = await contract.call('DELETE', path);
      if (response.status !== 204) {
        // Cancelling takes its time at the real one: what blocks is named, and the customer is still there.
        expect(contract.cancelsAtOnce).toBe(false);
        await refusal(response);
        await read(path, Customer);
        return;
      }
      expect(await response.text()).toBe('');
      const after = await contract.call('GET', path);
      expect([400, 403, 404]).toContain(after.status);
    });
  });

  /** Last, because it uses up the requests of the minute. */
  test.skipIf(!contract.mayThrottle)(
    'more requests than are allowed are refused with 429 and a time to wait',
    async () => {
      for (let sent = 0; sent < MOST_TO_THROTTLE; sent += 1) {
        const response = await contract.call('GET', customer);
        const { status, headers } = response;
        await response.arrayBuffer();
        if (status === 429) {
          expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
          return;
        }
        expect(status).toBe(200);
      }
      expect.unreachable(`${MOST_TO_THROTTLE} requests were answered, and none with 429.`);
    },
  );
});
