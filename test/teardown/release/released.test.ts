import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import type { Purchase } from '../../../src/teardown/inventory/purchase.ts';
import type { Entitlement, Order } from '../../../src/teardown/model/purchases.ts';
import { decide } from '../../../src/teardown/release/decide.ts';
import { entitlement, inventory, line, NOW_MS, order, subscription } from '../builders.ts';

const MINUTE_MS = 60 * 1000;
const LEGACY_OFFER = '031c9e47-4802-4248-838e-778fb1d2cc05';
const kindOf = (world: Partial<Inventory>, minutesAgo = 0) =>
  decide(inventory(world), NOW_MS, NOW_MS - minutesAgo * MINUTE_MS).kind;

/** A customer with one subscription of an order that stands. */
const withSubscription = (
  more: Partial<NonNullable<Purchase['subscription']>>,
  orderMore = {},
) => ({
  orders: [order({ lines: [line({ subscriptionId: 'subscription-1' })], ...orderMore })],
  subscriptions: [subscription(more)],
});

describe('nothing blocks deletion any more', () => {
  it.each<readonly [string, Partial<Inventory>]>([
    [
      'where an order of an unknown product reads cancelled',
      {
        orders: [order({ status: 'cancelled' })],
        entitlements: [entitlement({ type: 'quantum' })],
      },
    ],
    [
      'where a line of an unknown product came to quantity 0',
      {
        orders: [order({ lines: [line({ quantity: 0 })] })],
        entitlements: [entitlement({ type: 'quantum' })],
      },
    ],
    [
      'where an unknown product is deleted',
      withSubscription({ productType: 'x', status: 'deleted' }),
    ],
    [
      'where a cancelled order names a subscription that is not listed',
      { orders: [order({ status: 'cancelled', lines: [line({ subscriptionId: 'gone' })] })] },
    ],
    [
      'where an Azure plan is suspended',
      withSubscription({ productType: 'azure', status: 'suspended' }),
    ],
    [
      'where a legacy subscription is suspended',
      withSubscription({ productType: '', offerId: LEGACY_OFFER, status: 'suspended' }),
    ],
  ])('%s', (_name, world) => {
    expect(kindOf(world)).toBe('delete');
  });
});

describe('deletion is still blocked', () => {
  it.each<readonly [string, Partial<Inventory>]>([
    [
      'by a listed order, whatever quantity its entitlement says',
      { orders: [order()], entitlements: [entitlement({ quantity: 0 })] },
    ],
    [
      'by an active software subscription, though its order reads cancelled',
      withSubscription({ productType: 'software' }, { status: 'cancelled' }),
    ],
    ['by an active Azure plan', withSubscription({ productType: 'azure' })],
    [
      'by an active legacy subscription',
      withSubscription({ productType: '', offerId: LEGACY_OFFER }),
    ],
    [
      'by a suspended marketplace subscription',
      withSubscription({ productType: 'saas', status: 'suspended' }),
    ],
    [
      'by a suspended software subscription',
      withSubscription({ productType: 'software', status: 'suspended' }),
    ],
    [
      'by a new-commerce subscription whose order reads cancelled',
      withSubscription({}, { status: 'cancelled' }),
    ],
  ])('%s, however long one waits', (_name, world) => {
    expect(kindOf(world)).toBe('release');
    expect(kindOf(world, 24 * 60)).toBe('release');
  });

  it('by a subscription without a listed order, however long one waits', () => {
    expect(kindOf({ subscriptions: [subscription()] }, 24 * 60)).toBe('release');
  });

  it('by a line whose subscription is not listed, until 15 minutes after the first check', () => {
    const world = { orders: [order({ lines: [line({ subscriptionId: 'late' })] })] };
    expect(kindOf(world, 14.99)).toBe('release');
    expect(kindOf(world, 15)).toBe('delete');
  });

  it('by an entitlement that holds something, though its order is not listed', () => {
    expect(kindOf({ entitlements: [entitlement()] }, 24 * 60)).toBe('release');
  });

  it.each([['migration'], ['Subscription migration']])(
    'by a legacy subscription that was suspended by a migration (%s)',
    (reason) => {
      const legacy = { productType: '', offerId: LEGACY_OFFER, status: 'suspended' };
      expect(kindOf(withSubscription({ ...legacy, suspensionReasons: [reason] }))).toBe('release');
      const both = { ...legacy, suspensionReasons: ['nonpayment', reason] };
      expect(kindOf(withSubscription(both))).toBe('release');
      expect(kindOf(withSubscription({ ...legacy, suspensionReasons: ['nonpayment'] }))).toBe(
        'delete',
      );
      const over = { ...legacy, status: 'deleted', suspensionReasons: [reason] };
      expect(kindOf(withSubscription(over))).toBe('delete');
    },
  );

  it('but not by one that another subscription names as what it was before', () => {
    const legacy = { productType: '', offerId: LEGACY_OFFER, status: 'suspended' };
    const old = subscription({ ...legacy, id: 'Old', suspensionReasons: ['migration'] });
    const became = (migratedFromSubscriptionId: string) =>
      subscription({ id: 'new', status: 'deleted', migratedFromSubscriptionId });
    expect(kindOf({ subscriptions: [old, became('old')] })).toBe('delete');
    expect(kindOf({ subscriptions: [old, became('another')] })).toBe('release');
  });
});

describe('an order that was bought while the teardown went on', () => {
  const hours = 20;
  const boughtAgo = (ms: number) => ({
    orders: [order({ createdMs: NOW_MS - ms, lines: [line({ subscriptionId: 'late' })] })],
  });

  it('is waited for until the lists have had time to show its subscription', () => {
    expect(kindOf(boughtAgo(15 * MINUTE_MS - 1), hours * 60)).toBe('release');
    expect(kindOf(boughtAgo(15 * MINUTE_MS), hours * 60)).toBe('delete');
  });

  it('counts as bought now where its date is in the future', () => {
    expect(kindOf(boughtAgo(-hours * 60 * MINUTE_MS), hours * 60)).toBe('release');
  });
});

describe('a recent order whose line names no subscription', () => {
  const LAG_MS = 15 * MINUTE_MS;
  const { createdMs: _dated, ...undated } = order();
  const reservation = entitlement();
  const early = { kind: 'release', now: [], later: [{ kind: 'cancel-order' }], isUnlisted: true };
  const due = { kind: 'release', now: [{ kind: 'cancel-order' }], isUnlisted: false };
  const at = (one: Order, startedAgoMs = 0, entitlements?: readonly Entitlement[]) =>
    decide(inventory({ orders: [one], entitlements }), NOW_MS, NOW_MS - startedAgoMs);

  it.each([[[line({ offerId: 'DZH1:0001:DZH2' })]], [[line({ offerId: '' })]], [[]]])(
    'may be of one that is listed late, and nothing is written before',
    (lines) => {
      const bought = (agoMs: number) => order({ createdMs: NOW_MS - agoMs, lines });
      expect(at(bought(LAG_MS - 1), LAG_MS)).toMatchObject(early);
      expect(at(bought(LAG_MS))).toMatchObject(due);
    },
  );

  it('counts as bought now where its date is in the future, and at the beginning where it has none', () => {
    expect(at(order({ createdMs: NOW_MS + LAG_MS }), LAG_MS)).toMatchObject(early);
    expect(at(undated, LAG_MS - 1)).toMatchObject(early);
    expect(at(undated, LAG_MS)).toMatchObject(due);
  });

  it('is recognised by its entitlement at once', () => {
    expect(at(order({ createdMs: NOW_MS }), 0, [reservation])).toMatchObject(due);
  });

  it('has nothing else written beside it', () => {
    const orders = [order({ createdMs: NOW_MS }), order({ id: 'order-2' })];
    expect(decide(inventory({ orders }), NOW_MS, NOW_MS)).toMatchObject({ now: [] });
  });
});

describe('a line of an order that was fulfilled in part', () => {
  const lines = [line({ offerId: LEGACY_OFFER }), line({ lineItemNumber: 1, offerId: '' })];
  const partly = (place: number) => ({
    orders: [order({ status: 'partial_success', lines: lines.slice(place, place + 1) })],
  });

  it.each([
    ['a licence', 0],
    ['an offer of the catalogue', 1],
  ])('%s holds nothing once no list shows more of it', (_what, place) => {
    expect(kindOf(partly(place), 14.99)).toBe('release');
    expect(kindOf(partly(place), 15)).toBe('delete');
    expect(kindOf({ ...partly(place), entitlements: [entitlement()] }, 15)).not.toBe('delete');
  });

  it('may be a purchase without a subscription where entitlements cannot be read', () => {
    const unread = { entitlements: undefined };
    expect(kindOf({ ...partly(1), ...unread }, 15)).toBe('release');
    expect(kindOf({ ...partly(0), ...unread }, 15)).toBe('delete');
  });
});

describe('an order that is still to be fulfilled', () => {
  const orders = [order({ status: 'pending', lines: [line({ offerId: LEGACY_OFFER })] })];

  it('is waited for, however little its line says of what it will be', () => {
    expect(kindOf({ orders }, 24 * 60)).toBe('release');
  });

  it('holds what is known of it all the same', () => {
    const subscriptions = [subscription({ productType: 'quantum', offerId: LEGACY_OFFER })];
    expect(kindOf({ orders, subscriptions }, 24 * 60)).toBe('unreleasable');
    const entitlements = [entitlement({ type: 'quantum' })];
    expect(kindOf({ orders, entitlements }, 24 * 60)).toBe('unreleasable');
  });
});

describe('an entitlement of quantity 0', () => {
  const empty = entitlement({ quantity: 0 });

  it('may still be unfulfilled where its order is not listed: it is waited for until the lists have settled', () => {
    const world = inventory({ entitlements: [empty] });
    const before = decide(world, NOW_MS, NOW_MS - 15 * MINUTE_MS + 1);
    expect(before).toMatchObject({ kind: 'release', now: [] });
    expect(kindOf({ entitlements: [empty] }, 15)).toBe('delete');
  });

  it.each(['pending', 'pending_review'])('is unfulfilled while its order is %s', (status) => {
    const orders = [order({ status, lines: [] })];
    expect(kindOf({ orders, entitlements: [empty] }, 24 * 60)).toBe('release');
    const unknown = { ...empty, type: 'quantum' };
    expect(kindOf({ orders, entitlements: [unknown] }, 24 * 60)).toBe('release');
  });

  it('holds nothing where its order is completed', () => {
    expect(kindOf({ orders: [order({ lines: [] })], entitlements: [empty] })).toBe('delete');
  });
});

describe('a pending subscription', () => {
  it('is waited for and not cancelled again', () => {
    const pending = [{ subscription: { status: 'pending' } }];
    expect(
      decide(inventory(withSubscription({ status: 'pending' })), NOW_MS, NOW_MS),
    ).toMatchObject({
      open: pending,
      awaited: pending,
      kind: 'release',
      now: [],
      later: [{ kind: 'end-subscription', subscription: expect.anything(), status: 'deleted' }],
      blockers: [
        'new-commerce subscription: order order-1 (completed), subscription subscription-1 (pending)',
      ],
      orderIds: ['order-1'],
      underReview: [],
      isUnjudged: false,
      isUnlisted: false,
    });
  });
});
