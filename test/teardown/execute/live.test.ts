import { describe, expect, it } from 'vitest';
import { live, MAX_CALLS_PER_CHECK } from '../../../src/teardown/execute/live.ts';
import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import type { Log } from '../../../src/teardown/log/log.ts';
import { acceptedCallId, isDue, withAccepted } from '../../../src/teardown/model/accepted-calls.ts';
import type { Check } from '../../../src/teardown/model/check.ts';
import type {
  PartnerCenterWriter,
  WriteResult,
} from '../../../src/teardown/model/partner-center.ts';
import {
  type Operation,
  PartnerCenterError,
} from '../../../src/teardown/model/partner-center-error.ts';
import type { Subscription } from '../../../src/teardown/model/purchases.ts';
import { decide } from '../../../src/teardown/release/decide.ts';
import { CANCELLABLE_FOR_MS } from '../../../src/teardown/release/products/order-path.ts';
import {
  aCheck,
  CUSTOMER_ID,
  course,
  entitlement,
  inventory,
  line,
  NOW_MS,
  order,
  subscription,
} from '../builders.ts';

const cancelAzure = (id: string) =>
  ({
    kind: 'cancel-azure-entitlement',
    entitlement: { id, planId: 'plan', status: 'active' },
  }) as const;

/** Releases what a customer holds, where calls that begin with a name fail so; gives back all that was done. */
async function release(
  world: Partial<Inventory>,
  failures: Readonly<Record<string, unknown>> = {},
  more: Partial<Check> = {},
  onWrite: (what: string) => void = () => undefined,
  taken: WriteResult | (() => WriteResult) = 'done',
) {
  const holds = inventory(world);
  const todo = decide(holds, NOW_MS, more.startedMs ?? NOW_MS);
  const writes: string[] = [];
  const ended: string[] = [];
  const logged: string[] = [];
  const write = async (what: string) => {
    writes.push(what);
    onWrite(what);
    await Promise.resolve();
    ended.push(what);
    const failure = failures[what];
    if (failure !== undefined) throw failure;
    return typeof taken === 'function' ? taken() : taken;
  };
  const writer: PartnerCenterWriter = {
    cancelOrder: (_customer, id) => write(`cancel ${id}`),
    endSubscription: (_customer, { id }, status) => write(`${status} ${id}`),
    turnOffAutoRenew: (_customer, { id }) => write(`no renewal of ${id}`),
    activateSubscription: (_customer, { id }) => write(`activate ${id}`),
    cancelAzureEntitlement: (_customer, { id }) => write(`cancel ${id}`),
    deleteCustomer: () => write('delete'),
  };
  const log: Log = (event, fields) => {
    logged.push(`${event} ${Object.values(fields).join(': ')}`);
  };
  const cancelled: (string | undefined)[] = [];
  const result = live(writer, log, NOW_MS)(aCheck({ begun: true, ...more }), holds, todo, {
    ...course,
    accepted: (call) => cancelled.push(acceptedCallId(call)),
  });
  return { writes, ended, logged, cancelled, result };
}

const errorOf = (operation: Operation, status: number, code: string) =>
  new PartnerCenterError({ operation, status, code, description: 'No.', body: '' });
const error = (status: number, code: string) => errorOf('cancel-order', status, code);
const onlyBySubscriptions = error(400, '800063');

/** An order of two lines of software, which is cancelled by the order; the second one is over. */
const lines = ['standing', 'over'].map((subscriptionId, lineItemNumber) =>
  line({ subscriptionId, lineItemNumber }),
);
const twoOfSoftware = {
  orders: [order({ lines })],
  subscriptions: [
    subscription({ id: 'standing', productType: 'software' }),
    subscription({ id: 'over', productType: 'software', status: 'deleted' }),
  ],
};

describe('a call with a transient error that may yet be refused for good', () => {
  const busy = errorOf('end-subscription', 409, '900278');
  const world = {
    orders: [order()],
    entitlements: [entitlement()],
    subscriptions: [
      subscription({ id: 'plan', productType: 'azure', orderId: 'e' }),
      subscription({ id: 'saas', orderId: 'b', productType: 'saas' }),
      subscription({ id: 'other-saas', orderId: 'b', productType: 'saas' }),
      subscription({ id: 'commerce', orderId: 'c' }),
      subscription({ id: 'other-commerce', orderId: 'd' }),
    ],
    azureEntitlements: [{ id: 'azure', planId: 'plan', status: 'active' }],
  };
  const commerce = ['deleted commerce', 'deleted other-commerce'];
  const saas = ['deleted saas', 'deleted other-saas'];
  const rest = ['cancel order-1', 'cancel azure'];

  it.each([
    ['new commerce', 'deleted commerce', commerce],
    ['the last of new commerce', 'deleted other-commerce', commerce],
    ['SaaS', 'deleted saas', [...commerce, ...saas]],
  ])('holds back calls of a lower risk: %s', async (_what, refused, made) => {
    const { writes, result } = await release(world, { [refused]: busy });
    expect(await result).toMatchObject({
      kind: 'requeue',
      refused: { response: { code: '900278' } },
    });
    expect(writes).toEqual(made);
  });

  it.each(['cancel order-1', 'cancel azure'])(
    'holds nothing back where its age is known or is nothing to it: %s',
    async (refused) => {
      const { writes, result } = await release(world, { [refused]: busy });
      expect(await result).toMatchObject({ kind: 'requeue' });
      expect(writes).toEqual([...commerce, ...saas, ...rest]);
    },
  );

  it('holds back calls of a lower risk also where its order would end what has a window', async () => {
    const both = {
      orders: [order({ lines: [] })],
      entitlements: [entitlement()],
      subscriptions: [subscription({ id: 'commerce' }), ...world.subscriptions.slice(0, 1)],
      azureEntitlements: world.azureEntitlements,
    };
    const { writes, result } = await release(both, { 'cancel order-1': busy });
    expect(await result).toMatchObject({ kind: 'requeue' });
    expect(writes).toEqual(['deleted commerce', 'cancel order-1']);
  });

  it('holds back every call of a lower risk than the riskiest refused one', async () => {
    const both = { 'deleted commerce': busy, 'deleted saas': busy };
    const { writes, result } = await release(world, both);
    expect(await result).toMatchObject({ kind: 'requeue' });
    expect(writes).toEqual(commerce);
  });
});

describe('an order that is refused because only its subscriptions can be ended', () => {
  it("has those ended that still stand, and no other order's", async () => {
    const subscriptions = [
      ...twoOfSoftware.subscriptions,
      subscription({ id: 'unrelated', orderId: 'order-2', status: 'pending' }),
    ];
    const world = { ...twoOfSoftware, subscriptions };
    const { writes, result } = await release(world, { 'cancel order-1': onlyBySubscriptions });
    expect(await result).toEqual({ kind: 'requeue' });
    expect(writes).toEqual(['cancel order-1', 'deleted standing']);
  });

  it('has the Azure subscriptions of its Azure plan cancelled, and leaves the plan for later', async () => {
    const { writes, result } = await release(
      {
        ...twoOfSoftware,
        subscriptions: [
          ...twoOfSoftware.subscriptions,
          subscription({ id: 'plan', productType: 'azure', orderId: 'order-1', status: 'pending' }),
        ],
        azureEntitlements: [
          { id: 'azure-1', planId: 'plan', status: 'active' },
          { id: 'azure-2', planId: 'another plan', status: 'active' },
        ],
      },
      { 'cancel order-1': onlyBySubscriptions },
    );
    expect(await result).toEqual({ kind: 'requeue' });
    expect(writes).toEqual(['cancel order-1', 'deleted standing', 'cancel azure-1']);
  });

  it('has a subscription ended that only a line of the order names', async () => {
    const { orderId: _none, ...unnamed } = subscription({
      id: 'standing',
      productType: 'software',
    });
    const { writes, result } = await release(
      {
        orders: [order({ lines: [line({ subscriptionId: 'standing' })] })],
        subscriptions: [unnamed],
      },
      { 'cancel order-1': onlyBySubscriptions },
    );
    expect(await result).toEqual({ kind: 'requeue' });
    expect(writes).toEqual(['cancel order-1', 'deleted standing']);
  });

  it.each<WriteResult>(['accepted', 'done'])(
    'is noted where the end of a subscription is %s',
    async (taken) => {
      const failures = { 'cancel order-1': onlyBySubscriptions };
      const { cancelled, result } = await release(
        ...([twoOfSoftware, failures, {}, () => undefined, taken] as const),
      );
      await result;
      expect(cancelled).toEqual(['order-1#0']);
    },
  );

  it('has every subscription ended before the check is over', async () => {
    const subscriptions = ['a', 'b'].map((id) => subscription({ id, productType: 'software' }));
    const { ended, result } = await release(
      { orders: [order({ lines: [] })], subscriptions },
      { 'cancel order-1': onlyBySubscriptions },
    );
    await result;
    expect(ended).toEqual(['cancel order-1', 'deleted a', 'deleted b']);
  });

  it('stays refused where it has no subscription to end', async () => {
    const { writes, result } = await release(
      { orders: [order()] },
      { 'cancel order-1': onlyBySubscriptions },
    );
    await expect(result).rejects.toMatchObject({ response: { code: '800063' } });
    expect(writes).toEqual(['cancel order-1']);
  });

  it.each(['800061', '900117'])(
    'has them ended where it is too late for the order alone: 400/%s',
    async (code) => {
      const failures = { 'cancel order-1': error(400, code) };
      const { writes, result } = await release(twoOfSoftware, failures);
      expect(await result).toEqual({ kind: 'requeue' });
      expect(writes).toEqual(['cancel order-1', 'deleted standing']);
      const reviewed = { ...twoOfSoftware, orders: [order({ lines, status: 'pending_review' })] };
      const waiting = await release(reviewed, failures, { startedMs: 0 });
      expect(await waiting.result).toMatchObject({ refused: { response: { code } } });
      expect(waiting.writes).toEqual(['cancel order-1']);
    },
  );

  it('has none ended a second time that this check has ended already', async () => {
    const commerce = subscription({ id: 'commerce', orderId: 'order-1' });
    const world = {
      orders: [
        order({
          lines: [line({ subscriptionId: 'commerce' }), line({ lineItemNumber: 1, offerId: '' })],
        }),
      ],
      subscriptions: [commerce],
    };
    const { writes, result } = await release(world, { 'cancel order-1': onlyBySubscriptions });
    expect(await result).toEqual({ kind: 'requeue' });
    expect(writes).toEqual(['deleted commerce', 'cancel order-1']);
  });

  it('has nothing ended where it is refused for another reason', async () => {
    const { writes, result } = await release(
      {
        orders: [order({ lines: [...lines, line({ lineItemNumber: 2 })] })],
        subscriptions: twoOfSoftware.subscriptions,
      },
      { 'cancel order-1': error(400, '800061') },
    );
    await expect(result).rejects.toMatchObject({
      response: { code: '800061', orderIds: ['order-1'] },
    });
    expect(writes).toEqual(['cancel order-1']);
  });

  it('is reported in the result where it is only busy', async () => {
    const { result } = await release(twoOfSoftware, { 'cancel order-1': error(409, '800060') });
    expect(await result).toMatchObject({
      kind: 'requeue',
      refused: { response: { code: '800060', orderIds: ['order-1'] } },
    });
  });

  it('ends the check where the error is not transient', async () => {
    const { result } = await release(
      { orders: [order()] },
      { 'cancel order-1': error(400, '900311') },
    );
    await expect(result).rejects.toMatchObject({ response: { code: '900311' } });
  });
});

describe('an order that cannot be cancelled while it is under review', () => {
  const world = {
    orders: [order({ status: 'pending_review' }), order({ id: 'other' })],
  };
  const failing = (code: string, orders = world.orders) =>
    release({ orders }, { 'cancel order-1': error(400, code) }, { startedMs: 0 });

  it.each(['800040', '800063'])('is tried again, and keeps the others: 400/%s', async (code) => {
    const { writes, result } = await failing(code);
    expect(await result).toMatchObject({ refused: { response: { code } } });
    expect(writes).toEqual(['cancel order-1']);
  });

  it('ends the check where it is refused for another reason', async () => {
    const { writes, result } = await failing('99999');
    await expect(result).rejects.toMatchObject({ response: { code: '99999' } });
    expect(writes).toEqual(['cancel order-1']);
  });

  it('ends the check where it is not under review', async () => {
    const { writes, result } = await failing('800040', [order(), order({ id: 'other' })]);
    await expect(result).rejects.toMatchObject({ response: { code: '800040' } });
    expect(writes).toEqual(['cancel order-1']);
  });
});

describe('an order whose cancellation was accepted', () => {
  const minutesAgo = (minutes: number) => NOW_MS - minutes * 60_000;
  const sinceAccepted = (minutes: number, failures: Readonly<Record<string, unknown>> = {}) =>
    release({ orders: [order()] }, failures, {
      startedMs: minutesAgo(minutes),
      acceptedCalls: { 'order-1': new Date(minutesAgo(minutes)).toISOString() },
    });

  it('is not cancelled again before its effect can show', async () => {
    const { writes, result } = await sinceAccepted(14.99);
    expect(await result).toEqual({ kind: 'requeue' });
    expect(writes).toEqual([]);
  });

  it.each(['800061', '900117', '900141'])(
    'is waited for where its repetition is refused: 400/%s is no verdict then',
    async (code) => {
      const { writes, cancelled, result } = await sinceAccepted(15, {
        'cancel order-1': error(400, code),
      });
      expect(await result).toMatchObject({ kind: 'requeue', refused: { response: { code } } });
      expect(writes).toEqual(['cancel order-1']);
      expect(cancelled).toEqual(['order-1']);
    },
  );

  it('ends the check where its repetition is refused after an hour', async () => {
    const failures = { 'cancel order-1': error(400, '900117') };
    const early = await sinceAccepted(59.99, failures);
    expect(await early.result).toMatchObject({ kind: 'requeue' });
    const late = await sinceAccepted(60, failures);
    await expect(late.result).rejects.toMatchObject({ response: { code: '900117' } });
  });

  it('ends the check where repeating it meets an outage or a bug', async () => {
    const down = await sinceAccepted(15, { 'cancel order-1': error(503, '') });
    await expect(down.result).rejects.toMatchObject({ response: { status: 503 } });
    const bug = await sinceAccepted(15, { 'cancel order-1': new TypeError('a bug') });
    await expect(bug.result).rejects.toThrow('a bug');
  });
});

describe('more purchases than one check may end, of which some are busy,', () => {
  const many = Array.from({ length: MAX_CALLS_PER_CHECK + 2 }, (_, index) =>
    order({ id: `o${index}` }),
  );
  const busy = (count: number) =>
    Object.fromEntries(
      many.slice(0, count).map(({ id }) => [`cancel ${id}`, error(409, '800060')]),
    );

  it('are continued at once', async () => {
    const { writes, result } = await release({ orders: many }, busy(1));
    expect(await result).toMatchObject({ isUnfinished: true, refused: {} });
    expect(writes).toHaveLength(MAX_CALLS_PER_CHECK);
  });

  it('are waited for where the check achieved nothing', async () => {
    const { result } = await release({ orders: many }, busy(MAX_CALLS_PER_CHECK));
    expect(await result).not.toHaveProperty('isUnfinished');
  });
});

describe('a purchase that cannot be ended now', () => {
  const licences = (...ids: string[]) => ids.map((id) => subscription({ id, orderId: id }));
  const three = { subscriptions: licences('a', 'b', 'c') };

  it.each([
    [400, '2055'],
    [404, '20003'],
    [409, '800060'],
    [412, '0'],
    [403, '900115'],
  ])('lets the others be ended: %i/%s', async (status, code) => {
    const { writes, result } = await release(three, {
      'deleted a': error(status, code),
      'deleted b': error(409, '800014'),
    });
    expect(await result).toMatchObject({ kind: 'requeue', refused: { response: { code } } });
    expect(writes).toEqual(['deleted a', 'deleted b', 'deleted c']);
  });

  it.each([0, 408, 429, 500, 503])(
    'ends the check where the service has trouble: %i',
    async (status) => {
      const { writes, result } = await release(three, { 'deleted a': error(status, '0') });
      await expect(result).rejects.toMatchObject({ response: { status } });
      expect(writes).toEqual(['deleted a']);
    },
  );

  it('leaves its parents, at any depth, and nothing else', async () => {
    const hanging = (id: string, parentSubscriptionId: string) =>
      subscription({ id, orderId: id, parentSubscriptionId });
    const subscriptions = [
      ...licences('parent', 'other'),
      hanging('middle', 'parent'),
      hanging('deepest', 'middle'),
    ];
    const { writes, result } = await release(
      { subscriptions },
      { 'deleted deepest': error(409, '800060') },
    );
    expect(await result).toMatchObject({ refused: { response: { code: '800060' } } });
    expect(writes).toEqual(['deleted deepest', 'deleted other']);
  });

  it('leaves its parent also where it is cancelled by its order', async () => {
    const software = (id: string, more = {}) =>
      subscription({ id, orderId: id, productType: 'software', ...more });
    const orderOf = (id: string, ...ids: string[]) =>
      order({
        id,
        lines: ids.map((subscriptionId, lineItemNumber) =>
          line({ subscriptionId, lineItemNumber }),
        ),
      });
    const world = {
      orders: [
        orderOf('mixed', 'add-on', 'beside', 'licence'),
        orderOf('parent', 'parent'),
        orderOf('other', 'other'),
      ],
      subscriptions: [
        software('add-on', { orderId: 'mixed', parentSubscriptionId: 'parent' }),
        subscription({ id: 'licence', orderId: 'mixed', parentSubscriptionId: 'other' }),
        software('beside', { orderId: 'mixed' }),
        software('parent'),
        software('other'),
      ],
    };
    const { writes, result } = await release(world, { 'cancel mixed': error(409, '800060') });
    await result;
    expect(writes).toEqual(['deleted licence', 'cancel mixed', 'cancel other']);
  });
});

it('an Azure subscription that cannot be cancelled now holds back only its plan', async () => {
  const { writes, result } = await release(
    {
      subscriptions: [
        subscription({ id: 'plan', productType: 'azure' }),
        subscription({ id: 'parent' }),
        subscription({ id: 'add-on', parentSubscriptionId: 'parent' }),
      ],
      azureEntitlements: [{ id: 'azure-1', planId: 'plan', status: 'active' }],
    },
    { 'cancel azure-1': error(409, '800060') },
  );
  expect(await result).toMatchObject({ refused: { response: { code: '800060' } } });
  expect(writes).toEqual(['deleted add-on', 'deleted parent', 'cancel azure-1']);
});

describe('a deletion refused with words that name an order of the customer', () => {
  const refused = (status: number, code: string) =>
    release(
      { orders: [order({ status: 'cancelled' })] },
      {
        delete: new PartnerCenterError({
          operation: 'delete-customer',
          status,
          code,
          description: 'Please cancel the following: alternate-1',
          body: '',
        }),
      },
    );

  it('leads to another check', async () => {
    const { result } = await refused(400, '99999');
    expect(await result).toMatchObject({
      kind: 'requeue',
      refused: { response: { orderIds: ['order-1'] } },
    });
  });

  it.each([
    [400, '800061'],
    [403, '800019'],
  ])('ends it where its code does: %i/%s', async (status, code) => {
    const { result } = await refused(status, code);
    await expect(result).rejects.toMatchObject({ response: { code } });
  });
});

describe('a deletion refused for an order that came to nothing', () => {
  const blocked = (description: string, more: Partial<Check> = {}) =>
    release(
      {
        orders: [
          order({ status: 'error' }),
          order({ id: 'order-2', status: 'po_review_rejected' }),
          order({ id: 'order-3', status: 'cancelled' }),
        ],
      },
      {
        delete: new PartnerCenterError({
          operation: 'delete-customer',
          ...{ status: 400, code: '99999', description, body: '' },
        }),
      },
      more,
    );

  it('has that one tried, and no other', async () => {
    const { writes, cancelled, result } = await blocked(
      'Please cancel the following: order-2, order-3',
    );
    expect(await result).toMatchObject({ kind: 'requeue' });
    expect(writes).toEqual(['delete', 'cancel order-2']);
    expect(cancelled).toEqual(['order-2']);
  });

  it('has none tried where it names none, or where a plan was reviewed, which has none', async () => {
    const unnamed = await blocked('Something stands.');
    await expect(unnamed.result).rejects.toThrow('Something stands.');
    expect(unnamed.writes).toEqual(['delete']);
    const request = { customerTenantId: CUSTOMER_ID, ifUnchanged: `v2:sha256:${'0'.repeat(64)}` };
    const reviewed = await blocked('Please cancel the following: order-2', { request });
    expect(await reviewed.result).toMatchObject({ kind: 'requeue' });
    expect(reviewed.writes).toEqual(['delete']);
  });
});

it('a bug in the deletion is not an error', async () => {
  const { result } = await release(
    { orders: [order({ status: 'cancelled' })] },
    { delete: new TypeError('a bug') },
  );
  await expect(result).rejects.toThrow('a bug');
});

describe('the cancellation of an Azure subscription', () => {
  const world = {
    subscriptions: [subscription({ id: 'plan', productType: 'azure' })],
    azureEntitlements: ['azure-1', 'azure-2'].map((id) => ({
      id,
      planId: 'plan',
      status: 'active',
    })),
  };
  const minutesAgo = (minutes: number) => NOW_MS - minutes * 60_000;

  it('is noted where it was accepted, even if the next one ends the check', async () => {
    const throttled = error(429, '');
    const { cancelled, result } = await release(world, { 'cancel azure-2': throttled });
    await expect(result).rejects.toMatchObject({ response: { status: 429 } });
    expect(cancelled).toEqual(['azure-1']);
  });

  it('is not made again before about ten minutes are over, and then once', async () => {
    const writesAfter = async (minutes: number) => {
      const acceptedCalls = { 'azure-1': new Date(minutesAgo(minutes)).toISOString() };
      const { writes, result } = await release(
        world,
        {},
        { startedMs: minutesAgo(minutes), acceptedCalls },
      );
      expect(await result).toEqual({ kind: 'requeue' });
      return writes;
    };
    expect(await writesAfter(14.99)).toEqual(['cancel azure-2']);
    expect(await writesAfter(15)).toEqual(['cancel azure-1', 'cancel azure-2']);
  });

  it('is repeated less and less often, the longer the teardown lasts', async () => {
    const made: number[] = [];
    let acceptedCalls: Check['acceptedCalls'];
    for (let minute = 0; minute < 24 * 60; minute += 5) {
      const nowMs = NOW_MS + minute * 60_000;
      if (!isDue(cancelAzure('azure-1'), acceptedCalls, { startedMs: NOW_MS, nowMs })) continue;
      acceptedCalls = withAccepted(acceptedCalls, ['azure-1'], nowMs);
      made.push(minute);
    }
    expect(made).toEqual([0, 15, 30, 60, 120, 240, 480, 960]);
  });
});

it('a call that was accepted before and is refused for now is not noted as accepted again', async () => {
  const minutesAgo = (minutes: number) => NOW_MS - minutes * 60_000;
  const acceptedCalls = { 'order-1': new Date(minutesAgo(16)).toISOString() };
  const { writes, cancelled, result } = await release(
    { orders: [order()] },
    { 'cancel order-1': error(409, '800060') },
    { startedMs: minutesAgo(20), acceptedCalls },
  );
  expect(await result).toMatchObject({ refused: { response: { code: '800060' } } });
  expect(writes).toEqual(['cancel order-1']);
  expect(cancelled).toEqual([]);
});

describe('a subscription that was activated already, and is still to be activated', () => {
  const toActivate = errorOf('end-subscription', 400, '800081');
  const world = {
    subscriptions: ['saas', 'other'].map((id) =>
      subscription({ id, productType: 'saas', orderId: `of-${id}` }),
    ),
  };
  const activatedMinutesAgo = (minutes: number) => {
    const nowMs = NOW_MS - minutes * 60 * 1000;
    const acceptedCalls = withAccepted(undefined, ['activation of saas'], nowMs);
    return { startedMs: nowMs, ...(acceptedCalls && { acceptedCalls }) };
  };

  it('is not activated again before its effect can show, and does not hold back others', async () => {
    const failures = { 'deleted saas': toActivate };
    const early = await release(world, failures, activatedMinutesAgo(14));
    expect(await early.result).toMatchObject({ refused: { response: { code: '800081' } } });
    expect(early.writes).toEqual(['deleted saas', 'deleted other']);
    const late = await release(world, failures, activatedMinutesAgo(15));
    expect(await late.result).toMatchObject({ refused: { response: { code: '800081' } } });
    expect(late.writes).toEqual(['deleted saas', 'activate saas', 'deleted saas', 'deleted other']);
    expect(late.cancelled).toEqual(['activation of saas', 'other']);
  });
});

describe('a marketplace subscription that is to be activated first', () => {
  const world = { subscriptions: [subscription({ id: 'saas', productType: 'saas' })] };
  const first = errorOf('end-subscription', 400, '800081');

  it('is activated, and then ended', async () => {
    const failures: Record<string, unknown> = { 'deleted saas': first };
    const { writes, result } = await release(world, failures, {}, (what) => {
      if (what === 'activate saas') delete failures['deleted saas'];
    });
    expect(await result).toEqual({ kind: 'requeue' });
    expect(writes).toEqual(['deleted saas', 'activate saas', 'deleted saas']);
  });

  it('is checked again where it is refused the same way once more', async () => {
    const { writes, result } = await release(world, { 'deleted saas': first });
    expect(await result).toMatchObject({
      kind: 'requeue',
      refused: { response: { code: '800081' } },
    });
    expect(writes).toEqual(['deleted saas', 'activate saas', 'deleted saas']);
  });
});

describe('a legacy licence that is refused because it needs another call', () => {
  const refused = errorOf('end-subscription', 403, '900263');
  const licence = subscription({
    id: 'licence',
    productType: '',
    offerId: '031c9e47-4802-4248-838e-778fb1d2cc05',
  });

  it('is cancelled by its order line', async () => {
    const orders = [order({ lines: [line({ subscriptionId: 'licence' })] })];
    const world = { orders, subscriptions: [licence] };
    const { writes, result } = await release(world, { 'suspended licence': refused });
    expect(await result).toEqual({ kind: 'requeue' });
    expect(writes).toEqual(['suspended licence', 'cancel order-1']);
  });

  it('is parked where its order is not known', async () => {
    const world = { subscriptions: [licence] };
    const { result } = await release(world, { 'suspended licence': refused });
    await expect(result).rejects.toMatchObject({ response: { code: '900263' } });
  });
});

describe('a subscription that is refused because it is suspended', () => {
  const suspended = errorOf('end-subscription', 400, '800091');

  it.each<readonly [string, Partial<Subscription>]>([
    ['an Azure plan', { productType: 'azure' }],
    ['a legacy licence', { productType: '', offerId: '031c9e47-4802-4248-838e-778fb1d2cc05' }],
  ])('is released where it is %s', async (_name, more) => {
    const subscriptions = [subscription({ id: 'one', ...more })];
    const { result } = await release({ subscriptions }, { 'suspended one': suspended });
    expect(await result).toEqual({ kind: 'requeue' });
  });

  it('is not released where it is new commerce', async () => {
    const subscriptions = [subscription({ id: 'one' })];
    const { result } = await release({ subscriptions }, { 'deleted one': suspended });
    await expect(result).rejects.toMatchObject({ response: { code: '800091' } });
  });
});

it('an error carries when that purchase was bought, and until when it could be cancelled', async () => {
  const failures = { 'cancel order-1': errorOf('cancel-order', 400, '900117') };
  const { result } = await release({ orders: [order(), order({ id: 'other' })] }, failures);
  const createdMs = order().createdMs ?? 0;
  await expect(result).rejects.toMatchObject({
    response: {
      ages: [
        {
          name: 'one-time purchase: order order-1 (completed)',
          boughtMs: createdMs,
          cancellableUntilMs: createdMs + CANCELLABLE_FOR_MS,
        },
      ],
    },
  });
});

describe('a trial', () => {
  const world = {
    subscriptions: [subscription({ id: 'trial', isTrial: true, autoRenewEnabled: true })],
  };

  it('has its auto-renew turned off, and the explanation says so', async () => {
    const { writes, result } = await release(world);
    expect(await result).toMatchObject({
      kind: 'parked',
      reason: 'trial',
      explanation: expect.stringMatching(/Auto-renew was turned off\.$/),
    });
    expect(writes).toEqual(['no renewal of trial']);
  });

  it('is parked with another explanation where that is only accepted', async () => {
    const { result } = await release(world, {}, {}, () => undefined, 'accepted');
    expect(await result).toMatchObject({
      explanation: expect.stringMatching(/Auto-renew is being turned off\.$/),
    });
  });

  it('is parked all the same where that is refused', async () => {
    const { result } = await release(world, { 'no renewal of trial': error(400, '99999') });
    expect(await result).toMatchObject({
      kind: 'parked',
      reason: 'trial',
      explanation: expect.stringMatching(/Auto-renew could not be turned off: .*400\/99999/),
    });
  });

  it('is checked again where that is refused for a while', async () => {
    const failures = { 'no renewal of trial': error(409, '800060') };
    const aged = (minutes: number) =>
      release(world, failures, { startedMs: NOW_MS - minutes * 60_000 });
    expect(await (await aged(14.99)).result).toMatchObject({ kind: 'requeue', refused: {} });
    expect(await (await aged(15)).result).toMatchObject({
      kind: 'parked',
      reason: 'trial',
      explanation: expect.stringMatching(/Auto-renew could not be turned off: .*409\/800060/),
    });
    const down = await release(world, { 'no renewal of trial': error(503, '') });
    await expect(down.result).rejects.toMatchObject({ response: { status: 503 } });
  });

  it('that does not renew is parked without a write', async () => {
    const { writes, result } = await release({
      subscriptions: [subscription({ isTrial: true })],
    });
    expect(await result).toMatchObject({
      kind: 'parked',
      reason: 'trial',
      explanation: expect.not.stringContaining('Auto-renew'),
    });
    expect(writes).toEqual([]);
  });

  it('is parked with the calls of one check at most, even among many', async () => {
    const subscriptions = Array.from({ length: MAX_CALLS_PER_CHECK + 1 }, (_, index) =>
      subscription({ id: `trial-${index}`, isTrial: true, autoRenewEnabled: true }),
    );
    const { writes, result } = await release({ subscriptions });
    expect(await result).toMatchObject({ kind: 'parked', reason: 'trial' });
    expect(writes).toHaveLength(MAX_CALLS_PER_CHECK);
  });

  it('is reported as pending where one of two calls is only accepted', async () => {
    const subscriptions = ['one', 'two'].map((id) =>
      subscription({ id, isTrial: true, autoRenewEnabled: true }),
    );
    const taken: WriteResult[] = ['accepted', 'done'];
    const answers = () => taken.shift() ?? 'done';
    const { result } = await release({ subscriptions }, {}, {}, () => undefined, answers);
    expect(await result).toMatchObject({
      explanation: expect.stringMatching(/Auto-renew is being turned off\.$/),
    });
  });
});

it("a request's own check asks no guard for a deletion that it leaves to the next one", async () => {
  let asked = 0;
  const objection = async () => {
    asked += 1;
    return undefined;
  };
  const none = {} as PartnerCenterWriter;
  const check = aCheck({ begun: false });
  const made = live(none, () => undefined, NOW_MS)(
    check,
    inventory(),
    { kind: 'delete' },
    {
      ...course,
      objection,
    },
  );
  expect(await made).toEqual({ kind: 'requeue' });
  expect(asked).toBe(0);
});

describe('a write', () => {
  it('is written to the log before and after, in words', async () => {
    const { logged, result } = await release({ orders: [order({ status: 'cancelled' })] });
    expect(await result).toEqual({
      kind: 'deleted',
      reason: 'released',
      explanation: 'Everything the customer bought was released, and the customer was deleted.',
    });
    const call = `DELETE /v1/customers/${CUSTOMER_ID}`;
    expect(logged).toEqual([
      `about-to-write delete-customer: ${call}`,
      `written delete-customer: ${call}`,
    ]);
  });

  it.each([
    [new TypeError('A bug.'), 'A bug.'],
    ['a text', 'a text'],
  ])('that fails without an answer is a bug, and goes on as it is: %s', async (bug, why) => {
    const { logged, result } = await release({ orders: [order()] }, { 'cancel order-1': bug });
    await expect(result).rejects.toBe(bug);
    expect(logged).toEqual([
      expect.stringMatching(/^about-to-write cancel-order: PATCH /),
      expect.stringMatching(new RegExp(`^not-written cancel-order: PATCH .*: ${why}$`)),
    ]);
  });
});
