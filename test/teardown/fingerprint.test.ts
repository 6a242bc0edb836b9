import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../src/teardown/fingerprint.ts';
import type { Inventory } from '../../src/teardown/inventory.ts';
import { customer, entitlement, inventory, line, order, subscription } from './builders.ts';

const azure = { id: 'azure-1', planId: 'plan', status: 'active' };
const world: Partial<Inventory> = {
  orders: [order(), order({ id: 'order-2', lines: [line(), line({ lineItemNumber: 1 })] })],
  subscriptions: [subscription(), subscription({ id: 'subscription-2' })],
  entitlements: [entitlement(), entitlement({ orderId: 'order-2' })],
  azureEntitlements: [azure, { ...azure, id: 'azure-2' }],
};
const of = (more: Partial<Inventory>): string => fingerprintOf(inventory({ ...world, ...more }));
const today = of({});
const { createdMs: _none, ...dateless } = order();

describe('a fingerprint', () => {
  it('is a SHA-256', () => {
    expect(today).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('is the same in whatever order things are listed', () => {
    const turned = Object.fromEntries(
      Object.entries(world).map(([name, list]) => [name, (list as unknown[]).toReversed()]),
    );
    expect(of(turned)).toBe(today);
    const [first, second] = [
      order(),
      order({ id: 'order-2', lines: [line({ lineItemNumber: 1 }), line()] }),
    ];
    expect(of({ orders: [first, second] })).toBe(today);
  });

  it.each<[string, Partial<Inventory>]>([
    ['the customer', { customer: { ...customer, id: 'other' } }],
    ['its domain', { customer: { ...customer, domain: 'other' } }],
    ['its domain is not known', { customer: { id: customer.id } }],
    ['an order more', { orders: [...(world.orders ?? []), order({ id: 'order-3' })] }],
    [
      'the status of an order',
      { orders: [order({ status: 'pending' }), ...(world.orders ?? []).slice(1)] },
    ],
    [
      'the day of an order',
      { orders: [order({ createdMs: 1 }), ...(world.orders ?? []).slice(1)] },
    ],
    ['an order without a day', { orders: [dateless, ...(world.orders ?? []).slice(1)] }],
    [
      'the quantity of a line',
      { orders: [order({ lines: [line({ quantity: 2 })] }), ...(world.orders ?? []).slice(1)] },
    ],
    [
      'the offer of a line',
      { orders: [order({ lines: [line({ offerId: 'x' })] }), ...(world.orders ?? []).slice(1)] },
    ],
    [
      'the number of a line',
      {
        orders: [order({ lines: [line({ lineItemNumber: 9 })] }), ...(world.orders ?? []).slice(1)],
      },
    ],
    ['the id of a subscription', { subscriptions: [subscription({ id: 'x' }), subscription()] }],
    [
      'the status of a subscription',
      { subscriptions: [subscription({ status: 'x' }), subscription({ id: 'subscription-2' })] },
    ],
    [
      'the offer of a subscription',
      { subscriptions: [subscription({ offerId: 'x' }), subscription({ id: 'subscription-2' })] },
    ],
    [
      'the quantity of a subscription',
      { subscriptions: [subscription({ quantity: 9 }), subscription({ id: 'subscription-2' })] },
    ],
    ['entitlements that cannot be read', { entitlements: undefined } as Partial<Inventory>],
    ['no entitlements', { entitlements: [] }],
    [
      'the order of an entitlement',
      { entitlements: [entitlement({ orderId: 'x' }), entitlement({ orderId: 'order-2' })] },
    ],
    [
      'the product of an entitlement',
      { entitlements: [entitlement({ productId: 'x' }), entitlement({ orderId: 'order-2' })] },
    ],
    [
      'the type of an entitlement',
      { entitlements: [entitlement({ type: 'x' }), entitlement({ orderId: 'order-2' })] },
    ],
    [
      'the quantity of an entitlement',
      { entitlements: [entitlement({ quantity: 9 }), entitlement({ orderId: 'order-2' })] },
    ],
    [
      'the status of an Azure subscription',
      {
        azureEntitlements: [
          { ...azure, status: 'x' },
          { ...azure, id: 'azure-2' },
        ],
      },
    ],
    [
      'the plan of an Azure subscription',
      {
        azureEntitlements: [
          { ...azure, planId: 'x' },
          { ...azure, id: 'azure-2' },
        ],
      },
    ],
    ['another Azure subscription', { azureEntitlements: [azure, { ...azure, id: 'azure-3' }] }],
  ])('is another one with %s', (_what, more) => {
    expect(of(more)).not.toBe(today);
  });

  it('tells a domain that is not known from none of the others', () => {
    const [bare, plain] = [{ customer: { id: customer.id } }, { orders: [dateless] }];
    expect(of(bare)).toBe(of(bare));
    expect(of(plain)).not.toBe(of({ orders: [order({ createdMs: 0 })] }));
  });
});
