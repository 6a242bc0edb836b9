import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import { LISTING_LAG_MS } from '../../../src/teardown/inventory/listing-lag.ts';
import type { Subscription } from '../../../src/teardown/model/purchases.ts';
import { decide } from '../../../src/teardown/release/decide.ts';
import { DAY_MS, entitlement, inventory, line, NOW_MS, order, subscription } from '../builders.ts';
import { inWords } from './words-of-a-decision.ts';

const decideSettled = (world: Partial<Inventory>) =>
  decide(inventory(world), NOW_MS, NOW_MS - LISTING_LAG_MS);
const decideNow = (world: Partial<Inventory>) => decide(inventory(world), NOW_MS, NOW_MS);

describe('a customer is deleted', () => {
  it('when nothing was ever bought', () => {
    expect(inWords({})).toBe('delete');
  });

  it('when its order reads cancelled', () => {
    expect(
      inWords({ orders: [order({ status: 'cancelled' })], entitlements: [entitlement()] }),
    ).toBe('delete');
  });

  it('when every line of its order came to quantity 0', () => {
    expect(inWords({ orders: [order({ lines: [line({ quantity: 0 })] })] })).toBe('delete');
  });

  it.each(['deleted', 'expired', 'disabled'])(
    'when its new-commerce subscription is %s',
    (status) => {
      const orders = [order({ lines: [line({ subscriptionId: 'subscription-1' })] })];
      expect(inWords({ orders, subscriptions: [subscription({ status })] })).toBe('delete');
    },
  );

  it('but not when a new-commerce subscription is only suspended', () => {
    const orders = [order({ lines: [line({ subscriptionId: 'subscription-1' })] })];
    expect(inWords({ orders, subscriptions: [subscription({ status: 'suspended' })] })).toEqual({
      now: ['PATCH /subscriptions/subscription-1 (status deleted)'],
      later: [],
    });
  });

  it('when all that an order without lines holds came to quantity 0', () => {
    const world = { orders: [order({ lines: [] })], entitlements: [entitlement({ quantity: 0 })] };
    expect(inWords(world)).toBe('delete');
  });

  it('but not when a line still stands whose entitlement says quantity 0', () => {
    const world = { orders: [order()], entitlements: [entitlement({ quantity: 0 })] };
    expect(inWords(world)).not.toBe('delete');
  });

  it('but not when one of two orders still stands', () => {
    const orders = [order({ status: 'cancelled' }), order({ id: 'order-2' })];
    expect(inWords({ orders })).toEqual({
      now: ['PATCH /orders/order-2 (status cancelled)'],
      later: [],
    });
  });

  it('but not when a cancelled order leaves a subscription behind that is still active', () => {
    const orders = [
      order({ status: 'cancelled', lines: [line({ subscriptionId: 'subscription-1' })] }),
    ];
    expect(inWords({ orders, subscriptions: [subscription()] })).toEqual({
      now: ['PATCH /subscriptions/subscription-1 (status deleted)'],
      later: [],
    });
  });
});

describe('a pending order', () => {
  it('is waited for and not cancelled again', () => {
    expect(inWords({ orders: [order({ status: 'pending' })] })).toEqual({
      now: [],
      later: ['PATCH /orders/order-1 (status cancelled)'],
    });
  });

  it('is named among what still blocks', () => {
    const decision = decideNow({ orders: [order({ status: 'pending' })] });
    expect(decision).toMatchObject({ blockers: [expect.stringContaining('order-1 (pending)')] });
  });

  it('does not keep the others from being cancelled', () => {
    const orders = [order({ status: 'pending' }), order({ id: 'order-2' })];
    expect(inWords({ orders })).toMatchObject({
      now: ['PATCH /orders/order-2 (status cancelled)'],
    });
  });
});

describe('each product is released by its own call', () => {
  const cases: readonly (readonly [string, Partial<Inventory>, string[], string[]])[] = [
    [
      'an Azure reservation by its order',
      { orders: [order()], entitlements: [entitlement()] },
      ['PATCH /orders/order-1 (status cancelled)'],
      [],
    ],
    [
      'perpetual software by its order',
      { orders: [order()], entitlements: [entitlement({ type: 'software' })] },
      ['PATCH /orders/order-1 (status cancelled)'],
      [],
    ],
    [
      'a one-time purchase whose entitlement cannot be read by its order',
      { orders: [order()], entitlements: undefined } as Partial<Inventory>,
      ['PATCH /orders/order-1 (status cancelled)'],
      [],
    ],
    [
      'an order without lines by that order',
      { orders: [order({ lines: [], billingCycle: 'monthly' })] },
      ['PATCH /orders/order-1 (status cancelled)'],
      [],
    ],
    [
      'a software subscription by its order',
      {
        orders: [order({ lines: [line({ subscriptionId: 'subscription-1' })] })],
        subscriptions: [subscription({ productType: 'software' })],
      },
      ['PATCH /orders/order-1 (status cancelled)'],
      [],
    ],
    [
      'a software subscription without a listed order by the subscription',
      { subscriptions: [subscription({ productType: 'software' })] },
      ['PATCH /subscriptions/subscription-1 (status deleted)'],
      [],
    ],
    [
      'a new-commerce subscription by the subscription',
      {
        orders: [order({ lines: [line({ subscriptionId: 'subscription-1' })] })],
        subscriptions: [subscription()],
      },
      ['PATCH /subscriptions/subscription-1 (status deleted)'],
      [],
    ],
    [
      'marketplace SaaS by the subscription',
      { subscriptions: [subscription({ productType: 'saas' })] },
      ['PATCH /subscriptions/subscription-1 (status deleted)'],
      [],
    ],
    [
      "marketplace SaaS by the subscription, also without a product type if it is not Microsoft's",
      { subscriptions: [subscription({ productType: '', isMicrosoftProduct: false })] },
      ['PATCH /subscriptions/subscription-1 (status deleted)'],
      [],
    ],
    [
      'a legacy subscription by suspending it',
      {
        subscriptions: [
          subscription({ productType: '', offerId: '031C9E47-4802-4248-838E-778FB1D2CC05' }),
        ],
      },
      ['PATCH /subscriptions/subscription-1 (status suspended)'],
      [],
    ],
    [
      'an Azure plan by its Azure subscriptions first, and later the plan',
      {
        subscriptions: [subscription({ productType: 'azure' })],
        azureEntitlements: [
          { id: 'azure-1', planId: 'subscription-1', status: 'active' },
          { id: 'azure-2', planId: 'subscription-1', status: 'cancelled' },
        ],
      },
      ['POST /subscriptions/subscription-1/azureEntitlements/azure-1/cancel'],
      ['PATCH /subscriptions/subscription-1 (status suspended)'],
    ],
    [
      'an Azure plan without active Azure subscriptions at once',
      { subscriptions: [subscription({ offerId: 'DZH318Z0BPS6:0001:x', productType: '' })] },
      ['PATCH /subscriptions/subscription-1 (status suspended)'],
      [],
    ],
  ];

  it.each(cases)('%s', (_name, world, now, later) => {
    expect(inWords(world)).toEqual({ now, later });
  });
});

describe('orders and entitlements are joined', () => {
  it('so that several entitlements on one order make one call', () => {
    const lines = [line(), line({ lineItemNumber: 1 })];
    const entitlements = [entitlement({ lineItemNumber: 0 }), entitlement({ lineItemNumber: 1 })];
    expect(inWords({ orders: [order({ lines })], entitlements })).toMatchObject({
      now: ['PATCH /orders/order-1 (status cancelled)'],
    });
  });

  it('so that an order known only by an entitlement is cancelled too', () => {
    expect(inWords({ entitlements: [entitlement({ orderId: 'hidden' })] })).toMatchObject({
      now: ['PATCH /orders/hidden (status cancelled)'],
    });
  });

  it('so that what has no date counts as the oldest, and is cancelled first', () => {
    const entitlements = ['hidden', 'other'].map((orderId) => entitlement({ orderId }));
    expect(
      inWords({ orders: [order()], entitlements: [...entitlements, entitlement()] }),
    ).toMatchObject({
      now: ['hidden', 'other', 'order-1'].map((id) => `PATCH /orders/${id} (status cancelled)`),
    });
  });

  it.each(['reservedinstance', 'software'])(
    'so that %s is cancelled by the id of its order, not by the other name of it',
    (type) => {
      const entitlements = [entitlement({ type, orderId: 'alternate-1' })];
      expect(inWords({ orders: [order()], entitlements })).toMatchObject({
        now: ['PATCH /orders/order-1 (status cancelled)'],
      });
      expect(inWords({ entitlements })).toMatchObject({
        now: ['PATCH /orders/alternate-1 (status cancelled)'],
      });
    },
  );

  it('so that an entitlement that holds something blocks, however long its order stays unlisted', () => {
    const entitlements = [entitlement({ orderId: 'hidden' })];
    const later = NOW_MS - 20 * LISTING_LAG_MS;
    expect(inWords({ entitlements }, later)).toMatchObject({
      now: [expect.stringMatching(/hidden/)],
    });
    const nothing = [entitlement({ orderId: 'hidden', quantity: 0 })];
    expect(inWords({ entitlements: nothing }, later)).toBe('delete');
  });

  it.each([
    ['quantum', 'unknown-product'],
    ['savingsplan', 'savings-plan'],
  ])('so that an entitlement of type %s without an order is parked as %s', (type, parked) => {
    const entitlements = [entitlement({ orderId: 'hidden', type }), entitlement()];
    const world = { orders: [order()], entitlements };
    expect(inWords(world, NOW_MS - LISTING_LAG_MS)).toMatchObject({ parked, now: [] });
  });

  it('also by the alternate id', () => {
    const entitlements = [entitlement({ orderId: 'other', alternateOrderId: 'alternate-1' })];
    expect(inWords({ orders: [order({ status: 'cancelled' })], entitlements })).toBe('delete');
  });

  it("so that a line of another kind is left out of the order's call", () => {
    const lines = [line(), line({ lineItemNumber: 1, subscriptionId: 'subscription-1' })];
    const world = {
      orders: [order({ lines })],
      entitlements: [entitlement({ lineItemNumber: 0 })],
      subscriptions: [subscription()],
    };
    expect(inWords(world)).toEqual({
      now: [
        'PATCH /subscriptions/subscription-1 (status deleted)',
        'PATCH /orders/order-1 (status cancelled, only line 0)',
      ],
      later: [],
    });
  });

  it('so that the deepest add-on ends first, and a circle of parents ends as well', () => {
    const chain = (id: string, parentSubscriptionId?: string) =>
      subscription({ id, orderId: id, ...(parentSubscriptionId && { parentSubscriptionId }) });
    const first = (subscriptions: readonly Subscription[]) =>
      inWords({ subscriptions: [...subscriptions] });
    expect(first([chain('a'), chain('b', 'a'), chain('c', 'b')])).toMatchObject({
      now: [
        'PATCH /subscriptions/c (status deleted)',
        'PATCH /subscriptions/b (status deleted)',
        'PATCH /subscriptions/a (status deleted)',
      ],
    });
    expect(first([chain('a', 'b'), chain('b', 'a')])).toMatchObject({ now: { length: 2 } });
  });

  it('so that an add-on ends before its parent', () => {
    const parent = subscription({ id: 'parent', orderId: 'a' });
    const addOn = subscription({ id: 'add-on', orderId: 'b', parentSubscriptionId: 'parent' });
    expect(inWords({ subscriptions: [parent, addOn] })).toMatchObject({
      now: [
        'PATCH /subscriptions/add-on (status deleted)',
        'PATCH /subscriptions/parent (status deleted)',
      ],
    });
  });

  it('so that an add-on ends before a parent that only the line of its order names', () => {
    const orders = [
      order({ id: 'a', lines: [line({ subscriptionId: 'Parent' })] }),
      order({
        id: 'b',
        lines: [line({ subscriptionId: 'add-on', parentSubscriptionId: 'pARENT' })],
      }),
    ];
    const subscriptions = ['parent', 'add-on'].map((id) => subscription({ id, orderId: 'x' }));
    expect(inWords({ orders, subscriptions })).toMatchObject({
      now: [
        'PATCH /subscriptions/add-on (status deleted)',
        'PATCH /subscriptions/parent (status deleted)',
      ],
    });
  });

  it('so that a parent stands until its add-on can be ended, at any depth', () => {
    const chain = (id: string, parentSubscriptionId: string, status = 'active') =>
      subscription({ id, orderId: id, parentSubscriptionId, status });
    const parent = subscription({ id: 'parent', orderId: 'p' });
    const other = subscription({ id: 'other', orderId: 'o' });
    const subscriptions = [
      parent,
      chain('middle', 'PARENT'),
      chain('deepest', 'Middle', 'pending'),
      chain('ready', 'other'),
      other,
    ];
    expect(inWords({ subscriptions })).toEqual({
      now: [
        'PATCH /subscriptions/ready (status deleted)',
        'PATCH /subscriptions/other (status deleted)',
      ],
      later: [
        'PATCH /subscriptions/deepest (status deleted)',
        'PATCH /subscriptions/middle (status deleted)',
        'PATCH /subscriptions/parent (status deleted)',
      ],
    });
  });

  it('so that a parent stands too while its add-on is only known by a line of an order', () => {
    const lines = [line({ subscriptionId: 'late', parentSubscriptionId: 'parent' })];
    const world = {
      orders: [order({ lines })],
      subscriptions: [subscription({ id: 'parent', orderId: 'p' })],
    };
    expect(inWords(world)).toEqual({
      now: [],
      later: ['PATCH /subscriptions/parent (status deleted)'],
    });
    expect(inWords(world, NOW_MS - LISTING_LAG_MS)).toEqual({
      now: ['PATCH /subscriptions/parent (status deleted)'],
      later: [],
    });
  });

  it('so that a line whose subscription is not listed yet is waited for', () => {
    const orders = [order({ lines: [line({ subscriptionId: 'late' })] })];
    expect(inWords({ orders })).toEqual({ now: [], later: [] });
    expect(inWords({ orders }, NOW_MS - LISTING_LAG_MS)).toBe('delete');
  });
});

describe('a purchase that no call releases', () => {
  it('older than 60 days parks at once, with its order, when it was bought and until when it could be cancelled', () => {
    const old = order({ id: 'old', createdMs: NOW_MS - 75 * DAY_MS });
    expect(decideNow({ orders: [order({ id: 'young' }), old] })).toMatchObject({
      kind: 'unreleasable',
      parked: {
        reason: 'cannot-cancel',
        explanation: expect.stringContaining(
          'was bought on 2026-09-08 02:00 UTC and could be cancelled until 2026-11-07 02:00 UTC',
        ),
        orderIds: ['old'],
      },
    });
  });

  it('is parked where it is older than 60 days, even by a millisecond', () => {
    const aged = (ms: number) => decideNow({ orders: [order({ createdMs: NOW_MS - ms })] }).kind;
    expect(aged(60 * DAY_MS + 1)).toBe('unreleasable');
    expect(aged(60 * DAY_MS)).toBe('release');
  });

  it('does not count where it is released already', () => {
    const createdMs = NOW_MS - 75 * DAY_MS;
    expect(inWords({ orders: [order({ createdMs, status: 'cancelled' })] })).toBe('delete');
  });

  it('of an unknown product type parks once the lists have settled, and nothing is cancelled before', () => {
    const strange = subscription({ productType: 'quantumminutes', orderId: 'strange' });
    const world = { orders: [order()], subscriptions: [strange] };
    expect(inWords(world, NOW_MS - LISTING_LAG_MS + 1)).toEqual({
      now: [],
      later: ['PATCH /orders/order-1 (status cancelled)'],
    });
    expect(decideSettled(world)).toMatchObject({
      kind: 'unreleasable',
      parked: {
        reason: 'unknown-product',
        explanation: expect.stringContaining('quantumminutes'),
        orderIds: ['strange'],
      },
    });
  });

  it('of an unknown entitlement type parks once the lists have settled', () => {
    const world = { orders: [order()], entitlements: [entitlement({ type: 'quantum' })] };
    expect(inWords(world)).toEqual({ now: [], later: [] });
    expect(decideSettled(world)).toMatchObject({ parked: { reason: 'unknown-product' } });
  });

  it('tells a person what it is, which orders, and what to do about an unknown product', () => {
    const subscriptions = ['a', 'b'].map((id) =>
      subscription({ id, productType: 'quantum', orderId: `of-${id}` }),
    );
    expect(decideSettled({ subscriptions })).toEqual({
      kind: 'unreleasable',
      now: [],
      parked: {
        kind: 'parked',
        reason: 'unknown-product',
        explanation:
          'This app does not know how to cancel product type "quantum": subscription a (active); product type "quantum": subscription b (active).',
        orderIds: ['of-a', 'of-b'],
        nextStep:
          'Cancel this purchase by hand in Partner Center, report its product type, then request the teardown again.',
      },
    });
  });

  it('tells a person which orders are too old, since when, and where to ask', () => {
    const old = (id: string, days: number) => order({ id, createdMs: NOW_MS - days * DAY_MS });
    expect(decideNow({ orders: [old('a', 61), old('b', 75)] })).toEqual({
      kind: 'unreleasable',
      now: [],
      parked: {
        kind: 'parked',
        reason: 'cannot-cancel',
        explanation:
          'It is too late to cancel a purchase. one-time purchase: order a (completed) was bought on 2026-09-22 02:00 UTC and could be cancelled until 2026-11-21 02:00 UTC. one-time purchase: order b (completed) was bought on 2026-09-08 02:00 UTC and could be cancelled until 2026-11-07 02:00 UTC.',
        orderIds: ['a', 'b'],
        nextStep:
          'Ask Partner Center support to cancel these orders, then request the teardown again.',
      },
    });
  });

  it('does not park an old order that only an entitlement shows before its subscription is listed', () => {
    const old = order({
      createdMs: NOW_MS - 61 * DAY_MS,
      lines: [line({ subscriptionId: 'not-listed' })],
    });
    expect(decideNow({ orders: [old], entitlements: [entitlement()] }).kind).toBe('release');
  });

  it('does not park an old order whose subscription is not listed yet: it may have ended long ago', () => {
    const orders = [
      order({ createdMs: NOW_MS - 75 * DAY_MS, lines: [line({ subscriptionId: 's-1' })] }),
    ];
    expect(decide(inventory({ orders }), NOW_MS, NOW_MS)).toMatchObject({
      kind: 'release',
      now: [],
    });
  });

  it('parks an order at once that was too old before and is still pending', () => {
    const pending = (days: number) =>
      order({ status: 'pending', createdMs: NOW_MS - days * DAY_MS });
    expect(decideNow({ orders: [pending(60.5)] })).toMatchObject({
      kind: 'unreleasable',
      parked: { reason: 'cannot-cancel', orderIds: ['order-1'] },
    });
    // Grown too old while it is being cancelled: that goes on.
    const startedMs = NOW_MS - DAY_MS;
    expect(decide(inventory({ orders: [pending(60.5)] }), NOW_MS, startedMs)).toMatchObject({
      kind: 'release',
      orderIds: ['order-1'],
    });
  });

  it('is left to the service to refuse where its age is not known', () => {
    const { createdMs: _gone, ...dateless } = order();
    expect(decideNow({ orders: [dateless] }).kind).toBe('release');
  });
});

it('add-ons that name each other in a circle end in any order, and the others as ever', () => {
  const one = (id: string, parentSubscriptionId?: string) =>
    subscription({
      id,
      orderId: id,
      ...(parentSubscriptionId !== undefined && { parentSubscriptionId }),
    });
  const subscriptions = [
    one('a', 'b'),
    one('b', 'a'),
    one('bottom', 'middle'),
    one('middle', 'top'),
    one('top'),
  ];
  expect(inWords({ subscriptions })).toEqual({
    now: ['b', 'a', 'bottom', 'middle', 'top'].map(
      (id) => `PATCH /subscriptions/${id} (status deleted)`,
    ),
    later: [],
  });
});

describe('a trial or a savings plan', () => {
  const trial = subscription({ id: 'trial', isTrial: true, autoRenewEnabled: true });
  const savings = subscription({ id: 'savings', productType: 'savingsplan' });
  const licence = subscription({ id: 'licence', autoRenewEnabled: true });
  const parkedBy = (world: Partial<Inventory>) => {
    const decision = decideSettled(world);
    return decision.kind === 'unreleasable' ? decision.parked : undefined;
  };

  it('parks whatever is listed before it, and nothing but its own auto-renew is turned off', () => {
    expect(inWords({ subscriptions: [licence, trial] })).toEqual({
      parked: 'trial',
      now: ['PATCH /subscriptions/trial (auto-renew off)'],
    });
  });

  const { createdMs: _untold, ...dateless } = trial;

  it('is named once, with when it ends where that is known, and each of its kind', () => {
    const commitmentEndMs = Date.UTC(2026, 11, 24, 9);
    const ending = { ...trial, id: 'ending', commitmentEndMs };
    expect(parkedBy({ subscriptions: [dateless, ending] })).toMatchObject({
      explanation:
        'No call cancels or suspends a new-commerce trial, so nothing was cancelled: new-commerce trial: subscription trial (active); new-commerce trial: subscription ending (active), which ends on 2026-12-24.',
      orderIds: ['order-1'],
    });
  });

  it.each([
    ['its purchase', {}, '2026-12-21'],
    ['its beginning', { effectiveStartMs: Date.UTC(2026, 11, 2) }, '2027-01-01'],
  ])('without a known end ends thirty days after %s', (_what, more, day) => {
    expect(parkedBy({ subscriptions: [{ ...trial, ...more }] })?.explanation).toMatch(
      new RegExp(`subscription trial \\(active\\), which ends on ${day}\\.$`),
    );
  });

  it('whose end cannot be read is named without one', () => {
    const odd = { ...trial, isEndUnreadable: true } as const;
    expect(parkedBy({ subscriptions: [odd] })?.explanation).toMatch(
      /subscription trial \(active\)\.$/,
    );
  });

  it('is named once for each of two kinds, the savings plan first', () => {
    expect(
      parkedBy({ subscriptions: [{ ...dateless, orderId: 'order-2' }, savings] }),
    ).toMatchObject({
      reason: 'savings-plan',
      explanation:
        'No call cancels a savings plan, so nothing was cancelled: Azure savings plan: subscription savings (active). No call cancels or suspends a new-commerce trial, so nothing was cancelled: new-commerce trial: subscription trial (active).',
      orderIds: ['order-1', 'order-2'],
    });
  });

  it('is named before an unknown product, though only a line names it', () => {
    const lines = [line({ offerId: 'DZH318Z09V6F:0001:X' })];
    const parked = parkedBy({
      orders: [order({ id: 'saved', lines })],
      entitlements: [entitlement({ orderId: 'novel', type: 'novel' })],
      subscriptions: [subscription({ productType: 'quantum' })],
    });
    expect(parked).toMatchObject({
      reason: 'savings-plan',
      orderIds: ['saved', 'order-1', 'novel'],
    });
    expect(parked?.explanation.match(/order saved/g)).toHaveLength(1);
  });
});
