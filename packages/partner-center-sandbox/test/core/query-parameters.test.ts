import { describe, expect, test } from 'vitest';
import { isBoughtThrough } from '../../src/core/list-filters.ts';
import { createFixture, itemsOf, type Json } from '../fixture.ts';

function seedLists() {
  const fixture = createFixture();
  const { customerId, purchases } = fixture.sandbox.addCustomer({
    purchases: [
      { kind: 'reservation', quantity: 3 },
      { kind: 'licence' },
      { kind: 'new-commerce' },
    ],
  });
  const customer = `/v1/customers/${customerId}`;
  const ask = (path: string, query: Record<string, string>, method = 'GET') =>
    fixture.call(method, path, undefined, { query });
  const read = (path: string, query: Record<string, string>) => ask(`${customer}${path}`, query);
  const order = `/orders/${purchases[0]?.orderIds[0]}`;
  const subscription = `/subscriptions/${purchases[1]?.subscriptionIds[0]}`;
  const azure = fixture.sandbox.addPurchase(customerId, { kind: 'azure-plan' });
  const plan = `/subscriptions/${azure.subscriptionIds[0]}`;
  return { fixture, customer, ask, read, purchases, order, subscription, plan };
}

describe('orders', () => {
  const cycles = (answer: { json: Json }) => itemsOf(answer).map((item) => item['billingCycle']);

  test.each(['onetime', 'OneTime', 'one_time'])(
    'are filtered by the billing type %s',
    (billingType) => {
      expect(cycles(seedLists().read('/orders', { billingType }))).toEqual([
        'one_time',
        'one_time',
      ]);
    },
  );

  test('are filtered by other billing types, of which there may be none', () => {
    expect(cycles(seedLists().read('/orders', { billingtype: 'Monthly' }))).toEqual([
      'monthly',
      'monthly',
    ]);
    expect(cycles(seedLists().read('/orders', { billingType: 'Triennial' }))).toEqual([]);
    expect(cycles(seedLists().read('/orders', {}))).toHaveLength(4);
  });

  test('have prices where they are asked for', () => {
    const { read, order } = seedLists();
    const priced = { totalPrice: 30, lineItems: [{ pricing: { price: 10, extendedPrice: 30 } }] };
    expect(read(order, { include_price: 'True' }).json).toMatchObject(priced);
    expect(itemsOf(read('/orders', { include_price: 'true' }))[0]).toMatchObject(priced);
    for (const query of [{}, { include_price: 'False' }] as Record<string, string>[]) {
      expect(read(order, query).json).not.toHaveProperty('totalPrice');
    }
  });
});

describe('subscriptions', () => {
  test('are filtered by the order', () => {
    const { read, purchases } = seedLists();
    const order_id = purchases[1]?.orderIds[0] ?? '';
    const found = itemsOf(read('/subscriptions', { ORDER_ID: order_id }));
    expect(found.map(({ id }) => id)).toEqual(purchases[1]?.subscriptionIds);
  });

  test('are filtered by the partner on record, and nothing here was bought through one', () => {
    expect(itemsOf(seedLists().read('/subscriptions', { mpn_id: '4847383' }))).toEqual([]);
    expect(isBoughtThrough({ partnerId: '4847383' }, '4847383')).toBe(true);
    expect(isBoughtThrough({ partnerId: '4847384' }, '4847383')).toBe(false);
    expect(isBoughtThrough({}, '4847383')).toBe(false);
    expect(isBoughtThrough({}, undefined)).toBe(true);
  });
});

describe('a query parameter that is not honoured is refused', () => {
  test.each([
    ['', 'billingType'],
    ['/orders', 'size'],
    ['/orders', 'order_id'],
    ['/subscriptions', 'billingType'],
    ['/subscriptions', 'offset'],
    ['/entitlements', 'filter'],
    [':order', 'billingType'],
    [':subscription', 'mpn_id'],
    [':plan/azureEntitlements', 'status'],
    ['/profiles/company', 'x'],
  ])('by %s: %s', (pattern, name) => {
    const { read, order, subscription, plan } = seedLists();
    const path = pattern
      .replace(':order', order)
      .replace(':subscription', subscription)
      .replace(':plan', plan);
    const refused = read(path, { [name]: '1' });
    expect([refused.status, refused.json['code']]).toEqual([400, '3000']);
    expect(refused.json['description']).toContain(name.toLowerCase());
    expect(read(path, {}).status).toBe(200);
  });

  test('by the list of customers', () => {
    const { ask } = seedLists();
    expect(ask('/v1/customers', { offset: '0' }).json['code']).toBe('3000');
  });

  test('also by a call that writes, which then writes nothing', () => {
    const { fixture, customer, ask } = seedLists();
    expect(ask(customer, { force: 'true' }, 'DELETE').json['code']).toBe('3000');
    expect(fixture.sandbox.state().customers).toHaveLength(1);
  });

  test.each([
    ['/orders', { billingType: 'weekly' }],
    ['/orders', { include_price: 'maybe' }],
    ['/entitlements', { entitlementType: 'hardware' }],
    ['/entitlements', { showExpiry: '1' }],
    ['/subscriptions', { mpn_id: 'abc' }],
    ['/subscriptions', { mpn_id: '' }],
    ['/validationStatus', { type: 'person' }],
    [':subscription/transitions', { operationId: 'x' }],
    [':subscription/transitioneligibilities', { eligibilityType: 'some day' }],
  ] as [string, Record<string, string>][])('by %s with the value of %o', (path, query) => {
    const { read, subscription } = seedLists();
    expect(read(path.replace(':subscription', subscription), query).json['code']).toBe('3000');
  });

  test.each([
    ['/v1/profiles/mpn', { mpnId: 'x' }],
    ['/v1/customers', { size: '0x10' }],
    ['/v1/customers', { size: '' }],
    [
      '/v1/customers',
      { filter: '{"Field":"Domain","Value":"a","Operator":"starts_with","Sort":"asc"}' },
    ],
    ['/v1/profiles/legalbusiness', { vettingVersion: 'oldest' }],
  ] as [string, Record<string, string>][])('by %s with the value of %o', (path, query) => {
    expect(seedLists().ask(path, query).json['code']).toBe('3000');
  });

  test('unless it is one of those that the SDK sends', () => {
    const { ask, read, subscription } = seedLists();
    const statuses = [
      ask('/v1/profiles/legalbusiness', { vettingVersion: 'LastFinalized' }),
      read('/validationStatus', { type: 'Account' }),
      read('/entitlements', {
        entitlementType: 'VirtualMachineReservedInstance',
        showExpiry: 'True',
      }),
      read(`${subscription}/transitions`, {
        operationId: 'e0c5c1a8-0000-4000-8000-000000000001',
      }),
      read(`${subscription}/transitioneligibilities`, { eligibilityType: 'immediate' }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
  });
});

test('the account status is not given without saying which', () => {
  expect(seedLists().read('/validationStatus', {}).json['code']).toBe('3000');
});
