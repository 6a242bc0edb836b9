import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import { planFingerprint, planItemsOf } from '../../../src/teardown/release/plan-items.ts';
import { DAY_MS, entitlement, inventory, line, NOW_MS, order, subscription } from '../builders.ts';

const azure = { id: 'azure-1', planId: 'plan', status: 'active' };
const lines = [line({ lineItemNumber: 1, subscriptionId: 'subscription-1' })];
const world: Partial<Inventory> = {
  orders: [order(), order({ id: 'order-2', lines })],
  subscriptions: [
    subscription({ orderId: 'order-2' }),
    subscription({ id: 'software', orderId: 'alone', productType: 'software' }),
    subscription({ id: 'plan', orderId: 'of-plan', productType: 'azure' }),
  ],
  entitlements: [entitlement()],
  azureEntitlements: [azure, { ...azure, id: 'azure-2' }],
};
const of = (more: Partial<Inventory>): string => planFingerprint(inventory({ ...world, ...more }));
const today = of({});
const { createdMs: _none, ...dateless } = order();
const [, second] = world.orders ?? [];
const rest = second === undefined ? [] : [second];
const others = (world.subscriptions ?? []).slice(1);

describe('a fingerprint', () => {
  it('is a version and a SHA-256', () => {
    expect(today).toMatch(/^v2:sha256:[0-9a-f]{64}$/);
  });

  it('is the same in whatever order things are listed', () => {
    const turned = Object.fromEntries(
      Object.entries(world).map(([name, list]) => [name, (list as unknown[]).toReversed()]),
    );
    expect(of(turned)).toBe(today);
  });

  it.each<[string, Partial<Inventory>]>([
    ['an order more', { orders: [order(), ...rest, order({ id: 'order-3' })] }],
    ['an order less', { orders: rest }],
    ['an order that someone has cancelled', { orders: [order({ status: 'cancelled' }), ...rest] }],
    ['the day of an order', { orders: [order({ createdMs: NOW_MS - 2 * DAY_MS }), ...rest] }],
    ['an order without a day', { orders: [dateless, ...rest] }],
    ['the quantity of a line', { orders: [order({ lines: [line({ quantity: 2 })] }), ...rest] }],
    ['the offer of a line', { orders: [order({ lines: [line({ offerId: 'a:b:c' })] }), ...rest] }],
    [
      'the number of a line',
      { orders: [order({ lines: [line({ lineItemNumber: 9 })] }), ...rest] },
    ],
    [
      'the subscription of a line',
      { orders: [order({ lines: [line({ subscriptionId: 'software' })] }), ...rest] },
    ],
    [
      'the number of licences',
      { subscriptions: [subscription({ orderId: 'order-2', quantity: 2 }), ...others] },
    ],
    [
      'the offer of a subscription',
      { subscriptions: [subscription({ orderId: 'order-2', offerId: 'other' }), ...others] },
    ],
    [
      'the day of a subscription',
      { subscriptions: [subscription({ orderId: 'order-2', createdMs: 1 }), ...others] },
    ],
    [
      'the product, so that it is released otherwise',
      { subscriptions: [subscription({ orderId: 'order-2', productType: 'software' }), ...others] },
    ],
    ['an Azure subscription more', { azureEntitlements: [azure, { ...azure, id: 'azure-3' }] }],
    ['an Azure subscription less', { azureEntitlements: [azure] }],
    [
      'an entitlement of an order that is not listed',
      {
        entitlements: [entitlement(), entitlement({ orderId: 'hidden' })],
      },
    ],
    ['an entitlement of it twice', { entitlements: [entitlement(), entitlement()] }],
    ['an entitlement of more', { entitlements: [entitlement({ quantity: 9 })] }],
    ['an entitlement of another type', { entitlements: [entitlement({ type: 'software' })] }],
    [
      'a second product of an order',
      { entitlements: [entitlement(), entitlement({ productId: 'other' })] },
    ],
    [
      'entitlements that cannot be read, of which a plan may hold more than the orders show',
      { entitlements: undefined } as unknown as Partial<Inventory>,
    ],
    [
      'an order whose subscription is not listed yet',
      {
        orders: [
          order(),
          ...rest,
          order({ id: 'late', lines: [line({ subscriptionId: 'not-listed' })] }),
        ],
      },
    ],
    ['the customer', { customer: { id: '99999999-2222-3333-4444-555555555555' } }],
  ])('is another one with %s', (_name, more) => {
    expect(of(more)).not.toBe(today);
  });

  it.each<[string, Partial<Inventory>]>([
    ['an order is pending meanwhile', { orders: [order({ status: 'pending' }), ...rest] }],
    [
      'a subscription is suspended meanwhile, and has to be ended as before',
      { subscriptions: [subscription({ orderId: 'order-2', status: 'suspended' }), ...others] },
    ],
    [
      'something was bought and cancelled',
      {
        orders: [order(), ...rest, order({ id: 'order-3', status: 'cancelled' })],
      },
    ],
  ])('is the same where %s', (_name, more) => {
    expect(of(more)).toBe(today);
  });
});

describe('the items of a plan', () => {
  it('are the purchases that stand, and each Azure subscription by itself', () => {
    const names = planItemsOf(inventory(world)).map(({ name }) => name);
    expect([...new Set(names)]).toEqual([
      'Azure reservation: order order-1 (completed)',
      'new-commerce subscription: order order-2 (completed), subscription subscription-1 (active)',
      'software subscription: subscription software (active)',
      'Azure plan: subscription plan (active)',
      'Azure subscription azure-1',
      'Azure subscription azure-2',
      'entitlement of order order-1 (p)',
    ]);
    const digests = planItemsOf(inventory(world)).map(({ digest }) => digest);
    // A line, besides what it is of.
    expect(new Set(digests).size).toBe(names.length);
    expect(names).toHaveLength(9);
  });

  it('stay the same while the teardown ends them one after the other', () => {
    const before = new Set(planItemsOf(inventory(world)).map(({ digest }) => digest));
    const half = inventory({
      ...world,
      orders: [order({ status: 'cancelled' }), ...rest],
      azureEntitlements: [
        { ...azure, status: 'inactive' },
        { ...azure, id: 'azure-2' },
      ],
      entitlements: [entitlement({ quantity: 0 })],
    });
    const left = planItemsOf(half).map(({ digest }) => digest);
    expect(left).toHaveLength(5);
    expect(left.every((digest) => before.has(digest))).toBe(true);
  });

  it('stay the same while a software subscription grows too old for its order', () => {
    const sold = (createdMs: number) =>
      planFingerprint(
        inventory({
          orders: [order({ createdMs, lines: [line({ subscriptionId: 'subscription-1' })] })],
          subscriptions: [subscription({ productType: 'software', createdMs })],
        }),
      );
    const createdMs = NOW_MS - 60 * DAY_MS;
    expect(sold(createdMs)).toBe(sold(createdMs));
    expect(sold(createdMs)).not.toBe(sold(createdMs + 1));
  });

  it('have only the line of a subscription that is not listed yet, whose release is not known', () => {
    const orders = [order({ lines: [line({ subscriptionId: 'subscription-1' })] })];
    const digests = (more: Partial<Inventory>) =>
      planItemsOf(inventory({ orders, ...more })).map(({ digest }) => digest);
    const whole = digests({ subscriptions: [subscription()] });
    expect(whole).toHaveLength(2);
    expect(digests({})).toEqual(whole.slice(0, 1));
  });
});
