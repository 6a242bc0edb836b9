import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/teardown/guards/guard.ts';
import { idleLongEnough } from '../../../src/teardown/guards/idle-long-enough.ts';
import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import {
  aCheck,
  CUSTOMER_ID,
  DAY_MS,
  entitlement,
  inventory,
  line,
  NOW_MS,
  order,
  subscription,
} from '../builders.ts';

/** The end of a guard that asks for nothing bought within a week. */
async function within(world: Partial<Inventory>): Promise<string> {
  const facts = { nowMs: NOW_MS, inventory: async () => inventory(world) } as unknown as Facts;
  const request = { customerTenantId: CUSTOMER_ID, minIdle: 'P7D' };
  const outcome = await idleLongEnough(aCheck({ request }), facts);
  return outcome?.reason ?? 'idle';
}

const WEEK_MS = 7 * DAY_MS;
const OLD_MS = NOW_MS - 30 * DAY_MS;
const lines = [line({ subscriptionId: 'subscription-1' })];
const { createdMs: _day, ...datelessOrder } = order({ lines });
const { createdMs: _none, ...dateless } = subscription();
const { orderId: _order, ...orderless } = subscription({ createdMs: OLD_MS });

describe('nothing bought within a week', () => {
  it.each<[string, Partial<Inventory>]>([
    ['nothing at all', {}],
    ['an old order', { orders: [order({ createdMs: OLD_MS })] }],
    ['an order exactly a week old', { orders: [order({ createdMs: NOW_MS - WEEK_MS })] }],
    [
      'an old subscription without a day of its own, by its order',
      { orders: [order({ createdMs: OLD_MS, lines })], subscriptions: [dateless] },
    ],
    ['an old subscription that names no order', { subscriptions: [orderless] }],
    ...['ORDER-1', 'Alternate-1'].map((orderId): [string, Partial<Inventory>] => [
      `an old subscription of the old order ${orderId}, in any letter case`,
      {
        orders: [order({ createdMs: OLD_MS, lines })],
        subscriptions: [subscription({ createdMs: OLD_MS, orderId })],
      },
    ]),
    [
      'an old plan, whenever its Azure subscriptions were made: no one says',
      {
        subscriptions: [{ ...orderless, productType: 'azure' }],
        azureEntitlements: [{ id: 'a', planId: 'subscription-1', status: 'active' }],
      },
    ],
  ])('%s', async (_name, world) => {
    expect(await within(world)).toBe('idle');
  });
});

describe('something bought within a week', () => {
  it.each<[string, Partial<Inventory>]>([
    ['an order a millisecond younger', { orders: [order({ createdMs: NOW_MS - WEEK_MS + 1 })] }],
    ['an order without a day', { orders: [datelessOrder] }],
    [
      'a young order that is cancelled already: someone uses this customer',
      { orders: [order({ status: 'cancelled', createdMs: NOW_MS - DAY_MS })] },
    ],
    [
      'a young subscription of an old order',
      {
        orders: [order({ createdMs: OLD_MS, lines })],
        subscriptions: [subscription({ createdMs: NOW_MS - 120_000 })],
      },
    ],
    [
      'a young subscription by itself',
      { subscriptions: [{ ...orderless, createdMs: NOW_MS - 1 }] },
    ],
    [
      'a subscription with neither day nor order',
      { subscriptions: [{ ...orderless, createdMs: undefined } as never] },
    ],
    [
      'an old subscription whose order is not listed',
      { subscriptions: [subscription({ createdMs: OLD_MS, orderId: 'not-listed' })] },
    ],
    [
      'an old subscription in the line of an old order, that names one which is not listed',
      {
        orders: [order({ createdMs: OLD_MS, lines })],
        subscriptions: [subscription({ createdMs: OLD_MS, orderId: 'not-listed' })],
      },
    ],
    ['an entitlement whose order is not listed', { entitlements: [entitlement({ orderId: 'x' })] }],
  ])('%s', async (_name, world) => {
    expect(await within(world)).toBe('not-idle');
  });
});
