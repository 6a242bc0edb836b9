import { describe, expect, it } from 'vitest';
import { riskierThan } from '../../simulation/oracle/riskier.ts';
import type { Write } from '../../simulation/write.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 2);
const DAY_MS = 24 * 3_600_000;

type Json = Readonly<Record<string, unknown>>;
const daysFromNow = (days: number) => new Date(NOW_MS + days * DAY_MS).toISOString();
const bought = (daysAgo: number): Json => ({ creationDate: daysFromNow(-daysAgo) });

/** Something that stands, as the lists show it: an order's line, a subscription, or both. */
interface Shown {
  readonly path: string;
  readonly subscription?: Json;
  readonly order?: Json;
  readonly entitlement?: Json;
}

function subscription(id: string, type: string | undefined, daysAgo: number, more: Json = {}) {
  const offerId = type ? 'CFQ7TTC0LH18:0001:CFQ7TTC0K971' : '031C9E47-4802-4248-838E-778FB1D2CC05';
  const one = { id, offerId, status: 'active', ...bought(daysAgo), ...more };
  const subscriptionOfType = type ? { ...one, productType: { id: type } } : one;
  return { path: `subscriptions/${id}`, subscription: subscriptionOfType };
}

function line(id: string, daysAgo: number, more: Json = {}, entitlementType?: string): Shown {
  const lineItems = [{ lineItemNumber: 0, offerId: 'A:B:C', quantity: 1 }];
  const referenceOrder = { id, lineItemId: '0' };
  return {
    path: `orders/${id}`,
    order: { id, status: 'completed', lineItems, ...bought(daysAgo), ...more },
    ...(entitlementType && { entitlement: { quantity: 1, entitlementType, referenceOrder } }),
  };
}

const newCommerce = (daysAgo: number, more?: Json) =>
  subscription('nce', 'OnlineServicesNCE', daysAgo, more);
const saas = (daysAgo: number, termDuration?: string) =>
  subscription('saas', 'SaaS', daysAgo, termDuration === undefined ? {} : { termDuration });
const software = (daysAgo: number) => subscription('software', 'Software', daysAgo);
const plan = subscription('plan', 'Azure', 100);
const licence = subscription('licence', undefined, 100);
const reservation = (daysAgo: number) => line('reservation', daysAgo, {}, 'reservedinstance');
const perpetual = (daysAgo: number) => line('perpetual', daysAgo, {}, 'software');

const undated = newCommerce(0, { creationDate: undefined });
const waiting = line('waiting', 1, { status: 'pending_review' }, 'software');

const none = { tried: new Set<string>(), accepted: new Set<string>() };

/** What the oracle says of a call that ends the one while the other stands. */
function objection(ended: Shown, other: Shown, called = none) {
  const shown = [ended, other];
  const list = (name: 'order' | 'subscription' | 'entitlement') =>
    JSON.stringify({ items: shown.flatMap((each) => each[name] ?? []) });
  const reads = new Map([
    ['/customers/c/orders', list('order')],
    ['/customers/c/subscriptions', list('subscription')],
    ['/customers/c/entitlements', list('entitlement')],
  ]);
  const path = `/customers/c/${ended.path}`;
  const write: Write = { method: 'patch', path, json: {}, tenantId: undefined };
  return riskierThan(reads, write, { customerId: 'c', nowMs: NOW_MS, ...called });
}

describe('the oracle wants the riskier call first', () => {
  it.each<readonly [name: string, risky: Shown, lessRisky: Shown]>([
    ['new commerce after seven days, SaaS of unknown term', newCommerce(8), saas(1, 'P3Y')],
    ['new commerce after seven days, or within', newCommerce(8), software(6)],
    ['software after seven days, new commerce within', software(8), newCommerce(6)],
    ['SaaS of a month after a day, new commerce within', saas(1.1, 'P1M'), newCommerce(6)],
    ['SaaS of a year after fourteen days, a reservation', saas(15, 'P1Y'), reservation(50)],
    ['software after thirty days, a reservation', perpetual(31), reservation(31)],
    ['a line of no known kind after thirty days, new commerce within', line('x', 31), software(6)],
    ['SaaS without a term, new commerce within', saas(0), newCommerce(6)],
    ['new commerce without a date, new commerce within', undated, software(6)],
    ['an order that waits for a person, new commerce within', waiting, newCommerce(6)],
    ['new commerce within its window, a licence', newCommerce(6), licence],
    ['a reservation, an Azure plan', reservation(1), plan],
  ])('%s', (_name, risky, lessRisky) => {
    expect(objection(lessRisky, risky)).toMatch(/before the riskier call/);
    expect(objection(risky, lessRisky)).toBeUndefined();
  });

  it('but goes by the dates of the service where they allow it', () => {
    for (const dates of [
      { cancellationAllowedUntilDate: daysFromNow(1) },
      { refundOptions: [{ type: 'Full', expiresAfter: daysFromNow(1) }] },
      { refundOptions: [{ type: 'Full' }] },
    ]) {
      expect(objection(reservation(1), newCommerce(20, dates))).toBeUndefined();
    }
    const refundIsOver = { refundOptions: [{ type: 'Full', expiresAt: daysFromNow(-1) }] };
    expect(objection(reservation(1), newCommerce(6, refundIsOver))).toBeUndefined();
    expect(objection(reservation(1), newCommerce(20, refundIsOver))).toBeDefined();
  });

  it('and asks for its acceptance, unless its window allows it', () => {
    const tried = { ...none, tried: new Set(['nce']) };
    const accepted = { ...tried, accepted: new Set(['nce']) };
    expect(objection(reservation(1), newCommerce(8), tried)).toBeDefined();
    expect(objection(reservation(1), newCommerce(8), accepted)).toBeUndefined();
    expect(objection(licence, newCommerce(6))).toBeDefined();
    expect(objection(licence, newCommerce(6), tried)).toBeUndefined();
  });

  it('also while it is pending, but does not wait where its window allows it', () => {
    const pending = { status: 'pending' };
    expect(objection(licence, newCommerce(8, pending))).toBeDefined();
    expect(objection(licence, line('x', 31, pending))).toBeDefined();
    expect(objection(licence, newCommerce(6, pending))).toBeUndefined();
  });

  it('among those that depend on no other', () => {
    const base = newCommerce(8);
    const addOn = (more: Json) =>
      subscription('add-on', 'OnlineServicesNCE', 1, { parentSubscriptionId: 'nce', ...more });
    expect(objection(addOn({}), base)).toBeUndefined();
    expect(objection(addOn({ status: 'deleted' }), base)).toBeDefined();
  });

  it('not before what has ended, or failed', () => {
    expect(objection(licence, newCommerce(8, { status: 'deleted' }))).toBeUndefined();
    expect(objection(licence, line('x', 31, { status: 'cancelled' }))).toBeUndefined();
    const failed = line('x', 1, { status: 'partial_success' });
    expect(objection(licence, failed)).toBeUndefined();
  });

  it('of a software subscription by its order or by itself', () => {
    const lineItems = [
      { lineItemNumber: 0, offerId: 'A:B:C', quantity: 1, subscriptionId: 'software' },
    ];
    const sold: Shown = {
      ...line('sold', 8, { lineItems }),
      subscription: software(8).subscription,
    };
    expect(objection(sold, perpetual(31))).toBeUndefined();
    expect(
      objection(reservation(1), sold, { ...none, accepted: new Set(['sold']) }),
    ).toBeUndefined();
    expect(objection(reservation(1), sold)).toBeDefined();
  });
});
