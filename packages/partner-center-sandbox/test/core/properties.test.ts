import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generateCustomers } from '../../src/core/generate.ts';
import type { PurchaseSpec } from '../../src/core/spec.ts';
import { orderStatuses, purchaseKinds } from '../../src/core/spec.ts';
import { createFixture, type Fixture, itemsOf, withStatus } from '../fixture.ts';
import { tearDown } from '../tear-down.ts';

const SEED = 20_260_101;
const run = { seed: SEED, numRuns: 150 };

const purchase: fc.Arbitrary<PurchaseSpec> = fc.record(
  {
    kind: fc.constantFrom(...purchaseKinds),
    ageDays: fc.constantFrom(0, 1, 60, 61),
    cancelTakesMs: fc.constantFrom(0, 1_000),
    cancelTakesReads: fc.integer({ min: 0, max: 2 }),
    visibleAfterMs: fc.constantFrom(0, 1_500),
    status: fc.constantFrom('active', 'pending', 'released'),
    orderStatus: fc.constantFrom(...orderStatuses),
    termEndsInMs: fc.constantFrom(0, 1_000),
    autoRenew: fc.boolean(),
    trial: fc.boolean(),
    overspentForMs: fc.constantFrom(0, 1_500),
    pendingForMs: fc.constantFrom(0, 1_000),
  },
  { requiredKeys: ['kind'] },
);

const step = fc.record({
  act: fc.constantFrom('order', 'subscription', 'azure', 'delete', 'advance', 'read'),
  index: fc.nat(9),
  status: fc.constantFrom('cancelled', 'deleted', 'suspended', 'active', 'nonsense'),
});

/** One step of an attacker who knows everything. */
function take(
  fixture: Fixture,
  customerId: string,
  { act, index, status }: { act: string; index: number; status: string },
) {
  const path = `/v1/customers/${customerId}`;
  const customer = fixture.sandbox.state().customers[0];
  const order = customer?.orders[index % Math.max(1, customer.orders.length)];
  const subscription = customer?.subscriptions[index % Math.max(1, customer.subscriptions.length)];
  const azure = subscription?.azureEntitlements[0];
  const own = `${path}/subscriptions/${subscription?.id}`;
  switch (act) {
    case 'order':
      return fixture.call('PATCH', `${path}/orders/${order?.id}`, { id: order?.id, status });
    case 'subscription':
      return fixture.call('PATCH', own, withStatus(fixture, own, status));
    case 'azure':
      return fixture.call('POST', `${own}/azureEntitlements/${azure?.id}/cancel`, {
        cancellationReason: 'compromise',
      });
    case 'delete':
      return fixture.call('DELETE', path);
    case 'advance':
      fixture.clock.advance(700);
      return undefined;
    default:
      return fixture.call('GET', `${path}/orders`);
  }
}

test('whatever is done in whatever order, a customer goes only when nothing blocks, and a cancelled order stays so', () => {
  fc.assert(
    fc.property(
      fc.array(purchase, { maxLength: 4 }),
      fc.array(step, { maxLength: 40 }),
      (purchases, steps) => {
        const fixture = createFixture({ requestsPerMinute: 10_000 });
        const { customerId } = fixture.sandbox.addCustomer({ purchases });
        let ended = new Set<string>();
        for (const one of steps) {
          const before = fixture.sandbox.state().customers[0];
          const answer = take(fixture, customerId, one);
          const after = fixture.sandbox.state().customers[0];
          if (before !== undefined && after === undefined) {
            expect([one.act, before.blockedBy]).toEqual(['delete', []]);
          }
          if (answer !== undefined) expect(answer.status).toBeLessThan(500);
          const now = new Set(
            after?.orders.filter(({ status }) => status === 'cancelled').map(({ id }) => id),
          );
          if (after !== undefined) expect([...ended].every((id) => now.has(id))).toBe(true);
          ended = now;
        }
      },
    ),
    run,
  );
});

test('every customer is on exactly one page, whatever the sizes, even when others are deleted between pages', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 12 }),
      fc.func(fc.boolean()),
      (count, pageSize, size, isDeleted) => {
        const fixture = createFixture({ pageSize });
        const ids = Array.from({ length: count }, () => fixture.sandbox.addCustomer({}).customerId);
        const seen: unknown[] = [];
        let query: Record<string, string> = { size: String(size) };
        let headers: Record<string, string> = {};
        const gone = new Set<unknown>();
        for (let pages = 0; pages <= count; pages += 1) {
          const page = fixture.call('GET', '/v1/customers', undefined, { query, headers });
          const items = itemsOf(page).map(({ id }) => id);
          expect(items.length).toBeLessThanOrEqual(pageSize);
          seen.push(...items);
          for (const id of items.filter((id) => isDeleted(id))) {
            fixture.call('DELETE', `/v1/customers/${id}`);
            gone.add(id);
          }
          if (page.json['continuationToken'] === undefined) break;
          query = { seekOperation: 'Next' };
          headers = { 'MS-ContinuationToken': String(page.json['continuationToken']) };
        }
        expect(seen).toEqual(ids);
        expect(fixture.sandbox.state().customers.map(({ id }) => id)).toEqual(
          ids.filter((id) => !gone.has(id)),
        );
      },
    ),
    run,
  );
});

test('names in a body are matched without regard to case, and nulls change nothing', () => {
  const spelled = (name: string) =>
    fc
      .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
      .map((upper) =>
        [...name].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter)).join(''),
      );
  fc.assert(
    fc.property(
      spelled('id'),
      spelled('status'),
      spelled('cancelled'),
      spelled('lineitems'),
      (id, status, value, lines) => {
        const fixture = createFixture();
        const { customerId, purchases } = fixture.sandbox.addCustomer({
          purchases: [{ kind: 'reservation' }],
        });
        const orderId = purchases[0]?.orderIds[0] ?? '';
        const body = { [id]: orderId, [status]: value, [lines]: null, links: {}, extra: null };
        const answer = fixture.call('PATCH', `/v1/customers/${customerId}/orders/${orderId}`, body);
        expect([answer.status, answer.json['status']]).toEqual([200, 'pending']);
      },
    ),
    run,
  );
});

test('no request makes the sandbox throw, and every refusal has one of the two shapes', () => {
  const fixture = createFixture({ requestsPerMinute: 1_000_000 });
  const { customerId, purchases } = fixture.sandbox.addCustomer({
    purchases: [{ kind: 'azure-plan' }, { kind: 'reservation' }],
  });
  const [plan, reservation] = purchases;
  const part = fc.constantFrom(
    'v1',
    'customers',
    'orders',
    'subscriptions',
    'entitlements',
    'azureEntitlements',
    'cancel',
    '',
    '%',
    customerId,
    plan?.subscriptionIds[0] ?? '',
    plan?.azureEntitlementIds[0] ?? '',
    reservation?.orderIds[0] ?? '',
  );
  fc.assert(
    fc.property(
      fc.constantFrom('GET', 'PATCH', 'POST', 'PUT', 'HEAD', 'OPTIONS'),
      fc.array(part, { maxLength: 7 }),
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom('size', 'filter', 'seekOperation', 'order_id'), fc.string()),
      (method, parts, body, query) => {
        const answer = fixture.call(method, `/v1/${parts.join('/')}`, body, { query });
        if (answer.status < 400) return;
        const names = Object.keys(answer.json).sort();
        expect([
          ['message', 'statusCode'],
          ['code', 'description', 'source'],
        ]).toContainEqual(names);
      },
    ),
    { ...run, numRuns: 1_000 },
  );
});

test('generated customers end as they are expected to', () => {
  const fixture = createFixture({ requestsPerMinute: 1_000_000 });
  for (const spec of generateCustomers(SEED, 60)) {
    const { customerId } = fixture.sandbox.addCustomer(spec);
    expect([spec, tearDown(fixture, customerId)]).toEqual([spec, spec.expected === 'deleted']);
  }
});
