import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Contract } from './contract.ts';
import { customerOf, errorOf, read } from './customer.ts';
import { noteOrder, noteSubscription } from './notes.ts';
import { isAzurePlan } from './products.ts';
import {
  getCustomer,
  getOrganizationProfile,
  listCustomers,
  listEntitlements,
  type Question,
  seekCustomers,
} from './requests.ts';
import { Customer, collectionOf, Entitlement, Order, Subscription } from './shapes.ts';

const MAX_PAGES = 80;

/** The shapes of customers and their lists. */
export function reading(contract: Contract): void {
  const { ask, seen, customerId } = contract;
  const customer = customerOf(contract, customerId);
  const below = (path: string): Question => ({
    method: 'GET',
    path: `${getCustomer(customerId).path}${path}`,
  });

  describe('reading', () => {
    /** The ids of all pages, one list for each. */
    async function pagesFrom(first: Question): Promise<string[][]> {
      const pages: string[][] = [];
      let question: Question | undefined = first;
      while (question !== undefined && pages.length < MAX_PAGES) {
        const page: v.InferInput<ReturnType<typeof customerPage>> = await read(
          contract,
          question,
          customerPage(),
        );
        pages.push(page.items.map(({ id }) => id));
        question = nextOf(page);
      }
      return pages;
    }

    test('customers come in pages that are followed by link or continuation token', async () => {
      const asTheApp = (await pagesFrom(listCustomers())).flat();
      expect(new Set(asTheApp).size).toBe(asTheApp.length);
      expect(asTheApp).toContain(customerId);
      const oneByOne = await pagesFrom(listCustomers(1));
      expect(oneByOne.flat()).toEqual(asTheApp.slice(0, oneByOne.flat().length));
      seen.note('pages of one customer', oneByOne.length > 1);
    });

    test('the account has a domain, which an app-only token may not read', async () => {
      const answer = await ask(getOrganizationProfile());
      seen.note('organization profile', answer.status === 200 ? 200 : errorOf(answer));
      if (answer.status === 200) v.assert(v.object({ domain: v.string() }), answer.json);
      else expect([401, 403]).toContain(answer.status);
    });

    /** No article has these; Microsoft's SDK sends them. */
    test('other pages can be sought, or are refused', async () => {
      const first = await read(contract, listCustomers(1), customerPage());
      const next = nextOf(first);
      if (next === undefined) return;
      const second = await read(contract, next, customerPage());
      const token = second.continuationToken ?? first.continuationToken ?? '';
      for (const operation of ['First', 'Previous', 'Last']) {
        const answer = await ask(seekCustomers(token, `?seekOperation=${operation}`));
        seen.note(`seekOperation ${operation}`, answer.status === 200 ? 200 : errorOf(answer));
        if (answer.status === 200) v.assert(customerPage(), answer.json);
      }
    });

    test('customers can be filtered by the start of their name', async () => {
      const { companyName } = (await read(contract, getCustomer(customerId), Customer))
        .companyProfile;
      const filter = JSON.stringify({
        Field: 'CompanyName',
        Value: companyName,
        Operator: 'starts_with',
      });
      const path = `/v1/customers?size=40&filter=${encodeURIComponent(filter)}`;
      const { items } = await read(contract, { method: 'GET', path }, customerPage());
      expect(items.map((each) => each.companyProfile.companyName)).toContain(companyName);
    });

    test('a customer, its orders and its subscriptions have the documented shapes', async () => {
      const { id } = await read(contract, getCustomer(customerId), Customer);
      expect(id.toLowerCase()).toBe(customerId);
      const orders = await customer.orders();
      for (const order of orders) noteOrder(seen, order);
      for (const { id } of orders) {
        expect((await read(contract, below(`/orders/${id}`), Order)).id).toBe(id);
      }
    });

    test('an order can be read by its alternate id, or is answered with 404', async () => {
      const isOther = ({ id, alternateId }: Order) =>
        typeof alternateId === 'string' && alternateId !== id;
      const order = (await customer.orders()).find(isOther);
      if (order === undefined) return;
      const answer = await ask(below(`/orders/${encodeURIComponent(order.alternateId ?? '')}`));
      seen.note('orderByAlternateId', answer.status === 200);
      if (answer.status === 200) v.assert(Order, answer.json);
      else errorOf(answer);
    });

    test('a subscription can be read by itself and by its order', async () => {
      for (const subscription of await customer.subscriptions()) {
        noteSubscription(seen, subscription);
        const { id, orderId } = subscription;
        const one = await read(contract, below(`/subscriptions/${id}`), Subscription);
        expect(one.orderId).toBe(orderId);
        if (typeof orderId === 'string') expect(await idsOfOrder(orderId)).toContain(id);
      }
    });

    async function idsOfOrder(orderId: string): Promise<string[]> {
      const ofOrder = below(`/subscriptions?order_id=${encodeURIComponent(orderId)}`);
      const { items } = await read(contract, ofOrder, collectionOf(Subscription));
      return items.map(({ id }) => id);
    }

    test('an Azure plan lists its Azure subscriptions, and each can be read', async () => {
      for (const plan of (await customer.subscriptions()).filter(isAzurePlan)) {
        for (const { id } of await customer.azureSubscriptions(plan.id)) {
          const one = below(`/subscriptions/${plan.id}/azureEntitlements/${id}`);
          expect((await read(contract, one, v.looseObject({ id: v.string() }))).id).toBe(id);
        }
      }
    });

    test('entitlements have the documented shape, or are refused to app-only credentials with 900329', async () => {
      const answer = await ask(listEntitlements(customerId));
      if (answer.status !== 200) {
        expect([contract.appOnly, errorOf(answer)]).toEqual([true, '403/900329']);
      } else {
        v.assert(collectionOf(Entitlement), answer.json);
      }
      if (contract.appOnly) seen.note('refuseEntitlementsToAppOnly', answer.status !== 200);
    });
  });

  describe('every answer', () => {
    test('echoes MS-RequestId and MS-CorrelationId', async () => {
      const sent = { requestId: randomUUID(), correlationId: randomUUID() };
      const { headers } = await ask(getCustomer(customerId), sent);
      expect(headers.get('MS-RequestId')).toBe(sent.requestId);
      expect(headers.get('MS-CorrelationId')).toBe(sent.correlationId);
    });

    test('to a request without a valid token is 401', async () => {
      const { status } = await ask(getCustomer(customerId), { token: 'not-a-token' });
      expect(status).toBe(401);
    });

    test('finds the customer without regard to the case of its id or path', async () => {
      const question = getCustomer(customerId.toUpperCase());
      expect((await ask(question)).status).toBe(200);
      const path = question.path.replace('/customers/', '/Customers/');
      expect((await ask({ ...question, path })).status).toBe(200);
    });
  });

  describe('a path that does not exist', () => {
    test('of an unknown customer is refused with 400, 403 or 404', async () => {
      const answer = await ask(getCustomer(randomUUID()));
      expect([400, 403, 404]).toContain(answer.status);
      seen.note('unknownCustomer', errorOf(answer));
    });

    test.each([
      ['an order', `/orders/${'A'.repeat(32)}1`, '20000'],
      ['a subscription', `/subscriptions/${randomUUID()}`, '20003'],
    ])('of %s that is unknown is refused', async (what, path, code) => {
      const answer = await ask(below(path));
      expect([400, 404]).toContain(answer.status);
      seen.note(`${what} no one knows, 404/${code} documented`, errorOf(answer));
    });

    test('of no resource is refused', async () => {
      const { status } = await ask({ method: 'GET', path: '/v1/nothing-of-the-kind' });
      expect(status).toBeGreaterThanOrEqual(400);
      seen.note('a path no one knows', status);
    });
  });
}

const customerPage = () => collectionOf(Customer);

/** As the app goes on: by the link, or else by the token alone. */
function nextOf({
  links,
  continuationToken,
}: v.InferInput<ReturnType<typeof customerPage>>): Question | undefined {
  const next = links?.['next'];
  const linked = next?.headers.find(({ key }) => key.toLowerCase() === 'ms-continuationtoken');
  const token = linked?.value ?? continuationToken;
  if (typeof token !== 'string') return undefined;
  const query = next?.uri.includes('?') ? next.uri.slice(next.uri.indexOf('?')) : undefined;
  return seekCustomers(token, query);
}
