import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import { LISTING_LAG_MS } from '../../../src/teardown/inventory/listing-lag.ts';
import { type AcceptedCalls, MIN_REPEAT_MS } from '../../../src/teardown/model/accepted-calls.ts';
import { MAX_UNREAD_MS, MAX_WAITS } from '../../../src/teardown/model/wait.ts';
import { decide } from '../../../src/teardown/release/decide.ts';
import { waitsFor } from '../../../src/teardown/release/waits.ts';
import { DAY_MS, entitlement, inventory, line, NOW_MS, order, subscription } from '../builders.ts';

/** What a teardown waits for once its calls were accepted at a time. */
function waiting(
  world: Partial<Inventory>,
  acceptedIds: readonly string[] = [],
  { acceptedMs = NOW_MS, startedMs = NOW_MS - LISTING_LAG_MS } = {},
) {
  const decision = decide(inventory(world), NOW_MS, startedMs);
  if (decision.kind !== 'release') return expect.unreachable('Nothing is to be released.');
  const at = new Date(acceptedMs).toISOString();
  const accepted: AcceptedCalls = Object.fromEntries(acceptedIds.map((id) => [id, at]));
  const { awaited, open } = decision;
  return waitsFor(awaited, open, accepted, { startedMs, nowMs: NOW_MS });
}

const inWords = (...given: Parameters<typeof waiting>) =>
  waiting(...given)?.waitsFor.map(
    ({ kind, id, state, hasNextCall }) =>
      `${kind} ${id}: ${state}${hasNextCall ? ', then on' : ''}`,
  );
const readAllInMs = (...given: Parameters<typeof waiting>) =>
  (waiting(...given)?.readAllAtMs ?? Number.NaN) - NOW_MS;

const reserved = { orders: [order()], entitlements: [entitlement()] };
const plan = (more = {}) =>
  subscription({ id: 'plan', productType: 'azure', orderId: 'p', ...more });
const azure = [{ id: 'azure-1', planId: 'plan', status: 'active' }];

describe('a teardown waits', () => {
  it.each<readonly [string, Partial<Inventory>, readonly string[], readonly string[]]>([
    ['for an order', reserved, ['order-1'], ['order order-1: completed, 1 in all']],
    [
      'for an order by a line of it',
      reserved,
      ['order-1#0'],
      ['order order-1: completed, 1 in all'],
    ],
    [
      'for a pending order, to cancel it',
      { orders: [order({ status: 'pending' })], entitlements: [entitlement()] },
      [],
      ['order order-1: pending, 1 in all, then on'],
    ],
    [
      'for a pending order that is being cancelled, to its end',
      { orders: [order({ status: 'pending' })], entitlements: [entitlement()] },
      ['order-1'],
      ['order order-1: pending, 1 in all'],
    ],
    [
      'for a pending subscription that others wait for, to go on with them',
      {
        subscriptions: [
          subscription({ status: 'pending', createdMs: NOW_MS - 20 * DAY_MS }),
          subscription({ id: 'other', orderId: 'other' }),
        ],
      },
      ['subscription-1'],
      ['subscription subscription-1: pending, then on'],
    ],
    [
      'once for an order of two lines',
      {
        orders: [order({ lines: [line(), line({ lineItemNumber: 1 })] })],
        entitlements: [entitlement()],
      },
      ['order-1'],
      ['order order-1: completed, 2 in all'],
    ],
    [
      'for a subscription',
      { subscriptions: [subscription()] },
      ['subscription-1'],
      ['subscription subscription-1: active'],
    ],
    [
      'for a pending order as well as for its subscription, to end that',
      {
        orders: [order({ status: 'pending', lines: [line({ subscriptionId: 'subscription-1' })] })],
        subscriptions: [subscription()],
      },
      ['subscription-1'],
      ['order order-1: pending, 1 in all, then on', 'subscription subscription-1: active, then on'],
    ],
    [
      'for what is cancelled by its order by both',
      {
        orders: [order({ lines: [line({ subscriptionId: 'subscription-1' })] })],
        subscriptions: [subscription({ productType: 'software' })],
      },
      ['order-1'],
      [
        'order order-1: completed, 1 in all, then on',
        'subscription subscription-1: active, then on',
      ],
    ],
    [
      'for a pending plan as well as for its Azure subscriptions',
      { subscriptions: [plan({ status: 'pending' })], azureEntitlements: azure },
      [],
      ['azure-plan plan: active, then on', 'subscription plan: pending, then on'],
    ],
    [
      'for a subscription whose status is not told',
      { subscriptions: [subscription({ status: '' })] },
      ['subscription-1'],
      ['subscription subscription-1: unknown'],
    ],
    [
      'for an order without lines',
      { orders: [order({ lines: [] })], entitlements: [entitlement()] },
      ['order-1'],
      ['order order-1: completed, 0 in all'],
    ],
    ...[0, 1].map(
      (lineItemNumber) =>
        [
          `for an order of which line ${lineItemNumber} is a reservation, to suspend the plan beside it`,
          {
            orders: [order({ lines: [line(), line({ lineItemNumber: 1 })] })],
            entitlements: [
              entitlement({ lineItemNumber }),
              entitlement({ lineItemNumber: 1 - lineItemNumber, type: 'software' }),
            ],
            subscriptions: [plan()],
          },
          ['order-1'],
          ['order order-1: completed, 2 in all, then on'],
        ] as const,
    ),
    [
      'for the Azure subscriptions of a plan, to suspend it',
      { subscriptions: [plan()], azureEntitlements: azure },
      ['azure-1'],
      ['azure-plan plan: active, then on'],
    ],
    [
      'for a plan that is being suspended',
      { subscriptions: [plan()] },
      ['plan'],
      ['subscription plan: active'],
    ],
    [
      'for a reservation, to suspend the plan beside it, which waits for nothing else',
      { ...reserved, subscriptions: [plan()] },
      ['order-1'],
      ['order order-1: completed, 1 in all, then on'],
    ],
    [
      'for an add-on, to end what it hangs on',
      {
        subscriptions: [
          subscription({ id: 'parent', orderId: 'a', status: 'pending' }),
          subscription({ id: 'add-on', orderId: 'b', parentSubscriptionId: 'parent' }),
          subscription({ id: 'other', orderId: 'c', parentSubscriptionId: 'elsewhere' }),
        ],
      },
      ['add-on', 'other', 'parent'],
      [
        'subscription add-on: active, then on',
        'subscription other: active',
        'subscription parent: pending',
      ],
    ],
  ])('%s', (_what, world, accepted, words) => {
    expect(inWords(world, accepted)).toEqual(words);
  });

  it.each<readonly [string, Partial<Inventory>]>([
    ['an entitlement whose order is not listed', { entitlements: [entitlement()] }],
    [
      'it, though another order is listed',
      { orders: [order()], entitlements: [entitlement({ orderId: 'hidden' })] },
    ],
    [
      'a line whose subscription is not listed',
      { orders: [order({ status: 'pending', lines: [line({ subscriptionId: 'late' })] })] },
    ],
    ['an order whose id echoes a secret', { orders: [order({ id: `Bearer ${'e'.repeat(40)}` })] }],
  ])('for %s only by reading everything', (_what, world) => {
    expect(waiting(world)).toBeUndefined();
  });

  it('for nothing only by reading everything', () => {
    const times = { startedMs: NOW_MS, nowMs: NOW_MS };
    expect(waitsFor([], [], undefined, times)).toBeUndefined();
  });

  it('for more than a check can carry only by reading everything', () => {
    const orders = (count: number) =>
      Array.from({ length: count }, (_, place) => order({ id: `order-${place}` }));
    expect(inWords({ orders: orders(MAX_WAITS) })).toHaveLength(MAX_WAITS);
    expect(waiting({ orders: orders(MAX_WAITS + 1) })).toBeUndefined();
  });
});

describe('everything is read', () => {
  it('after half an hour in any case', () => {
    expect(readAllInMs({ orders: [order({ status: 'pending' })] })).toBe(MAX_UNREAD_MS);
  });

  it('when the lists have had the time to agree', () => {
    const startedMs = NOW_MS - LISTING_LAG_MS + 1;
    expect(readAllInMs({ orders: [order({ status: 'pending' })] }, [], { startedMs })).toBe(1);
  });

  it.each<readonly [string, Partial<Inventory>, string]>([
    ['an order', reserved, 'order-1'],
    ['a subscription', { subscriptions: [subscription()] }, 'subscription-1'],
    ['an Azure subscription', { subscriptions: [plan()], azureEntitlements: azure }, 'azure-1'],
  ])('when %s is to be cancelled once more', (_what, world, id) => {
    const acceptedMs = NOW_MS - 60_000;
    expect(readAllInMs(world, [id], { acceptedMs })).toBe(MIN_REPEAT_MS - 60_000);
    const long = { acceptedMs, startedMs: acceptedMs - 20 * 60_000 };
    expect(readAllInMs(world, [id], long)).toBe(19 * 60_000);
  });

  it.each<readonly [string, Partial<Inventory>, string]>([
    ['an order', { orders: [order({ status: 'pending' })] }, 'order-1'],
    ['a subscription', { subscriptions: [subscription({ status: 'pending' })] }, 'subscription-1'],
  ])('not earlier for %s that is pending, which nothing cancels meanwhile', (_what, world, id) => {
    expect(readAllInMs(world, [id])).toBe(MAX_UNREAD_MS);
  });
});
