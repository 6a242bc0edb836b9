import { describe, expect, it } from 'vitest';
import { STEADY_BACKOFF } from '../../../simulation/backoff.ts';
import { dryRun } from '../../../src/teardown/execute/dry-run.ts';
import { live, MAX_CALLS_PER_CHECK } from '../../../src/teardown/execute/live.ts';
import { LISTING_LAG_MS } from '../../../src/teardown/inventory/listing-lag.ts';
import type { Log } from '../../../src/teardown/log/log.ts';
import type { Check } from '../../../src/teardown/model/check.ts';
import type {
  PartnerCenterReader,
  PartnerCenterWriter,
} from '../../../src/teardown/model/partner-center.ts';
import {
  type ErrorResponse,
  type Operation,
  PartnerCenterError,
} from '../../../src/teardown/model/partner-center-error.ts';
import type { Order, Subscription } from '../../../src/teardown/model/purchases.ts';
import { type Deps, MAX_REVIEW_MS, reconcile } from '../../../src/teardown/reconcile/reconcile.ts';
import { planFingerprint, planItemsOf } from '../../../src/teardown/release/plan-items.ts';
import {
  aCheck,
  BACKOFF,
  CUSTOMER_ID,
  customer,
  inventory,
  line,
  NOW_MS,
  order,
  subscription,
} from '../builders.ts';

const HOUR_MS = 60 * 60 * 1000;
const silent = () => undefined;
const begun = aCheck({ begun: true, attempt: 1, domain: 'contoso.onmicrosoft.com' });

interface Script {
  readonly orders?: readonly Order[];
  readonly subscriptions?: readonly Subscription[];
  /** What a call answers instead of doing its work; each is used once. */
  readonly errors?: Partial<Record<Operation, Partial<ErrorResponse>>>;
}

/** A Partner Center that holds what it is told to, refuses what it is told to, and notes every call. */
function scripted({ orders = [], subscriptions = [], errors = {} }: Script) {
  const calls: string[] = [];
  const waiting = new Map(Object.entries(errors));
  const answer = async <T>(operation: Operation, result: T, detail = ''): Promise<T> => {
    calls.push(`${operation}${detail}`);
    const errorResponse = waiting.get(operation);
    if (errorResponse === undefined) return result;
    waiting.delete(operation);
    throw new PartnerCenterError({
      operation,
      status: 500,
      description: '',
      body: '',
      ...errorResponse,
    });
  };
  const client: PartnerCenterReader & PartnerCenterWriter = {
    signedInTenant: async () => 'tenant',
    organizationDomain: async () => undefined,
    listCustomers: () => answer('list-customers', []),
    getCustomer: () => answer('get-customer', customer),
    listEntitlements: () => answer('list-entitlements', []),
    listOrders: () => answer('list-orders', orders),
    listSubscriptions: () => answer('list-subscriptions', subscriptions),
    listAzureEntitlements: () => answer('list-azure-entitlements', []),
    cancelOrder: (_customer, id) => answer('cancel-order', 'done' as const, ` ${id}`),
    endSubscription: (_customer, { id }, status) =>
      answer('end-subscription', 'done' as const, ` ${id} ${status}`),
    turnOffAutoRenew: (_customer, { id }) =>
      answer('turn-off-auto-renew', 'done' as const, ` ${id}`),
    activateSubscription: (_customer, { id }) =>
      answer('activate-subscription', 'done' as const, ` ${id}`),
    cancelAzureEntitlement: () => answer('cancel-azure-entitlement', 'done' as const),
    deleteCustomer: () => answer('delete-customer', 'done' as const),
  };
  return { client, calls };
}

async function endingOf(at: Check, script: Script, more: Partial<Deps> = {}) {
  const { client, calls } = scripted(script);
  const ending = await reconcile(at, {
    reader: client,
    executor: live(client, silent, NOW_MS),
    mode: 'enforce',
    protections: [],
    proveSandbox: async () => undefined,
    backoff: { ...STEADY_BACKOFF, maxChecks: 10, deadlineMs: 60_000 },
    nowMs: NOW_MS,
    random: () => 0.5,
    ...more,
  });
  return {
    ending,
    calls,
    writes: calls.filter((call) => /^(cancel|end|delete|turn|activate)-/.test(call)),
  };
}

describe('a check that waits', () => {
  const orders = [order({ status: 'pending' })];
  const waitsFor = [
    { kind: 'order', id: 'order-1', state: 'pending, 1 in all', hasNextCall: true },
  ] as const;
  const readAllAt = new Date(NOW_MS + HOUR_MS / 2).toISOString();
  const waiting = aCheck({ ...begun, waitsFor, readAllAt });
  const allLists = ['list-entitlements', 'list-orders', 'list-subscriptions'];
  const listsOf = async (at: Check, more: Partial<Deps> = {}, world: Script = { orders }) =>
    (await endingOf(at, world, more)).calls.filter((call) => call.startsWith('list-'));

  it('asks for one thing, and says what for', async () => {
    const { ending, calls } = await endingOf(waiting, { orders });
    expect(calls).toEqual(['list-orders']);
    expect(ending).toMatchObject({
      kind: 'requeue',
      why: 'Not released yet: order order-1 (pending, 1 in all).',
      waitsFor,
      readAllAt,
    });
  });

  it.each<readonly [string, Partial<Check>, Partial<Deps>]>([
    ['has not begun', { begun: false }, {}],
    ['only plans', {}, { mode: 'dry-run', executor: dryRun }],
    ['is the last by its number', { attempt: 9 }, {}],
    ['is the last by its time', { startedMs: NOW_MS - 60_000 }, {}],
  ])('reads everything where it %s', async (_why, at, more) => {
    expect((await listsOf({ ...waiting, ...at }, more)).toSorted()).toEqual(allLists);
  });

  it.each<readonly [string, Partial<Check>]>([
    ['by its number', { attempt: 8 }],
    ['by its time', { startedMs: NOW_MS - 59_999 }],
  ])('asks for one thing in the check before the last %s', async (_what, at) => {
    expect(await listsOf({ ...waiting, ...at })).toEqual(['list-orders']);
  });

  it('says in its end what it waited for', async () => {
    const errors = { 'list-orders': { status: 503 } };
    const { ending } = await endingOf({ ...waiting, attempt: 9 }, { orders, errors });
    expect(ending).toMatchObject({ outcome: { reason: 'too-many-checks' } });
    const late = await endingOf({ ...waiting, attempt: 9 }, { orders });
    expect(late.ending).toMatchObject({
      outcome: { blockers: ['one-time purchase: order order-1 (pending)'] },
    });
  });

  it.each<readonly [string, Script, Partial<Deps>]>([
    ['only plans', { orders }, { mode: 'dry-run', executor: dryRun }],
    [
      'cannot judge a product yet',
      { subscriptions: [subscription({ productType: 'novel' })], orders },
      {},
    ],
    [
      'waits for a subscription to be listed',
      { orders: [...orders, order({ id: 'b', lines: [line({ subscriptionId: 'late' })] })] },
      {},
    ],
  ])('lets the next one read everything where it %s', async (_why, world, more) => {
    const { ending } = await endingOf(aCheck({ startedMs: NOW_MS }), world, more);
    expect(ending).not.toHaveProperty('waitsFor');
    expect(ending).not.toHaveProperty('readAllAt');
  });
});

describe('a write of the previous check without an answer', () => {
  const unanswered = { call: 'PATCH /x', requestId: '11111111-2222-3333-4444-555555555555' };
  const at: Check = { ...begun, unanswered };

  it('is still to be repeated where a check could not read', async () => {
    const errors = { 'list-orders': { status: 503 } };
    expect((await endingOf(at, { errors })).ending).toMatchObject({ unanswered });
    expect((await endingOf(begun, { errors })).ending).not.toHaveProperty('unanswered');
  });

  it('is done with where a check could read, whatever its result', async () => {
    const orders = [order()];
    const errors = { 'cancel-order': { status: 409, code: '800060' } };
    expect((await endingOf(at, { orders, errors })).ending).not.toHaveProperty('unanswered');
    expect((await endingOf(at, { orders })).ending).not.toHaveProperty('unanswered');
  });
});

describe('a check says why there is another', () => {
  const domain = 'contoso.onmicrosoft.com';
  const again = { kind: 'requeue', begun: true, domain };

  it('because of purchases that are not released yet, by their names', async () => {
    const orders = [order({ status: 'pending' }), order({ id: 'order-2', status: 'pending' })];
    expect((await endingOf(aCheck(), { orders })).ending).toStrictEqual({
      ...again,
      delayMs: 5_000,
      delays: 1,
      why: 'Not released yet: one-time purchase: order order-1 (pending); one-time purchase: order order-2 (pending).',
      waitsFor: ['order-1', 'order-2'].map((id) => ({
        ...{ kind: 'order', id, state: 'pending, 1 in all', hasNextCall: true },
      })),
      readAllAt: new Date(NOW_MS + LISTING_LAG_MS).toISOString(),
    });
  });

  it('because a deletion is left to a fresh read', async () => {
    expect((await endingOf(aCheck(), {})).ending).toStrictEqual({
      ...again,
      delayMs: 0,
      why: 'There is nothing to wait for.',
    });
  });

  it('because of an answer', async () => {
    const errors = { 'cancel-order': { status: 409, code: '800060', description: 'Busy.' } };
    expect((await endingOf(aCheck(), { orders: [order()], errors })).ending).toStrictEqual({
      ...again,
      delayMs: 5_000,
      delays: 1,
      why: 'Partner Center refused cancel-order (409/800060): Busy.',
    });
  });

  it('with the domain that the message had, where nothing could be read', async () => {
    const errors = { 'list-orders': { status: 503 } };
    expect((await endingOf(begun, { errors })).ending).toMatchObject({ begun: true, domain });
    const { ending } = await endingOf(aCheck(), { errors });
    expect(ending).not.toHaveProperty('domain');
    expect(ending).toMatchObject({ begun: false });
  });

  it('without a domain where the service gives none', async () => {
    const nameless = aCheck({ begun: true, attempt: 1 });
    const { ending } = await endingOf(nameless, { orders: [order({ status: 'pending' })] });
    expect(ending).not.toHaveProperty('domain');
    expect(ending).toMatchObject({ begun: true });
  });

  it('and parks with no blockers where there are none to name', async () => {
    const description = 'It still has purchases.';
    const errors = { 'delete-customer': { status: 400, code: '2000', description } };
    const late = { ...begun, startedMs: NOW_MS - 60_000 };
    const { ending } = await endingOf(late, { errors });
    expect(ending).toMatchObject({ outcome: { reason: 'deadline', answer: { description } } });
    expect(ending).not.toHaveProperty('outcome.orderIds');
  });
});

describe('the first check', () => {
  it('cancels, deletes nothing, and checks again after the first delay', async () => {
    const { ending, writes } = await endingOf(aCheck(), { orders: [order()] });
    expect(writes).toEqual(['cancel-order order-1']);
    expect(ending).toMatchObject({ kind: 'requeue', delayMs: 5_000, begun: true });
  });

  it('leaves a customer without purchases to the next check at once', async () => {
    const { ending, writes } = await endingOf(aCheck(), {});
    expect(writes).toEqual([]);
    expect(ending).toMatchObject({ kind: 'requeue', delayMs: 0, begun: true });
  });

  it('leaves it to the next one to say that there is no such customer', async () => {
    const errors = { 'get-customer': { status: 404 } };
    const { ending } = await endingOf(aCheck(), { errors });
    expect(ending).toMatchObject({ kind: 'requeue', delayMs: 0, begun: false, missing: true });
    expect(
      (await endingOf(aCheck({ attempt: 1, missing: true }), { errors })).ending,
    ).toMatchObject({
      outcome: { kind: 'rejected', reason: 'unknown-customer' },
    });
  });

  it('goes on as usual if the missing customer exists after all', async () => {
    const { writes } = await endingOf(aCheck({ attempt: 1, missing: true }), { orders: [order()] });
    expect(writes).toEqual(['cancel-order order-1']);
  });

  it('that cannot read checks again without having begun, no sooner than was asked for', async () => {
    const errors = { 'list-orders': { status: 429, retryAfterMs: 57_000 } };
    expect((await endingOf(aCheck(), { errors })).ending).toMatchObject({
      kind: 'requeue',
      delayMs: 85_500,
      begun: false,
    });
  });

  it('goes on without entitlements where these credentials may not read them', async () => {
    const errors = { 'list-entitlements': { status: 403, code: '900329' } };
    const { writes } = await endingOf(aCheck(), { orders: [order()], errors });
    expect(writes).toEqual(['cancel-order order-1']);
  });

  it('parks before any write what can never be released', async () => {
    const orders = [order(), order({ id: 'old', createdMs: 0 })];
    const { ending, writes } = await endingOf(aCheck(), { orders });
    expect(writes).toEqual([]);
    expect(ending).toMatchObject({ outcome: { kind: 'parked', orderIds: ['old'] } });
  });

  it('makes only so many calls, and leaves the rest to the next', async () => {
    const orders = Array.from({ length: 40 }, (_, index) => order({ id: `order-${index}` }));
    const { writes, ending } = await endingOf(aCheck(), { orders });
    expect(writes).toHaveLength(MAX_CALLS_PER_CHECK);
    // The rest has nothing to wait for.
    expect(ending).toMatchObject({ kind: 'requeue', delayMs: 0 });
  });

  it('makes the remaining calls at once, check after check, even where the list lags', async () => {
    const orders = Array.from({ length: 100 }, (_, index) => order({ id: `order-${index}` }));
    const made: string[] = [];
    let at: Check = aCheck();
    const delaysMs: number[] = [];
    for (let checks = 0; checks < 4; checks += 1) {
      const { ending, writes } = await endingOf(at, { orders });
      made.push(...writes);
      if (ending.kind !== 'requeue') return expect.unreachable();
      const { delayMs, acceptedCalls, begun } = ending;
      delaysMs.push(delayMs);
      at = { ...at, begun, attempt: checks + 1, ...(acceptedCalls && { acceptedCalls }) };
    }
    expect(new Set(made).size).toBe(100);
    // Only what waited counts for the backoff.
    expect(delaysMs).toEqual([0, 0, 0, 5_000]);
  });

  it('with calls left ends all the same when its checks or its time are used up', async () => {
    const orders = Array.from({ length: 26 }, (_, index) => order({ id: `order-${index}` }));
    const last = await endingOf(aCheck({ attempt: 9, begun: true }), { orders });
    expect(last.ending).toMatchObject({ outcome: { reason: 'too-many-checks' } });
    const late = aCheck({ attempt: 1, begun: true, startedMs: NOW_MS - 60_000 });
    expect((await endingOf(late, { orders })).ending).toMatchObject({
      outcome: { reason: 'deadline' },
    });
  });

  it('with exactly as many calls as it may make waits for their effect', async () => {
    const orders = Array.from({ length: MAX_CALLS_PER_CHECK }, (_, n) =>
      order({ id: `order-${n}` }),
    );
    const { ending } = await endingOf(aCheck(), { orders });
    expect(ending).toMatchObject({ kind: 'requeue', delayMs: 5_000 });
    expect(ending).toHaveProperty('acceptedCalls.order-0');
  });

  it('with calls left is repeated at once although one was refused', async () => {
    const orders = Array.from({ length: 26 }, (_, index) => order({ id: `order-${index}` }));
    const errors = { 'cancel-order': { status: 409 } };
    const { ending } = await endingOf(aCheck(), { orders, errors });
    expect(ending).toMatchObject({ kind: 'requeue', delayMs: 0 });
  });

  it('stops at a call that is refused for now, and checks again as begun', async () => {
    const orders = [order(), order({ id: 'order-2' })];
    const errors = { 'cancel-order': { status: 503 } };
    const { ending, writes } = await endingOf(aCheck(), { orders, errors });
    expect(writes).toEqual(['cancel-order order-1']);
    expect(ending).toMatchObject({ kind: 'requeue', begun: true });
  });
});

describe('a request for a reviewed plan', () => {
  const orders = [order()];
  const reviewed = planFingerprint(inventory({ orders }));
  const asking = (ifUnchanged: string, more: Partial<Check> = {}): Check =>
    aCheck({ request: { customerTenantId: CUSTOMER_ID, ifUnchanged }, ...more });
  const other = `v2:sha256:${'0'.repeat(64)}`;

  it('is only compared at first, and carried out by the next check', async () => {
    const { ending, writes } = await endingOf(asking(reviewed), { orders });
    expect(writes).toEqual([]);
    const plan = planItemsOf(inventory({ orders })).map(({ digest }) => digest);
    expect(ending).toStrictEqual({
      kind: 'requeue',
      delayMs: 0,
      begun: true,
      domain: 'contoso.onmicrosoft.com',
      plan,
      why: 'The customer is as it was reviewed; the next check may change it.',
    });
    const next = await endingOf(asking(reviewed, { attempt: 1, begun: true, plan }), { orders });
    expect(next.writes).toEqual(['cancel-order order-1']);
    expect(next.ending).toMatchObject({ plan });
  });

  it('is skipped by the next check where the customer has changed, whatever that finds', async () => {
    const { ending, writes } = await endingOf(asking(other), { orders });
    expect(writes).toEqual([]);
    expect(ending).toMatchObject({
      kind: 'requeue',
      delayMs: 0,
      begun: false,
      changed: reviewed,
    });
    const next = await endingOf(asking(other, { attempt: 1, changed: reviewed }), {});
    expect(next.ending).toMatchObject({
      outcome: {
        kind: 'skipped',
        reason: 'changed',
        explanation: expect.stringContaining(reviewed),
      },
    });
    expect(next.writes).toEqual([]);
  });

  it('compares again where the check before could not read', async () => {
    const { ending, writes } = await endingOf(asking(reviewed, { attempt: 1 }), { orders });
    expect(writes).toEqual([]);
    expect(ending).toMatchObject({ kind: 'requeue', begun: true });
  });

  it('is answered at once by another guard, and in a dry run', async () => {
    const request = { customerTenantId: CUSTOMER_ID, ifUnchanged: other, expectedDomain: 'x.y' };
    expect((await endingOf(aCheck({ request }), { orders })).ending).toMatchObject({
      outcome: { reason: 'unexpected-domain' },
    });
    expect((await endingOf(asking(other), { orders }, { mode: 'dry-run' })).ending).toMatchObject({
      outcome: { reason: 'changed' },
    });
  });
});

describe('a customer that another call says is gone', () => {
  it('is not reported as deleted where reading it gives no answer', async () => {
    for (const status of [429, 503]) {
      const errors = { 'list-orders': { status: 404 }, 'get-customer': { status } };
      const { ending, calls } = await endingOf(begun, { errors });
      expect(calls).toContain('get-customer');
      expect(ending).toMatchObject({ kind: 'requeue', begun: true });
    }
  });
});

describe('before each write', () => {
  it('a line says what is about to be written, and after it how it went', async () => {
    const orders = [order(), order({ id: 'order-2' })];
    const { client, calls } = scripted({ orders, errors: { 'cancel-order': { status: 503 } } });
    const log: Log = (event, fields) => {
      calls.push(`log: ${event} ${'call' in fields && fields.call}`);
    };
    const executor = live(client, log, NOW_MS);
    await endingOf(aCheck(), {}, { executor, reader: client });
    const call = (id: string) =>
      `PATCH /v1/customers/${customer.id}/orders/${id} (status cancelled)`;
    expect(calls.filter((each) => /^log|cancel/.test(each))).toEqual([
      `log: about-to-write ${call('order-1')}`,
      'cancel-order order-1',
      `log: not-written ${call('order-1')}`,
    ]);
  });
});

describe('a call that is refused', () => {
  const withSubscription = {
    orders: [order({ lines: [line({ subscriptionId: 'subscription-1' })] })],
    subscriptions: [subscription({ productType: 'software' })],
  };

  it.each([
    [400, '800063'],
    [403, '800077'],
  ])('by %s/%s is made by the subscription instead', async (status, code) => {
    const errors = { 'cancel-order': { status, code } };
    const { writes } = await endingOf(aCheck(), { ...withSubscription, errors });
    expect(writes).toEqual(['cancel-order order-1', 'end-subscription subscription-1 deleted']);
  });

  it('because it is done already counts as done', async () => {
    const subscriptions = [subscription(), subscription({ id: 'subscription-2' })];
    const errors = { 'end-subscription': { status: 400, code: '2011' } };
    const { writes } = await endingOf(aCheck(), { subscriptions, errors });
    expect(writes).toHaveLength(2);
  });

  it('because the account is not a sandbox parks and makes no further call', async () => {
    const orders = [order(), order({ id: 'order-2' })];
    const errors = { 'cancel-order': { status: 403, code: '800019' } };
    const { ending, writes } = await endingOf(aCheck(), { orders, errors });
    expect(writes).toHaveLength(1);
    expect(ending).toMatchObject({ outcome: { kind: 'parked', reason: 'not-a-sandbox' } });
  });

  it('for good parks with the orders it was about, and what a person does next', async () => {
    const errors = { 'cancel-order': { status: 400, code: '900117' } };
    expect((await endingOf(aCheck(), { orders: [order()], errors })).ending).toMatchObject({
      outcome: {
        kind: 'parked',
        reason: 'cannot-cancel',
        orderIds: ['order-1'],
        nextStep: expect.stringContaining('support'),
      },
    });
  });

  it('in an unknown way parks with the answer', async () => {
    const errors = { 'cancel-order': { status: 418, body: 'teapot' } };
    expect((await endingOf(aCheck(), { orders: [order()], errors })).ending).toMatchObject({
      outcome: { kind: 'parked', reason: 'unexpected', answer: { body: 'teapot' } },
    });
  });
});

describe('a check', () => {
  it('deletes once all is released, after reading every list', async () => {
    const { ending, calls } = await endingOf(begun, { orders: [order({ status: 'cancelled' })] });
    expect(calls.toSorted()).toEqual([
      'delete-customer',
      'list-entitlements',
      'list-orders',
      'list-subscriptions',
    ]);
    expect(ending).toMatchObject({ outcome: { kind: 'deleted', reason: 'released' } });
  });

  it('waits longer each time while something is pending', async () => {
    const script = { orders: [order({ status: 'pending' })] };
    expect((await endingOf(begun, script)).ending).toMatchObject({ delayMs: 5_000, delays: 1 });
    expect((await endingOf({ ...begun, delays: 2 }, script)).ending).toMatchObject({
      delayMs: 11_250,
      delays: 3,
    });
  });

  it('counts a delay also where it got no answer, and passes on the count where it goes on at once', async () => {
    const waited = { ...begun, attempt: 3, delays: 2 };
    const errors = { 'list-orders': { status: 503 } };
    expect((await endingOf(waited, { errors })).ending).toMatchObject({
      delays: 3,
      delayMs: 11_250,
    });
    const orders = Array.from({ length: 26 }, (_, index) => order({ id: `order-${index}` }));
    expect((await endingOf(waited, { orders })).ending).toMatchObject({ delays: 2, delayMs: 0 });
  });

  it('cancels what was bought meanwhile', async () => {
    const { writes, ending } = await endingOf(begun, { orders: [order({ id: 'new' })] });
    expect(writes).toEqual(['cancel-order new']);
    expect(ending.kind).toBe('requeue');
  });

  it.each(['list-orders', 'delete-customer'])(
    'believes "gone" of %s only when the customer is gone too',
    async (operation) => {
      const gone = { [operation]: { status: 404 }, 'get-customer': { status: 404 } };
      expect((await endingOf(begun, { errors: gone })).ending).toMatchObject({
        outcome: { kind: 'deleted', reason: 'already-gone' },
      });
      const there = { [operation]: { status: 404 } };
      expect((await endingOf(begun, { errors: there })).ending.kind).toBe('requeue');
    },
  );

  it('checks again when the deletion is refused because something blocks', async () => {
    const errors = {
      'delete-customer': {
        status: 400,
        code: '2000',
        description:
          'Customer relationship cannot be removed. Please cancel the following orders: x',
      },
    };
    expect((await endingOf(begun, { errors })).ending.kind).toBe('requeue');
  });

  it('parks with what still blocks when its time is over, but still deletes what is released', async () => {
    const late = { ...begun, startedMs: NOW_MS - 60_000 };
    const pending = await endingOf(late, { orders: [order({ status: 'pending' })] });
    expect(pending.ending).toMatchObject({
      outcome: {
        reason: 'deadline',
        blockers: [expect.stringContaining('order-1')],
        orderIds: ['order-1'],
      },
    });
    const released = await endingOf(late, { orders: [order({ status: 'cancelled' })] });
    expect(released.ending).toMatchObject({ outcome: { kind: 'deleted' } });
  });

  it('says that an order under review waits for a person, if cancelling it was in vain', async () => {
    const late = { ...begun, startedMs: NOW_MS - HOUR_MS };
    const description = 'Your order is in progress.';
    const refused = { status: 409, code: '800060', description };
    const script = (status: string): Script => ({
      orders: [order({ status }), order({ id: 'other', status: 'completed' })],
      errors: { 'cancel-order': refused },
    });
    const waiting = await endingOf(late, script('pending_po_upload'));
    expect(waiting.ending).toMatchObject({
      outcome: { reason: 'purchase-order-missing', answer: { description } },
    });
    const other = await endingOf(late, script('completed'));
    expect(other.ending).toMatchObject({ outcome: { reason: 'deadline' } });
  });

  describe('where nothing can be listed under a subscription of Azure', () => {
    const azure = { offerId: 'DZH318Z0BQ3Q:007Z:DZH318Z0DSPL', productType: 'azure' };
    const subscriptions = [subscription(azure)];
    const nothing = { status: 400, code: '800011' };

    it.each(['800011', '800012', '800021', '800030'])('suspends it: 400/%s', async (code) => {
      const errors = { 'list-azure-entitlements': { ...nothing, code } };
      const { ending, writes } = await endingOf(begun, { subscriptions, errors });
      expect(ending.kind).toBe('requeue');
      expect(writes).toEqual(['end-subscription subscription-1 suspended']);
    });

    it('parks it by name once the lists have settled, if that is refused as well', async () => {
      const errors = { 'list-azure-entitlements': nothing, 'end-subscription': nothing };
      const backoff = { ...BACKOFF, maxChecks: 500, deadlineMs: 24 * HOUR_MS };
      const early = await endingOf(begun, { subscriptions, errors }, { backoff });
      expect(early.ending.kind).toBe('requeue');
      const settled = { ...begun, startedMs: NOW_MS - LISTING_LAG_MS };
      const { ending } = await endingOf(settled, { subscriptions, errors }, { backoff });
      expect(ending).toMatchObject({
        outcome: { reason: 'cannot-cancel', orderIds: ['order-1'], answer: { code: '800011' } },
      });
    });
  });

  describe('where an order under review has waited for its person', () => {
    const day = {
      backoff: {
        firstDelayMs: 5_000,
        multiplier: 1.5,
        maxDelayMs: 300_000,
        jitter: 0,
        maxChecks: 500,
        deadlineMs: 24 * HOUR_MS,
      },
    };
    const review = { ...begun, startedMs: NOW_MS - MAX_REVIEW_MS };
    const orders = [order({ status: 'pending_review' }), order({ id: 'other' })];
    const inProgress = { 'cancel-order': { status: 409, code: '800060', description: 'Wait.' } };

    it('long enough, parks once it is refused again', async () => {
      const { ending, writes } = await endingOf(review, { orders, errors: inProgress }, day);
      expect(ending).toMatchObject({
        outcome: {
          reason: 'purchase-order-missing',
          explanation: expect.stringMatching(
            /^The teardown has used up its time for a person to act\. /,
          ),
          orderIds: ['order-1'],
          answer: { code: '800060' },
        },
      });
      expect(writes).toEqual(['cancel-order order-1']);
    });

    it('long enough, parks also where there is nothing to try', async () => {
      const lines = [line({ subscriptionId: 'late' })];
      const unlisted = { orders: [order({ status: 'pending_po_upload', lines })] };
      const { ending } = await endingOf(review, unlisted, day);
      expect(ending).toMatchObject({
        outcome: {
          reason: 'purchase-order-missing',
          blockers: [expect.stringContaining('order-1 (pending_po_upload)')],
        },
      });
    });

    it('not so long, goes on, and not beyond that time', async () => {
      const earlier = { ...review, startedMs: review.startedMs + 1 };
      const { ending } = await endingOf(earlier, { orders, errors: inProgress }, day);
      expect(ending.kind).toBe('requeue');
      const unanswered = { 'cancel-order': { status: 409, code: '900278' } };
      const busy = { ...review, attempt: 300, startedMs: NOW_MS - 40 * 60_000 };
      const waits = await endingOf(busy, { orders, errors: unanswered }, day);
      expect(waits.ending).toMatchObject({ kind: 'requeue', delayMs: 20 * 60_000 });
    });

    it('not so long, because it was bought later, goes on', async () => {
      const late = [order({ status: 'pending_review', createdMs: review.startedMs + 1 })];
      const { ending } = await endingOf(review, { orders: late, errors: inProgress }, day);
      expect(ending.kind).toBe('requeue');
    });

    it('beside one whose cancellation was accepted, parks all the same', async () => {
      const two = [
        order({ status: 'pending_review' }),
        order({ id: 'b', status: 'pending_review' }),
      ];
      const acceptedCalls = { b: new Date(NOW_MS).toISOString() };
      const script = { orders: two, errors: inProgress };
      const { ending } = await endingOf({ ...review, acceptedCalls }, script, day);
      expect(ending).toMatchObject({ outcome: { reason: 'purchase-order-missing' } });
    });

    it('and is cancelled now, goes on to the end of that', async () => {
      const { ending, writes } = await endingOf(review, { orders }, day);
      expect(ending.kind).toBe('requeue');
      expect(writes).toEqual(['cancel-order order-1', 'cancel-order other']);
      const acceptedCalls = { 'order-1#0': new Date(NOW_MS).toISOString() };
      const later = { ...review, acceptedCalls };
      expect((await endingOf(later, { orders }, day)).ending.kind).toBe('requeue');
    });
  });

  it('parks with the orders that a refused deletion names when its time is over', async () => {
    const late = { ...begun, startedMs: NOW_MS - 60_000 };
    const description = 'Please cancel the following orders: alternate-1';
    const errors = { 'delete-customer': { status: 400, code: '2000', description } };
    const orders = [
      order({ status: 'cancelled' }),
      order({ id: 'other', status: 'cancelled', alternateId: 'x-1' }),
    ];
    const { ending } = await endingOf(late, { orders, errors });
    expect(ending).toMatchObject({
      outcome: { reason: 'deadline', orderIds: ['order-1'], answer: { description } },
    });
    expect(ending).not.toHaveProperty('outcome.answer.orderIds');
  });

  it('parks after its last check', async () => {
    const script = { orders: [order({ status: 'pending' })] };
    expect((await endingOf({ ...begun, attempt: 8 }, script)).ending.kind).toBe('requeue');
    expect((await endingOf({ ...begun, attempt: 9 }, script)).ending).toMatchObject({
      outcome: { reason: 'too-many-checks' },
    });
  });

  it('asks the guards again: a customer that is protected meanwhile is kept', async () => {
    const protections = [{ customer: '*.onmicrosoft.com', owner: 'Ada' }];
    const { ending, writes } = await endingOf(begun, { orders: [order()] }, { protections });
    expect(writes).toEqual([]);
    expect(ending).toMatchObject({ outcome: { kind: 'skipped', reason: 'protected' } });
  });

  it('that is a bug is thrown, for Service Bus to deliver again', async () => {
    const executor = () => Promise.reject(new TypeError('a bug'));
    await expect(endingOf(begun, {}, { executor })).rejects.toThrow('a bug');
  });
});

describe('a deletion that is refused', () => {
  const released = { orders: [order({ status: 'cancelled' })] };
  const refusing = (answer: Partial<ErrorResponse>) =>
    endingOf(begun, { ...released, errors: { 'delete-customer': { status: 400, ...answer } } });

  it.each(['order-1', 'alternate-1'])(
    'with the name of an order (%s) checks again, whatever its words',
    async (name) => {
      const body = JSON.stringify({ code: '2000', description: 'Resources!', data: [name] });
      expect((await refusing({ body })).ending).toMatchObject({ kind: 'requeue', begun: true });
      expect((await refusing({ description: `See ${name}.` })).ending).toMatchObject({
        kind: 'requeue',
        why: expect.stringContaining(name),
      });
    },
  );

  it('with unknown words, and no name, is parked', async () => {
    expect((await refusing({ description: 'Resources!' })).ending).toMatchObject({
      outcome: { kind: 'parked', reason: 'unexpected' },
    });
  });
});
