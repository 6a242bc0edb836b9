import { describe, expect, it } from 'vitest';
import { type Invocation, newInvocation } from '../../simulation/invocation.ts';
import { Cancellations } from '../../simulation/oracle/cancellations.ts';
import { foreseen } from '../../simulation/oracle/foreseen.ts';
import { objectionToRelease } from '../../simulation/oracle/may-release.ts';
import { blockedBy } from '../../simulation/oracle/released.ts';
import type { Write } from '../../simulation/write.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 2);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PLAN_PATH = '/customers/c/subscriptions/plan';

type Json = Readonly<Record<string, unknown>>;
const daysAgo = (days: number) => new Date(NOW_MS - days * DAY_MS).toISOString();

const line = (more: Json = {}): Json => ({
  lineItemNumber: 0,
  offerId: 'DZH318Z0BQ3W:007J:DZH318Z0BMTW',
  quantity: 1,
  ...more,
});
const order = (more: Json = {}): Json => ({
  id: 'order',
  alternateId: 'alternate',
  status: 'completed',
  creationDate: daysAgo(1),
  lineItems: [line()],
  ...more,
});
const subscription = (more: Json = {}): Json => ({
  id: 'one',
  orderId: 'sold',
  status: 'active',
  offerId: 'CFQ7TTC0LH18:0001:CFQ7TTC0K971',
  productType: { id: 'OnlineServicesNCE' },
  creationDate: daysAgo(1),
  ...more,
});
const plan = (more: Json = {}) =>
  subscription({ id: 'plan', productType: { id: 'Azure' }, offerId: 'DZH318Z0BPS6:1:2', ...more });
const licence = (more: Json = {}) =>
  subscription({
    productType: undefined,
    offerId: '031C9E47-4802-4248-838E-778FB1D2CC05',
    ...more,
  });
const software = (more: Json = {}) => subscription({ productType: { id: 'Software' }, ...more });
const entitlement = (more: Json = {}): Json => ({
  quantity: 1,
  entitlementType: 'reservedinstance',
  referenceOrder: { id: 'order' },
  ...more,
});

interface Shown {
  readonly orders?: readonly Json[];
  readonly subscriptions?: readonly Json[];
  readonly entitlements?: readonly Json[];
  readonly azure?: readonly Json[];
}

function readsOf({ orders = [], subscriptions = [], entitlements = [], azure }: Shown) {
  const lists = Object.entries({
    '/customers/c/orders': orders,
    '/customers/c/subscriptions': subscriptions,
    '/customers/c/entitlements': entitlements,
    ...(azure && { [`${PLAN_PATH}/azureEntitlements`]: azure }),
  });
  return new Map(lists.map(([path, items]) => [path, JSON.stringify({ items })]));
}

const blocked = (shown: Shown, ageMs = HOUR_MS) =>
  blockedBy(readsOf(shown), 'c', { ageMs, readsEntitlements: true });

/** As an application by itself sees it, to which the entitlements are refused. */
function blockedWithoutEntitlements(shown: Shown) {
  const reads = readsOf(shown);
  reads.delete('/customers/c/entitlements');
  return blockedBy(reads, 'c', { ageMs: HOUR_MS, readsEntitlements: false });
}

describe('the oracle decides what blocks', () => {
  // Seed 494,390 of an earlier simulation: the subscription was read a moment before its line.
  it('and counts a line of quantity 0 as cancelled, whatever its software subscription read', () => {
    const sold = (quantity: number, status = 'active') => ({
      orders: [order({ lineItems: [line({ quantity, subscriptionId: 'one' })] })],
      subscriptions: [software({ status, orderId: undefined })],
    });
    expect(blocked(sold(0))).toBeUndefined();
    expect(blocked(sold(1))).toBe('subscription one reads active');
    expect(blocked(sold(1, 'deleted'))).toBeUndefined();
  });

  it.each<readonly [string, Json, boolean]>([
    ['suspended new commerce', subscription({ status: 'Suspended' }), true],
    ['disabled new commerce', subscription({ status: 'disabled' }), false],
    ['a suspended trial', subscription({ status: 'suspended', isTrial: true }), true],
    ['a suspended licence', licence({ status: 'suspended' }), false],
    ['an expired licence', licence({ status: 'EXPIRED' }), false],
    ['a suspended Azure plan', plan({ status: 'suspended' }), false],
    ['a disabled Azure plan', plan({ status: 'disabled' }), true],
    [
      'a suspended savings plan',
      plan({ status: 'suspended', productType: { id: 'azure', subType: { id: 'SavingsPlan' } } }),
      true,
    ],
    [
      'a savings plan by its offer',
      plan({ status: 'suspended', offerId: 'dzh318z09v6f:1:2' }),
      true,
    ],
    ['a benefit', plan({ status: 'suspended', offerId: 'x', billingType: 'Benefit' }), true],
    ['suspended SaaS', subscription({ productType: { id: 'SaaS' }, status: 'suspended' }), true],
    ['a pending subscription', subscription({ status: 'pending' }), true],
  ])('%s', (_name, one, blocks) => {
    expect(blocked({ subscriptions: [one] }) !== undefined).toBe(blocks);
  });

  it('a software subscription ends with its order, by either of its ids; new commerce does not', () => {
    const orders = [order({ status: 'Canceled' })];
    for (const orderId of ['order', 'ALTERNATE']) {
      expect(blocked({ orders, subscriptions: [software({ orderId })] })).toBeUndefined();
      expect(blocked({ orders, subscriptions: [subscription({ orderId })] })).toBeDefined();
    }
  });

  it.each([
    ['cancelled', false],
    ['po_review_rejected', false],
    ['Error', false],
    ['unknown', true],
    ['suspended', true],
    ['pendingPoUpload', true],
    ['pending', true],
    ['completed', true],
  ])('an order that reads %s', (status, blocks) => {
    expect(blocked({ orders: [order({ status })] }) !== undefined).toBe(blocks);
  });

  it('a line that failed blocks as long as its subscription may come, or nothing says that it failed', () => {
    const inPart = (offerId: string, status = 'Partial Success') => [
      order({ status, lineItems: [line({ offerId })] }),
    ];
    const newCommerce = inPart('CFQ7TTC0LH18:0001:CFQ7TTC0K971');
    expect(blocked({ orders: newCommerce }, 0)).toBeDefined();
    expect(blocked({ orders: newCommerce })).toBeUndefined();
    expect(blocked({ orders: inPart('CFQ7TTC0LH18:1:2', 'completed') })).toBeDefined();
    const reservation = inPart('DZH318Z0BQ3W:007J:DZH318Z0BMTW');
    const held = (quantity: number) => [
      entitlement({ quantity, referenceOrder: { id: 'ALTERNATE', lineItemId: '0' } }),
    ];
    expect(blocked({ orders: reservation, entitlements: held(1) })).toBeDefined();
    expect(blocked({ orders: reservation, entitlements: held(0) })).toBeUndefined();
    expect(blocked({ orders: reservation })).toBeUndefined();
    expect(blockedWithoutEntitlements({ orders: reservation })).toBeDefined();
    expect(blockedWithoutEntitlements({ orders: newCommerce })).toBeUndefined();
  });

  it('a purchase that is not listed yet blocks as long as it may appear', () => {
    const unlisted = {
      entitlements: [entitlement({ quantity: 0, quantityDetails: [{ quantity: 1 }] })],
    };
    const inside = {
      entitlements: [entitlement({ quantity: 0, includedEntitlements: [entitlement()] })],
    };
    for (const shown of [unlisted, inside]) {
      expect(blocked(shown, 0)).toBe('order order is not listed yet');
      expect(blocked(shown)).toBeUndefined();
    }
    const sold = (status: string) => ({
      orders: [order({ status, lineItems: [line({ subscriptionId: 'late' })] })],
    });
    expect(blocked(sold('completed'), 0)).toBeDefined();
    expect(blocked(sold('completed'))).toBeUndefined();
    expect(blocked(sold('pending'))).toBeDefined();
  });
});

describe('the oracle knows from the lists alone', () => {
  const why = (shown: Shown) => foreseen(readsOf(shown), 'c', NOW_MS);

  it.each<readonly [string, Json]>([
    ['a savings plan', plan({ billingType: 'benefit', offerId: 'x' })],
    ['a trial', subscription({ isTrial: true })],
    ['a product that no one knows', subscription({ productType: { id: 'QuantumMinutes' } })],
    [
      'what says itself that it is too late',
      software({ cancellationAllowedUntilDate: daysAgo(0.1) }),
    ],
  ])('that %s is not cancelled', (_name, one) => {
    expect(why({ subscriptions: [one] })).toBeDefined();
    expect(why({ subscriptions: [{ ...one, status: 'deleted' }] })).toBeUndefined();
  });

  it('that an order is older than sixty days, and a subscription of any age is not bound', () => {
    const old = { creationDate: daysAgo(61) };
    expect(why({ orders: [order(old)] })).toBeDefined();
    expect(why({ orders: [order({ creationDate: daysAgo(59) })] })).toBeUndefined();
    expect(why({ orders: [order({ ...old, status: 'cancelled' })] })).toBeUndefined();
    const lineItems = [line({ subscriptionId: 'one' })];
    for (const one of [subscription(old), software(old), licence(old), plan(old)]) {
      expect(why({ orders: [order({ ...old, lineItems })], subscriptions: [one] })).toBeUndefined();
    }
  });

  it('that the end of a refund is not the end of a longer cancellation window', () => {
    const refunded = (days: number, more: Json = {}) => ({
      subscriptions: [
        subscription({
          creationDate: daysAgo(days),
          refundOptions: [{ type: 'Full', expiresAfter: daysAgo(days - 1) }],
          ...more,
        }),
      ],
    });
    const saas = (termDuration: string) => ({ productType: { id: 'SaaS' }, termDuration });
    expect(why(refunded(6))).toBeUndefined();
    expect(why(refunded(8))).toBeDefined();
    expect(why(refunded(6, saas('P1M')))).toBeDefined();
    expect(why(refunded(13, saas('P1Y')))).toBeUndefined();
    expect(why(refunded(15, saas('P1Y')))).toBeDefined();
  });
});

describe('the oracle objects', () => {
  const about = (shown: Shown): Invocation => ({ ...invocation(), reads: readsOf(shown) });
  const patch = (path: string, json: Json = {}): Write => ({
    ...{ method: 'patch', path, json },
    tenantId: undefined,
  });
  const said = (shown: Shown, write: Write) =>
    objectionToRelease(about(shown), write, {
      ...{ customerId: 'c', startedMs: NOW_MS, nowMs: NOW_MS },
      called: { tried: new Set(['order']), accepted: new Set() },
      reservations: () => ['order'],
    });
  const suspend = patch(PLAN_PATH, { status: 'suspended' });

  it('to suspending a plan while an Azure subscription reads active, or was not read', () => {
    const subscriptions = [plan()];
    const azure = (status: string) => [{ id: 'azure', status }];
    expect(said({ subscriptions, azure: azure('Active') }, suspend)).toMatch(/azure is active/);
    expect(said({ subscriptions }, suspend)).toMatch(/without having read/);
    expect(said({ subscriptions, azure: azure('inactive') }, suspend)).toBeUndefined();
  });

  it('to suspending a plan while a reservation stands', () => {
    const shown = (more: Json) => ({ orders: [order(more)], subscriptions: [plan()], azure: [] });
    expect(said(shown({}), suspend)).toMatch(/reservation order stands/);
    expect(said(shown({ status: 'cancelled' }), suspend)).toBeUndefined();
    expect(said(shown({ lineItems: [line({ quantity: 0 })] }), suspend)).toBeUndefined();
    expect(said(shown({ id: 'software' }), suspend)).toBeUndefined();
  });

  it('to every write for a customer that can never be deleted, but not to turning off the renewal of a trial', () => {
    const shown = { orders: [order()], subscriptions: [subscription({ isTrial: true })] };
    const trial = '/customers/c/subscriptions/one';
    expect(said(shown, patch('/customers/c/orders/order'))).toMatch(/is a trial/);
    expect(said(shown, patch(trial, { status: 'deleted', autoRenewEnabled: false }))).toBeDefined();
    expect(said(shown, patch(trial, { status: 'active', autoRenewEnabled: true }))).toBeDefined();
    expect(
      said(shown, patch(trial, { status: 'active', autoRenewEnabled: false })),
    ).toBeUndefined();
  });
});

describe('an accepted cancellation of an Azure subscription', () => {
  const path = `${PLAN_PATH}/azureEntitlements/azure/cancel`;
  const write: Write = { method: 'post', path, json: {}, tenantId: undefined };
  const MINUTE_MS = 60_000;

  it('is not repeated within ten minutes by checks that can know of it', () => {
    const cancellations = new Cancellations();
    const first = invocation('t');
    first.cancelled.set(path, NOW_MS);
    cancellations.sent(first, 't:check:1');
    cancellations.sent(invocation('t'), 't:check:1');
    const next = invocation('t:check:1');
    const repeated = (ms: number, by: Invocation) =>
      cancellations.repeatedAfterMs(by, write, NOW_MS + ms);
    expect(repeated(0, first)).toBe(0);
    expect(repeated(10 * MINUTE_MS - 1, next)).toBe(10 * MINUTE_MS - 1);
    expect(repeated(10 * MINUTE_MS, next)).toBeUndefined();
    expect(repeated(0, invocation('t'))).toBeUndefined();
    cancellations.sent(next, 't:check:2');
    expect(repeated(1, invocation('t:check:2'))).toBe(1);
    expect(
      cancellations.repeatedAfterMs(next, { ...write, path: PLAN_PATH }, NOW_MS),
    ).toBeUndefined();
  });
});

function invocation(messageId = ''): Invocation {
  const message = { content: { messageId, body: {} } } as unknown as NonNullable<
    Invocation['message']
  >;
  const about = { instance: 0, path: 'teardown-checks', teardownId: 't', attempt: 1, message };
  return newInvocation({ ...about, startedMs: NOW_MS });
}
