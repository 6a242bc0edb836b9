import { describe, expect, it } from 'vitest';
import type { Check } from '../../../src/teardown/model/check.ts';
import type { PartnerCenterReader } from '../../../src/teardown/model/partner-center.ts';
import { PartnerCenterError } from '../../../src/teardown/model/partner-center-error.ts';
import type {
  AzureEntitlement,
  Order,
  Subscription,
} from '../../../src/teardown/model/purchases.ts';
import { MAX_UNREAD_MS, type Wait } from '../../../src/teardown/model/wait.ts';
import { stillWaitingFor } from '../../../src/teardown/reconcile/still-waiting.ts';
import { aCheck, CUSTOMER_ID, line, NOW_MS, order, subscription } from '../builders.ts';

interface World {
  readonly orders?: readonly Order[];
  readonly subscriptions?: readonly Subscription[];
  readonly plans?: Readonly<Record<string, readonly string[]>>;
}

/** What a check still waits for, by id, and what it asked for. */
async function ask(waitsFor: readonly Wait[], world: World, more: Partial<Check> = {}) {
  const asked: string[] = [];
  const list = async <T>(what: string, customerId: string, all: T): Promise<T> => {
    expect(customerId).toBe(CUSTOMER_ID);
    asked.push(what);
    return all;
  };
  const reader = {
    listOrders: (id: string) => list('orders', id, world.orders ?? []),
    listSubscriptions: (id: string) => list('subscriptions', id, world.subscriptions ?? []),
    listAzureEntitlements: (id: string, planId: string) => {
      const statuses = world.plans?.[planId] ?? [];
      const all = statuses.map((status): AzureEntitlement => ({ id: status, planId, status }));
      return list(planId, id, all);
    },
  } as unknown as PartnerCenterReader;
  const readAllAt = new Date(NOW_MS + 1).toISOString();
  const check = aCheck({ attempt: 1, begun: true, waitsFor, readAllAt, ...more });
  const left = await stillWaitingFor(check, reader, NOW_MS);
  return { left: left?.map(({ id }) => id), asked };
}

const anOrder = (id: string, more: Partial<Wait> = {}): Wait => ({
  ...{ kind: 'order', id, state: 'completed, 1 in all' },
  ...more,
});
const aSubscription = (id: string, more: Partial<Wait> = {}): Wait => ({
  ...{ kind: 'subscription', id, state: 'active' },
  ...more,
});
const aPlan = (id: string): Wait => ({
  ...{ kind: 'azure-plan', id, state: 'active', hasNextCall: true },
});
const everything = { left: undefined, asked: [] };

describe('a check that waits for orders', () => {
  const waits = [anOrder('a'), anOrder('b')];
  const read = (...statuses: readonly string[]) => ({
    orders: statuses.map((status, place) => order({ id: 'ab'[place] ?? '', status })),
  });

  it.each<readonly [string, readonly string[], readonly string[] | undefined]>([
    ['while none has changed', ['completed', 'completed'], ['a', 'b']],
    ['while they are pending', ['pending', 'pending'], ['a', 'b']],
    ['for the one that has not ended', ['cancelled', 'completed'], ['b']],
    ['no more once all have ended', ['cancelled', 'cancelled'], undefined],
    ['no more once none is listed', [], undefined],
  ])('asks for their list alone, and waits %s', async (_what, statuses, left) => {
    expect(await ask(waits, read(...statuses))).toEqual({ left, asked: ['orders'] });
  });

  it('waits no more for any where one has changed that brings the next call', async () => {
    const next = [anOrder('a'), anOrder('b', { state: 'pending, 1 in all', hasNextCall: true })];
    expect((await ask(next, read('cancelled', 'pending'))).left).toEqual(['b']);
    expect((await ask(next, read('completed', 'completed'))).left).toBeUndefined();
  });

  it('waits no more for any either where another one still stands', async () => {
    const three = [anOrder('a'), anOrder('b', { hasNextCall: true }), anOrder('c')];
    const orders = ['cancelled', 'cancelled', 'completed'].map((status, place) =>
      order({ id: 'abc'[place] ?? '', status }),
    );
    expect(await ask(three, { orders })).toEqual({ left: undefined, asked: ['orders'] });
  });

  it('sees a line that was cancelled by its quantity', async () => {
    const orders = (...quantities: readonly number[]) => [
      order({ id: 'a', lines: quantities.map((quantity) => line({ quantity })) }),
    ];
    const two = [anOrder('a', { state: 'completed, 3 in all' })];
    expect((await ask(two, { orders: orders(1, 2) })).left).toEqual(['a']);
    expect((await ask(two, { orders: orders(1, 0) })).left).toBeUndefined();
    const pending = (...quantities: readonly number[]) => ({
      orders: orders(...quantities).map((each) => ({ ...each, status: 'pending' })),
    });
    expect((await ask(two, pending(1, 2))).left).toEqual(['a']);
    expect((await ask(two, pending(1, 0))).left).toBeUndefined();
  });

  it('knows them whatever the letter case of their ids', async () => {
    const orders = [order({ id: 'A' }), order({ id: 'B' })];
    expect((await ask(waits, { orders })).left).toEqual(['a', 'b']);
  });
});

it.each([
  ['it waits for nothing', [], {}],
  [
    'it would wait for longer than any check of ours',
    [anOrder('a')],
    { readAllAt: new Date(NOW_MS + MAX_UNREAD_MS + 1).toISOString() },
  ],
  ['its time has come', [anOrder('a')], { readAllAt: new Date(NOW_MS).toISOString() }],
])('a check reads everything where %s', async (_why, waits, more) => {
  expect(await ask(waits, {}, more)).toEqual(everything);
});

it('a check reads everything where no time for that is told, or nothing to wait for', async () => {
  const unasked = {} as PartnerCenterReader;
  const { readAllAt: _none, ...rest } = aCheck({ begun: true, waitsFor: [anOrder('a')] });
  expect(await stillWaitingFor(rest, unasked, NOW_MS)).toBeUndefined();
  const readAllAt = new Date(NOW_MS + 1).toISOString();
  const nothing = aCheck({ begun: true, readAllAt });
  expect(await stillWaitingFor(nothing, unasked, NOW_MS)).toBeUndefined();
});

describe('a question that is refused', () => {
  const refused = (status: number) => {
    const error = new PartnerCenterError({
      ...{ operation: 'list-azure-entitlements', status, description: 'No.', body: '' },
    });
    const reader = {
      listAzureEntitlements: () => Promise.reject(error),
    } as unknown as PartnerCenterReader;
    const readAllAt = new Date(NOW_MS + MAX_UNREAD_MS).toISOString();
    const check = aCheck({ attempt: 1, begun: true, waitsFor: [aPlan('p')], readAllAt });
    return stillWaitingFor(check, reader, NOW_MS);
  };

  it.each([400, 403, 404, 409])('has everything read: %i', async (status) => {
    expect(await refused(status)).toBeUndefined();
  });

  it.each([0, 408, 429, 503])(
    'ends the check where no answer was to be had: %i',
    async (status) => {
      await expect(refused(status)).rejects.toMatchObject({ response: { status } });
    },
  );
});

describe('a check that waits for several kinds', () => {
  const world = {
    orders: [order({ id: 'a' })],
    subscriptions: [subscription({ id: 's' })],
    plans: { p: ['inactive', 'active'], q: ['active'] },
  };
  /** Of many checks only those that waited have asked for one of them. */
  const at = (delays: number) => ({ attempt: 9, delays });

  it('asks for one of those that bring a next call, by turns, and for the others not before', async () => {
    const waits = [anOrder('a'), aPlan('p'), aSubscription('s'), aPlan('q')];
    const asked = async (more: Partial<Check>) => (await ask(waits, world, more)).asked;
    expect(await asked(at(1))).toEqual(['q']);
    expect(await asked(at(2))).toEqual(['p']);
    expect(await asked(at(3))).toEqual(['q']);
    expect(await asked({ attempt: 9 })).toEqual(['p']);
  });

  it('asks for what brings a next call also where others of its kind do not', async () => {
    const waits = [aSubscription('s'), anOrder('a'), anOrder('b', { hasNextCall: true })];
    for (const attempt of [1, 2]) {
      expect((await ask(waits, world, at(attempt))).asked).toEqual(['orders']);
    }
  });

  it('takes turns among those that only have to end', async () => {
    const waits = [anOrder('a'), aSubscription('s')];
    expect((await ask(waits, world, at(1))).asked).toEqual(['subscriptions']);
    expect((await ask(waits, world, at(2))).asked).toEqual(['orders']);
  });

  it('asks for the next kind as well where one is over', async () => {
    const waits = [anOrder('a'), aSubscription('s')];
    const over = { ...world, orders: [order({ id: 'a', status: 'cancelled' })] };
    expect(await ask(waits, over, at(2))).toEqual({
      left: ['s'],
      asked: ['orders', 'subscriptions'],
    });
    const both = { ...over, subscriptions: [subscription({ id: 's', status: 'deleted' })] };
    expect(await ask(waits, both, at(2))).toEqual({
      left: undefined,
      asked: ['orders', 'subscriptions'],
    });
  });

  it('waits for a plan until none of its Azure subscriptions lives', async () => {
    const waits = [aPlan('p'), anOrder('a')];
    expect((await ask(waits, world, at(1))).left).toEqual(['p', 'a']);
    const over = { ...world, plans: { p: ['inactive', 'deleted'] } };
    expect((await ask(waits, over, at(1))).left).toBeUndefined();
  });
});
