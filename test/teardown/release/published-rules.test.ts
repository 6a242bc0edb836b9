import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import { LISTING_LAG_MS } from '../../../src/teardown/inventory/listing-lag.ts';
import type { OrderLine, Subscription } from '../../../src/teardown/model/purchases.ts';
import { decide } from '../../../src/teardown/release/decide.ts';
import { DAY_MS, entitlement, inventory, line, NOW_MS, order, subscription } from '../builders.ts';
import { inWords } from './words-of-a-decision.ts';

/** What the published articles say, rule by rule; the names in the titles are the articles'. */

const SETTLED_MS = NOW_MS - LISTING_LAG_MS;
const GUID = '031c9e47-4802-4248-838e-778fb1d2cc05';
const suspendPlan = 'PATCH /subscriptions/plan (status suspended)';
const plan = (more: Partial<Subscription> = {}) =>
  subscription({ id: 'plan', orderId: 'of-plan', productType: 'azure', ...more });
const endOf = (id: string) => `PATCH /subscriptions/${id} (status deleted)`;
const cancelOf = (id: string) => `PATCH /orders/${id} (status cancelled)`;

describe('an Azure plan (create-azure-plan, cancel-an-azure-subscription)', () => {
  const azure = (status: string) => [{ id: 'azure-1', planId: 'plan', status }];

  it('stands until its Azure subscriptions and the reservations are gone', () => {
    const world = {
      orders: [order()],
      entitlements: [entitlement()],
      subscriptions: [plan()],
      azureEntitlements: azure('active'),
    };
    expect(inWords(world)).toEqual({
      now: [cancelOf('order-1'), 'POST /subscriptions/plan/azureEntitlements/azure-1/cancel'],
      later: [suspendPlan],
    });
    expect(inWords({ ...world, azureEntitlements: azure('inactive') })).toEqual({
      now: [cancelOf('order-1')],
      later: [suspendPlan],
    });
  });

  it('stands while the order of a reservation is still pending', () => {
    const world = {
      orders: [order({ status: 'pending' })],
      entitlements: [entitlement()],
      subscriptions: [plan()],
    };
    expect(inWords(world)).toEqual({ now: [], later: [cancelOf('order-1'), suspendPlan] });
  });

  it('stands while a purchase that may be a reservation does, where entitlements cannot be read', () => {
    const { entitlements: _unreadable, ...rest } = inventory({
      orders: [order()],
      subscriptions: [plan()],
    });
    expect(inWords({ ...rest, entitlements: undefined } as Partial<Inventory>)).toEqual({
      now: [cancelOf('order-1')],
      later: [suspendPlan],
    });
  });

  it.each(['reservedinstance', 'virtualmachinereservedinstance'])(
    'is suspended at once where the %s of it is cancelled',
    (type) => {
      const world = {
        orders: [order({ status: 'cancelled' })],
        entitlements: [entitlement({ type })],
        subscriptions: [plan()],
      };
      expect(inWords(world)).toEqual({ now: [suspendPlan], later: [] });
    },
  );

  it('does not wait for a purchase that is not a reservation', () => {
    const world = { subscriptions: [plan(), subscription({ status: 'pending' })] };
    expect(inWords(world)).toMatchObject({ now: [suspendPlan] });
  });

  it.each(['inactive', 'cancelled', 'deleted', 'expired', 'whatever'])(
    'is suspended when its Azure subscription reads %s',
    (status) => {
      expect(inWords({ subscriptions: [plan()], azureEntitlements: azure(status) })).toEqual({
        now: [suspendPlan],
        later: [],
      });
    },
  );

  it('that reads disabled is not over (test-and-debug)', () => {
    expect(inWords({ subscriptions: [plan({ status: 'disabled' })] })).toEqual({
      now: [suspendPlan],
      later: [],
    });
    expect(inWords({ subscriptions: [plan({ status: 'suspended' })] })).toBe('delete');
  });

  it('of any age is suspended', () => {
    const createdMs = NOW_MS - 400 * DAY_MS;
    const world = {
      orders: [order({ id: 'of-plan', createdMs, lines: [line({ subscriptionId: 'plan' })] })],
      subscriptions: [plan({ createdMs })],
    };
    expect(inWords(world)).toEqual({ now: [suspendPlan], later: [] });
  });

  it('is recognised by its offer in any letter case, even on the line of an order alone', () => {
    const offerId = 'dzh318z0bps6:0001:DZH318Z0BPS7';
    expect(inWords({ subscriptions: [plan({ offerId, productType: '' })] })).toMatchObject({
      now: [suspendPlan],
    });
    const orders = [order({ lines: [line({ offerId })] })];
    expect(inWords({ orders })).toEqual({ now: [], later: [] });
    expect(inWords({ orders }, SETTLED_MS)).toBe('delete');
  });
});

describe('a savings plan (azure-purchase-savings-plan, 403/900321)', () => {
  const commitmentEndMs = Date.UTC(2027, 10, 1);
  it.each<readonly [string, Partial<Subscription>]>([
    ['its sub-type', { productType: 'azure', productSubType: 'savingsplan' }],
    ['its billing type', { productType: 'azure', billingType: 'benefit' }],
    ['its offer', { productType: '', offerId: 'dzh318z09v6F:0001:X' }],
    ['its sub-type alone', { productType: '', productSubType: 'savingsplan' }],
    ['its type', { productType: 'savingsplan' }],
    ['its billing type alone', { productType: '', billingType: 'benefit' }],
  ])('parks by name before any write, recognised by %s', (_name, more) => {
    const world = {
      orders: [order()],
      entitlements: [entitlement()],
      subscriptions: [
        subscription({ id: 'savings', orderId: 'of-savings', commitmentEndMs, ...more }),
      ],
    };
    expect(inWords(world)).toEqual({ parked: 'savings-plan', now: [] });
    expect(decide(inventory(world), NOW_MS, NOW_MS)).toMatchObject({
      parked: {
        orderIds: ['of-savings'],
        explanation: expect.stringContaining(
          'Azure savings plan: subscription savings (active), which ends on 2027-11-01',
        ),
        nextStep: expect.stringContaining('Azure portal'),
      },
    });
  });

  it.each<Partial<OrderLine>>([{}, { subscriptionId: 'not-listed' }])(
    'known by the line %o of an order alone holds all writes until the lists agree, and then parks',
    (more) => {
      const offered = line({ offerId: 'DZH318Z09V6F:0001:X', ...more });
      const savings = order({ id: 'savings', lines: [offered] });
      const world = { orders: [order(), savings], entitlements: [entitlement()] };
      expect(inWords(world)).toEqual({ now: [], later: [cancelOf('order-1')] });
      expect(inWords(world, SETTLED_MS)).toEqual({ parked: 'savings-plan', now: [] });
    },
  );

  it.each(['deleted', 'expired', 'disabled'])('that is %s blocks nothing', (status) => {
    const subscriptions = [
      subscription({ productType: 'azure', productSubType: 'savingsplan', status }),
    ];
    expect(inWords({ subscriptions })).toBe('delete');
  });
});

describe('a trial (create-a-new-subscription)', () => {
  const commitmentEndMs = Date.UTC(2026, 11, 5);
  const trial = (more: Partial<Subscription> = {}) =>
    subscription({ id: 'trial', orderId: 'of-trial', isTrial: true, commitmentEndMs, ...more });

  it.each<readonly [string, Partial<Inventory>, string, string]>([
    [
      'a savings plan',
      { subscriptions: [subscription({ id: 'plan', orderId: 'p', productType: 'savingsplan' })] },
      'savings-plan',
      'plan',
    ],
    [
      'an unknown product',
      { subscriptions: [subscription({ id: 'odd', orderId: 'o', productType: 'quantum' })] },
      'trial',
      'odd',
    ],
    [
      'an order that is too old',
      { orders: [order({ createdMs: NOW_MS - 100 * DAY_MS })] },
      'trial',
      'order-1',
    ],
  ])('beside %s is not written to, and both are named', (_what, more, reason, other) => {
    for (const turned of [false, true]) {
      const subscriptions = [trial({ autoRenewEnabled: true }), ...(more.subscriptions ?? [])];
      const world = { ...more, subscriptions: turned ? subscriptions.toReversed() : subscriptions };
      const decision = decide(inventory(world), NOW_MS, NOW_MS - 60 * 60_000);
      expect(decision).toMatchObject({ kind: 'unreleasable', now: [], parked: { reason } });
      const explanation = decision.kind === 'unreleasable' ? decision.parked.explanation : '';
      expect(explanation).toContain('subscription trial');
      expect(explanation).toContain(other);
    }
  });

  it('parks by name with its last day, and nothing is cancelled', () => {
    const world = { orders: [order()], entitlements: [entitlement()], subscriptions: [trial()] };
    expect(inWords(world)).toEqual({ parked: 'trial', now: [] });
    expect(decide(inventory(world), NOW_MS, NOW_MS)).toMatchObject({
      parked: {
        orderIds: ['of-trial'],
        explanation: expect.stringContaining('which ends on 2026-12-05'),
      },
    });
  });

  it('has its auto-renew turned off, so that it does end', () => {
    expect(inWords({ subscriptions: [trial({ autoRenewEnabled: true })] })).toEqual({
      parked: 'trial',
      now: ['PATCH /subscriptions/trial (auto-renew off)'],
    });
  });

  it('keeps its auto-renew where a savings plan keeps the customer anyway', () => {
    const savings = subscription({ productType: 'azure', productSubType: 'savingsplan' });
    expect(inWords({ subscriptions: [savings, trial({ autoRenewEnabled: true })] })).toEqual({
      parked: 'savings-plan',
      now: [],
    });
  });

  it('is recognised without a product type, by an offer of the catalogue', () => {
    expect(inWords({ subscriptions: [trial({ productType: '' })] })).toEqual({
      parked: 'trial',
      now: [],
    });
    const publishers = trial({ productType: '', isMicrosoftProduct: false });
    expect(inWords({ subscriptions: [publishers] })).toMatchObject({ now: [endOf('trial')] });
  });

  it('that has expired blocks nothing', () => {
    expect(inWords({ subscriptions: [trial({ status: 'expired' })] })).toBe('delete');
  });

  it('of a legacy offer is suspended like any legacy licence', () => {
    const legacy = trial({ productType: '', offerId: GUID });
    expect(inWords({ subscriptions: [legacy] })).toMatchObject({
      now: ['PATCH /subscriptions/trial (status suspended)'],
    });
  });
});

describe('sixty days (cancel-an-order-from-the-integration-sandbox)', () => {
  const createdMs = NOW_MS - 400 * DAY_MS;
  const sold = (more: Partial<Subscription>) => ({
    orders: [order({ createdMs, lines: [line({ subscriptionId: 'subscription-1' })] })],
    subscriptions: [subscription({ createdMs, ...more })],
  });

  it.each<readonly [string, Partial<Subscription>, string]>([
    ['new commerce', {}, endOf('subscription-1')],
    ['marketplace SaaS', { productType: 'saas' }, endOf('subscription-1')],
    [
      'a legacy licence',
      { productType: '', offerId: GUID },
      'PATCH /subscriptions/subscription-1 (status suspended)',
    ],
    [
      'a software subscription, by the subscription,',
      { productType: 'software' },
      endOf('subscription-1'),
    ],
  ])('do not bind %s: it is tried', (_name, more, call) => {
    expect(inWords(sold(more))).toEqual({ now: [call], later: [] });
  });

  it('bind a software subscription by its order to the millisecond, and then its subscription is ended', () => {
    const aged = (ageMs: number) => {
      const bought = {
        createdMs: NOW_MS - ageMs,
        lines: [line({ subscriptionId: 'subscription-1' })],
      };
      return inWords({
        orders: [order(bought)],
        subscriptions: [subscription({ productType: 'software' })],
      });
    };
    expect(aged(60 * DAY_MS)).toEqual({ now: [cancelOf('order-1')], later: [] });
    expect(aged(60 * DAY_MS + 1)).toEqual({ now: [endOf('subscription-1')], later: [] });
  });

  it.each(['reservedinstance', 'software'])('bind an order of %s', (type) => {
    const world = { orders: [order({ createdMs })], entitlements: [entitlement({ type })] };
    expect(inWords(world)).toEqual({ parked: 'cannot-cancel', now: [] });
  });
});

describe('what the service says in advance (subscription-resources)', () => {
  const decisionFor = (more: Partial<Subscription>) =>
    inWords({
      orders: [order()],
      entitlements: [entitlement()],
      subscriptions: [subscription({ orderId: 'other', ...more })],
    });
  const tried = {
    now: expect.arrayContaining([endOf('subscription-1'), cancelOf('order-1')]),
    later: [],
  };
  const tooLate = { parked: 'cannot-cancel', now: [] };

  it.each(['saas', 'software'])(
    'of the last day of %s is believed to the millisecond, and nothing is cancelled after it',
    (productType) => {
      expect(decisionFor({ productType, refundableUntilMs: NOW_MS - 1 })).toEqual(tooLate);
      expect(decisionFor({ productType, refundableUntilMs: NOW_MS })).toEqual(tried);
    },
  );

  it('of the refund of new commerce is not its end: seven days are, from purchase or renewal', () => {
    const aged = (ageMs: number, more: Partial<Subscription> = {}) =>
      decisionFor({ createdMs: NOW_MS - ageMs, refundableUntilMs: NOW_MS - 6 * DAY_MS, ...more });
    expect(aged(7 * DAY_MS)).toEqual(tried);
    expect(aged(7 * DAY_MS + 1)).toEqual(tooLate);
    expect(aged(400 * DAY_MS, { effectiveStartMs: NOW_MS - 7 * DAY_MS })).toEqual(tried);
    expect(aged(400 * DAY_MS, { effectiveStartMs: NOW_MS - 7 * DAY_MS - 1 })).toEqual(tooLate);
    expect(aged(400 * DAY_MS, { refundableUntilMs: NOW_MS })).toEqual(tried);
  });

  it.each(['onlineservicesnce', 'saas', 'software'])(
    'as the last date for the cancellation of %s holds, whatever else it says',
    (productType) => {
      const dated = { productType, refundableUntilMs: NOW_MS + DAY_MS, createdMs: NOW_MS - DAY_MS };
      expect(decisionFor({ ...dated, cancellationAllowedUntilMs: NOW_MS - 1 })).toEqual(tooLate);
      expect(decisionFor({ ...dated, cancellationAllowedUntilMs: NOW_MS })).toEqual(tried);
      const expired = { ...dated, refundableUntilMs: NOW_MS - DAY_MS };
      expect(decisionFor({ ...expired, cancellationAllowedUntilMs: NOW_MS + 1 })).toEqual(tried);
    },
  );

  it('holds also where the service does not say when it was bought', () => {
    const { createdMs: _untold, ...dateless } = subscription({ cancellationAllowedUntilMs: 1 });
    expect(inWords({ subscriptions: [dateless] })).toEqual(tooLate);
  });

  it('of the refund of a marketplace subscription of a year is not its end: fourteen days are', () => {
    const aged = (ageMs: number, termDuration: string) =>
      decisionFor({
        productType: 'saas',
        termDuration,
        createdMs: NOW_MS - ageMs,
        refundableUntilMs: NOW_MS - ageMs + DAY_MS,
      });
    for (const year of ['P1Y', 'p3y']) {
      expect(aged(14 * DAY_MS, year)).toEqual(tried);
      expect(aged(14 * DAY_MS + 1, year)).toEqual(tooLate);
    }
    expect(aged(2 * DAY_MS, 'P1M')).toEqual(tooLate);
  });

  it('does not count for new commerce without a known beginning', () => {
    const { createdMs: _untold, ...dateless } = subscription({ refundableUntilMs: 1 });
    expect(inWords({ subscriptions: [dateless] })).toMatchObject({
      now: [endOf('subscription-1')],
    });
  });

  it.each(['saas', 'software'])('counts for %s without a known beginning', (productType) => {
    const { createdMs: _untold, ...dateless } = subscription({ productType, refundableUntilMs: 1 });
    expect(inWords({ subscriptions: [dateless] })).toEqual(tooLate);
  });

  it('says in the message when it was bought and until when it could be cancelled', () => {
    const subscriptions = [
      subscription({ productType: 'saas', refundableUntilMs: NOW_MS - DAY_MS }),
    ];
    expect(decide(inventory({ subscriptions }), NOW_MS, NOW_MS)).toMatchObject({
      parked: {
        explanation: expect.stringContaining(
          'bought on 2026-11-21 02:00 UTC and could be cancelled until 2026-11-21 02:00 UTC',
        ),
      },
    });
  });

  it('does not bind plans and legacy licences, which are suspended', () => {
    const refundableUntilMs = NOW_MS - DAY_MS;
    expect(inWords({ subscriptions: [plan({ refundableUntilMs })] })).toMatchObject({
      now: [suspendPlan],
    });
  });

  it('is asked as of the first check: what was accepted then goes on', () => {
    const subscriptions = [subscription({ productType: 'saas', refundableUntilMs: NOW_MS - 1 })];
    expect(inWords({ subscriptions }, NOW_MS - DAY_MS)).toMatchObject({
      now: [endOf('subscription-1')],
    });
  });
});

describe('while the subscription of a line is not listed', () => {
  const late = order({ id: 'late', lines: [line({ subscriptionId: 'late' })] });
  const world = { orders: [order(), late], entitlements: [entitlement()] };

  it('nothing is written: it may be a trial, or too old', () => {
    expect(inWords(world, SETTLED_MS + 1)).toEqual({ now: [], later: [cancelOf('order-1')] });
    expect(inWords(world, SETTLED_MS)).toEqual({ now: [cancelOf('order-1')], later: [] });
  });
});

describe('the riskiest call is made first', () => {
  it('new commerce, then SaaS, then what is cancelled by order, then what is suspended', () => {
    const createdMs = NOW_MS - 30 * DAY_MS;
    const world = {
      orders: [order()],
      entitlements: [entitlement()],
      subscriptions: [
        plan(),
        subscription({ id: 'legacy', orderId: 'a', productType: '', offerId: GUID }),
        subscription({ id: 'saas', orderId: 'b', productType: 'saas' }),
        subscription({ id: 'young', orderId: 'c' }),
        subscription({ id: 'old', orderId: 'd', createdMs }),
      ],
      azureEntitlements: [{ id: 'azure-1', planId: 'plan', status: 'active' }],
    };
    expect(inWords(world)).toEqual({
      now: [
        endOf('old'),
        endOf('young'),
        endOf('saas'),
        cancelOf('order-1'),
        'POST /subscriptions/plan/azureEntitlements/azure-1/cancel',
        'PATCH /subscriptions/legacy (status suspended)',
      ],
      later: [suspendPlan],
    });
  });

  it('but an add-on before its parent, whatever the risk', () => {
    const subscriptions = [
      subscription({ id: 'parent', orderId: 'a' }),
      subscription({
        id: 'add-on',
        orderId: 'b',
        productType: '',
        offerId: GUID,
        parentSubscriptionId: 'parent',
      }),
    ];
    expect(inWords({ subscriptions })).toMatchObject({
      now: ['PATCH /subscriptions/add-on (status suspended)', endOf('parent')],
    });
  });
});

describe('a line of which only its order tells something', () => {
  const lines = [line({ offerId: GUID })];
  const commerce = subscription({ id: 'commerce', orderId: 'other' });
  const world = (status: string, more = {}) => ({
    orders: [order({ status, lines, ...more })],
    subscriptions: [commerce],
  });

  it.each(['pending', 'pending_review', 'pending_po_upload', 'po_upload_complete'])(
    'is not judged while that is %s, and nothing is written beside it',
    (status) => {
      for (const startedMs of [SETTLED_MS + 1, SETTLED_MS, SETTLED_MS - DAY_MS]) {
        expect(inWords(world(status), startedMs)).toMatchObject({ now: [] });
      }
    },
  );

  it('holds nothing back where its subscription is still to come and its order is only pending', () => {
    const late = [line({ offerId: GUID, subscriptionId: 'late' })];
    expect(inWords(world('pending', { lines: late }), SETTLED_MS)).toMatchObject({
      now: [endOf('commerce')],
    });
    expect(inWords(world('pending_review', { lines: late }), SETTLED_MS)).toMatchObject({
      now: [],
    });
  });

  it('is judged once the order is fulfilled', () => {
    expect(inWords(world('completed'), SETTLED_MS + 1)).toMatchObject({ now: [] });
    expect(inWords(world('completed'), SETTLED_MS)).toEqual({ parked: 'unknown-product', now: [] });
  });

  it('keeps others from being ended also where an entitlement shows that its product is unknown', () => {
    const entitlements = [entitlement({ type: 'novel' })];
    const novel = { ...world('pending'), entitlements };
    expect(inWords(novel, SETTLED_MS + 1)).toMatchObject({ now: [] });
    expect(inWords(novel, SETTLED_MS)).toEqual({ parked: 'unknown-product', now: [] });
  });
});

describe('an order that reads (order-resources)', () => {
  it.each(['unknown', 'completed', 'suspended', 'partial_success', 'a novelty'])(
    '%s holds something, and is tried',
    (status) => {
      const world = { orders: [order({ status })], entitlements: [entitlement()] };
      expect(inWords(world)).toEqual({ now: [cancelOf('order-1')], later: [] });
    },
  );

  it.each(['po_review_rejected', 'error'])('%s holds nothing by itself', (status) => {
    expect(inWords({ orders: [order({ status })] })).toBe('delete');
    expect(inWords({ orders: [order({ status })], entitlements: [entitlement()] })).toEqual({
      now: [cancelOf('order-1')],
      later: [],
    });
    const empty = entitlement({ lineItemNumber: 0, quantity: 0 });
    expect(inWords({ orders: [order({ status })], entitlements: [empty] })).toBe('delete');
    const lines = [line({ subscriptionId: 'subscription-1' })];
    const sold = { orders: [order({ status, lines })], subscriptions: [subscription()] };
    expect(inWords(sold)).toEqual({ now: [endOf('subscription-1')], later: [] });
  });

  it.each(['pending_review', 'pending_po_upload', 'po_upload_complete'])(
    '%s is waited for until the lists agree, and then tried',
    (status) => {
      const world = { orders: [order({ status })], entitlements: [entitlement()] };
      expect(inWords(world, SETTLED_MS + 1)).toEqual({ now: [], later: [cancelOf('order-1')] });
      expect(inWords(world, SETTLED_MS)).toEqual({ now: [cancelOf('order-1')], later: [] });
      expect(decide(inventory(world), NOW_MS, SETTLED_MS)).toMatchObject({
        underReview: [{ order: { status } }],
      });
    },
  );

  it.each(['pending', 'pending_po_upload'])(
    '%s still brings about the subscription that no list shows',
    (status) => {
      const orders = [order({ status, lines: [line({ subscriptionId: 'late' })] })];
      expect(inWords({ orders }, NOW_MS - DAY_MS)).toEqual({ now: [], later: [] });
    },
  );

  it('pending is waited for, however long', () => {
    const world = { orders: [order({ status: 'pending' })], entitlements: [entitlement()] };
    expect(inWords(world, NOW_MS - DAY_MS)).toEqual({ now: [], later: [cancelOf('order-1')] });
  });
});

describe('an entitlement without an order', () => {
  const { orderId: _none, ...alone } = entitlement();

  it.each(['reservedinstance', 'software', ''])(
    'of type "%s" blocks: nothing is written, and it is parked by name once the lists agree',
    (type) => {
      const world = { entitlements: [{ ...alone, type }], subscriptions: [subscription()] };
      expect(inWords(world, SETTLED_MS + 1)).toMatchObject({ now: [] });
      expect(inWords(world, SETTLED_MS)).toEqual({ parked: 'unknown-product', now: [] });
      expect(decide(inventory(world), NOW_MS, SETTLED_MS)).toMatchObject({
        parked: { explanation: expect.stringContaining('entitlement "p" (without an order)') },
      });
    },
  );

  it('of quantity 0 holds nothing', () => {
    const world = { entitlements: [{ ...alone, quantity: 0 }] };
    expect(inWords(world, SETTLED_MS + 1)).toMatchObject({ now: [] });
    expect(inWords(world, SETTLED_MS)).toBe('delete');
  });

  it('but a savings plan is named as one', () => {
    const world = { entitlements: [{ ...alone, type: 'savingsplan' }] };
    expect(inWords(world, SETTLED_MS)).toEqual({ parked: 'savings-plan', now: [] });
  });
});

describe('the product is never inferred from the billing cycle', () => {
  it.each(['monthly', 'annual', 'triennial', 'none', 'one_time', ''])(
    'a reservation billed %s whose entitlement is not listed yet is cancelled by its order',
    (billingCycle) => {
      expect(inWords({ orders: [order({ billingCycle })] })).toEqual({
        now: [cancelOf('order-1')],
        later: [],
      });
    },
  );

  it('a software subscription that is billed once is not a one-time purchase', () => {
    const orders = [order({ lines: [line({ subscriptionId: 'subscription-1' })] })];
    const subscriptions = [subscription({ productType: 'software' })];
    expect(inWords({ orders, subscriptions })).toEqual({
      now: [cancelOf('order-1')],
      later: [],
    });
  });
});

describe('a subscription is joined to its order', () => {
  const alternateId = '2b912b339251';
  const orders = [order({ id: 'LongFormOfTheOrder1', alternateId, lines: [line()] })];

  it.each(['LongFormOfTheOrder1', alternateId, alternateId.toUpperCase()])(
    'that it names as %s',
    (orderId) => {
      const subscriptions = [
        subscription({ orderId, offerId: line().offerId, productType: 'software' }),
      ];
      expect(inWords({ orders, subscriptions })).toEqual({
        now: [cancelOf('LongFormOfTheOrder1')],
        later: [],
      });
    },
  );

  it('by its offer, where it names no order and no line names it', () => {
    const { orderId: _absent, ...orderless } = subscription({
      offerId: line().offerId,
      productType: 'software',
    });
    expect(inWords({ orders, subscriptions: [orderless] })).toEqual({
      now: [cancelOf('LongFormOfTheOrder1')],
      later: [],
    });
  });

  it('but not by its offer where another line names it', () => {
    const { orderId: _absent, ...orderless } = subscription({
      offerId: line().offerId,
      productType: 'saas',
    });
    const other = order({ id: 'other', lines: [line({ subscriptionId: 'subscription-1' })] });
    expect(inWords({ orders: [...orders, other], subscriptions: [orderless] })).toEqual({
      now: [endOf('subscription-1'), cancelOf('LongFormOfTheOrder1')],
      later: [],
    });
  });

  it.each(['cancelled', 'error', 'po_review_rejected'])(
    'nor by the offer of an order that reads %s and so brought about nothing',
    (status) => {
      const { orderId: _absent, ...orderless } = subscription({
        offerId: line().offerId,
        productType: 'software',
      });
      expect(inWords({ orders: [order({ status })], subscriptions: [orderless] })).toEqual({
        now: [endOf('subscription-1')],
        later: [],
      });
    },
  );

  it.each(['38be2e55-2cb5-4fd9-b4f4-0f4b3a6d7f11', '123456789012'])(
    'or stands by itself where its order is %s, which no list knows',
    (orderId) => {
      expect(inWords({ subscriptions: [subscription({ orderId })] })).toEqual({
        now: [endOf('subscription-1')],
        later: [],
      });
    },
  );

  it('as an entitlement is, by either name in either field', () => {
    const cancelled = [order({ id: 'LongFormOfTheOrder1', alternateId, status: 'cancelled' })];
    const named = [
      { orderId: alternateId },
      { orderId: 'unknown', alternateOrderId: alternateId },
      { orderId: 'unknown', alternateOrderId: 'LongFormOfTheOrder1' },
    ];
    for (const names of named) {
      expect(inWords({ orders: cancelled, entitlements: [entitlement(names)] })).toBe('delete');
    }
  });
});
