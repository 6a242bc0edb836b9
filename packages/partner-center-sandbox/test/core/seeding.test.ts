import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { generateCustomers } from '../../src/core/generate.ts';
import { CUSTOMER_QUOTA } from '../../src/core/quotas.ts';
import {
  accountStates,
  CustomerSpecSchema,
  orderStatuses,
  type PurchaseSpec,
  purchaseKinds,
} from '../../src/core/spec.ts';
import { createFixture, seedOne } from '../fixture.ts';

describe('the quotas of a sandbox', () => {
  test('are 75 customers, and deleting one makes room', () => {
    const fixture = createFixture();
    const ids = Array.from({ length: 75 }, () => fixture.sandbox.addCustomer({}).customerId);
    expect(() => fixture.sandbox.addCustomer({})).toThrow(/75 customers/);
    fixture.call('DELETE', `/v1/customers/${ids[0]}`);
    expect(fixture.sandbox.addCustomer({}).customerId).not.toBe(ids[0]);
  });

  test('are 5 subscriptions for each customer, and nothing of a refused seed is kept', () => {
    const { sandbox } = createFixture();
    expect(() =>
      sandbox.addCustomer({ purchases: [{ kind: 'licence', lines: 5 }, { kind: 'saas' }] }),
    ).toThrow(/5 subscriptions/);
    const { customerId } = sandbox.addCustomer({ purchases: [{ kind: 'licence', lines: 5 }] });
    expect(() => sandbox.addPurchase(customerId, { kind: 'saas' })).toThrow(/5 subscriptions/);
    expect(sandbox.state().customers.map(({ subscriptions }) => subscriptions.length)).toEqual([5]);
  });

  test('do not hold for a production account', () => {
    const { sandbox } = createFixture({ production: true });
    for (let index = 0; index < 80; index += 1) sandbox.addCustomer({});
    expect(sandbox.state().customers).toHaveLength(80);
  });
});

describe('a seed', () => {
  test('is refused when it asks for what its kind cannot have', () => {
    const { sandbox } = createFixture();
    const add = (purchase: Parameters<typeof sandbox.addPurchase>[1]) => () =>
      sandbox.addCustomer({ purchases: [purchase] });
    expect(add({ kind: 'saas', nested: 1 })).toThrow(/no entitlements/);
    expect(add({ kind: 'licence', activated: false })).toThrow(/choose the kind "saas"/);
    expect(add({ kind: 'saas', migration: 'reverts' })).toThrow(/choose the kind "licence"/);
    expect(add({ kind: 'saas', azureSubscriptions: 1 })).toThrow(/no Azure subscriptions/);
    expect(add({ kind: 'reservation', status: 'suspended' })).toThrow(/no subscription/);
  });

  test('is refused when the customer is there already, or is not', () => {
    const { sandbox } = createFixture();
    const { customerId } = sandbox.addCustomer({});
    expect(() => sandbox.addCustomer({ id: customerId })).toThrow(/already/);
    expect(() => sandbox.addPurchase('nobody', { kind: 'saas' })).toThrow(/no customer/);
  });

  test('gives the same sandbox every time', () => {
    const state = (seed: number) => {
      const fixture = createFixture({}, { seed });
      for (const spec of generateCustomers(5, 20)) fixture.sandbox.addCustomer(spec);
      return fixture.sandbox.state();
    };
    expect(state(1)).toEqual(state(1));
    expect(state(1)).not.toEqual(state(2));
  });

  test('can add a purchase while a customer is being torn down', () => {
    const fixture = createFixture();
    const { customer, customerId } = seedOne(fixture, { kind: 'reservation', status: 'released' });
    const { alternateIds } = fixture.sandbox.addPurchase(customerId, { kind: 'reservation' });
    expect(fixture.call('DELETE', customer).json['description']).toContain(alternateIds[0]);
  });
});

test('reset brings back the sandbox of the start', () => {
  const fixture = createFixture({ requestsPerMinute: 3 });
  const first = fixture.sandbox.addCustomer({});
  const before = fixture.sandbox.state();
  fixture.sandbox.changeSettings({ requestsPerMinute: 1 });
  fixture.sandbox.injectFault({ kind: 'drop', operation: 'get-customer' });
  fixture.call('DELETE', `/v1/customers/${first.customerId}`);
  fixture.sandbox.reset();
  expect(fixture.sandbox.state().customers).toEqual([]);
  expect(fixture.sandbox.requests().total).toBe(0);
  expect(fixture.sandbox.waitingFaults).toEqual([]);
  expect(fixture.sandbox.addCustomer({})).toEqual(first);
  expect(fixture.sandbox.state()).toEqual(before);
});

test.each([1, 2, 3, 4, 5, 6, 7])('a full sandbox of seed %i has of everything odd', (seed) => {
  const specs = generateCustomers(seed, CUSTOMER_QUOTA);
  const bought = specs.flatMap(({ purchases = [] }) => purchases);
  const has = {
    'an invalid address': specs.some(({ invalidAddress }) => invalidAddress),
    'a locked account': specs.some(({ locked }) => locked),
    'a purchase order to upload': bought.some(
      ({ orderStatus }) => orderStatus === 'pending_po_upload',
    ),
    'a savings plan': bought.some(({ kind }) => kind === 'savings-plan'),
    'a trial': bought.some(({ trial }) => trial),
    'a migration': bought.some(({ migration }) => migration),
    'SaaS that is not set up': bought.some(({ activated }) => activated === false),
    'a disabled plan': bought.some(
      ({ kind, status }) => kind === 'azure-plan' && status === 'disabled',
    ),
    'an order too old': bought.some(
      ({ kind, ageDays = 0 }) => kind === 'reservation' && ageDays > 60,
    ),
    'an unknown product': bought.some(({ kind }) => kind === 'unknown'),
  };
  expect(Object.entries(has).filter(([, isThere]) => !isThere)).toEqual([]);
  const accounts = new Set(specs.map(({ account }) => account));
  expect([...accounts]).toEqual(expect.arrayContaining([...accountStates]));
});

test.each(Array.from({ length: 100 }, (_, index) => index + 1))(
  'a full sandbox of seed %i has every product and every status of orders and subscriptions',
  (seed) => {
    const { sandbox } = createFixture();
    for (const spec of generateCustomers(seed, CUSTOMER_QUOTA)) sandbox.addCustomer(spec);
    const { customers } = sandbox.state();
    const orders = customers.flatMap((customer) => customer.orders);
    const subscriptions = customers.flatMap((customer) => customer.subscriptions);
    const kinds = [...orders, ...subscriptions].map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(purchaseKinds));
    expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(orderStatuses));
    expect(new Set(subscriptions.map(({ status }) => status))).toEqual(
      new Set(['none', 'active', 'pending', 'suspended', 'expired', 'disabled', 'deleted']),
    );
  },
);

test('the generated population is valid, varied and has both ends', () => {
  const specs = generateCustomers(3, 300);
  for (const spec of specs) expect(v.is(CustomerSpecSchema, spec)).toBe(true);
  const kinds = new Set(specs.flatMap(({ purchases = [] }) => purchases.map(({ kind }) => kind)));
  expect([...kinds].sort()).toEqual([...purchaseKinds].sort());
  const purchases = specs.flatMap(({ purchases: bought = [] }) => bought);
  const drawn = (field: keyof PurchaseSpec) => new Set(purchases.map((one) => one[field]));
  expect(drawn('orderIdForm').size).toBeGreaterThanOrEqual(4);
  expect(drawn('alternateIdForm').size).toBeGreaterThanOrEqual(4);
  expect(drawn('subscriptionOrderId').size).toBeGreaterThanOrEqual(3);
  expect(drawn('migration')).toEqual(new Set([undefined, 'reverts', 'completes']));
  expect(drawn('trial')).toContain(true);
  expect(drawn('activated')).toContain(false);
  expect(drawn('orderStatus').size).toBeGreaterThanOrEqual(7);
  const addOns = specs.flatMap(({ purchases: bought = [] }) =>
    bought.flatMap(({ kind, addOn }, index) => (addOn ? [[kind, bought[index - 1]?.kind]] : [])),
  );
  expect(addOns).toContainEqual(['licence', 'licence']);
  expect(addOns).toContainEqual(['new-commerce', 'new-commerce']);
  const together = purchases.flatMap((one) => (one.together ? [[one.kind, ...one.together]] : []));
  expect(together).toContainEqual(['new-commerce', 'reservation']);
  expect(together).toContainEqual(['reservation', 'perpetual-software', 'new-commerce']);
  expect(drawn('patchRefusal').size).toBeGreaterThanOrEqual(2);
  expect(specs.some(({ account }) => account !== undefined)).toBe(true);
  expect(new Set(specs.map(({ expected }) => expected))).toEqual(new Set(['deleted', 'parked']));
});
