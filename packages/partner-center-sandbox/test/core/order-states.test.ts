import { describe, expect, test } from 'vitest';
import type { SandboxSettings } from '../../src/core/settings.ts';
import type { orderStatuses, PurchaseSpec } from '../../src/core/spec.ts';
import { asJson, cancelled, createFixture, itemsOf, seedOne, withStatus } from '../fixture.ts';

function seed(purchase: PurchaseSpec, settings: Partial<SandboxSettings> = {}) {
  const fixture = createFixture(settings);
  const seeded = seedOne(fixture, purchase);
  const read = () => fixture.call('GET', seeded.order).json;
  const cancel = () => {
    const { status, json } = fixture.call('PATCH', seeded.order, cancelled(seeded.orderId));
    return [status, json['code']];
  };
  const blocks = () => (fixture.sandbox.state().customers[0]?.blockedBy.length ?? 0) > 0;
  return { ...seeded, fixture, read, cancel, blocks };
}

const done = [200, undefined];
const inProgress = [409, '800060'];
const cannot = [400, '800061'];

describe('an order that reads', () => {
  test.each([
    ['unknown', done, true],
    ['completed', done, true],
    ['pending', inProgress, true],
    ['cancelled', done, false],
    ['suspended', done, true],
    ['pending_review', inProgress, true],
    ['pending_po_upload', inProgress, true],
    ['po_upload_complete', inProgress, true],
    ['po_review_rejected', cannot, false],
    // Of one line, which failed.
    ['partial_success', done, false],
    ['error', cannot, false],
  ] as const)('%s answers a cancellation, and blocks or not', (orderStatus, answer, blocked) => {
    const { read, cancel, blocks } = seed({ kind: 'reservation', orderStatus });
    expect([read()['status'], blocks()]).toEqual([orderStatus, blocked]);
    expect(cancel()).toEqual(answer);
  });

  test.each([
    ['accepted', done],
    ['refused', cannot],
    ['in-progress', inProgress],
  ] as const)(
    'pending_po_upload can be cancelled as configured: %s',
    (cancelUnderReview, answer) => {
      const purchase = { kind: 'perpetual-software', orderStatus: 'pending_po_upload' } as const;
      expect(seed(purchase, { cancelUnderReview }).cancel()).toEqual(answer);
    },
  );

  test('error can hold what was bought, an Azure plan too, and be cancelled', () => {
    const { fixture, customer, customerId, cancel, blocks } = seed(
      { kind: 'reservation', orderStatus: 'error' },
      { failedOrders: 'hold' },
    );
    const plan = { kind: 'azure-plan', azureSubscriptions: 0 } as const;
    const [id] = fixture.sandbox.addPurchase(customerId, plan).subscriptionIds;
    const path = `${customer}/subscriptions/${id}`;
    const suspend = fixture.call('PATCH', path, withStatus(fixture, path, 'suspended'));
    expect([blocks(), suspend.json['code']]).toEqual([true, '900115']);
    expect(cancel()).toEqual(done);
  });
});

describe('an order whose subscriptions have all', () => {
  test.each([
    ['suspended', 'when-suspended', 'suspended'],
    ['suspended', 'never', 'completed'],
    ['deleted', 'when-suspended', 'completed'],
    ['deleted', 'when-suspended-or-deleted', 'cancelled'],
  ] as const)('become %s reads as configured (%s): %s', (status, follows, reads) => {
    const { fixture, ids, customer, read } = seed(
      { kind: 'new-commerce', lines: 2 },
      { ordersFollowSubscriptions: follows },
    );
    const seen = ids.subscriptionIds.map((id) => {
      const path = `${customer}/subscriptions/${id}`;
      fixture.call('PATCH', path, withStatus(fixture, path, status));
      return read()['status'];
    });
    expect(seen).toEqual(['completed', reads]);
  });
});

describe('an order under review', () => {
  const review = { kind: 'perpetual-software', orderStatus: 'po_upload_complete' } as const;

  test('is of an offer that asks for a purchase order, and nothing of it is delivered', () => {
    const { read, fixture, customer } = seed({ ...review, quantity: 2 });
    const lines = read()['lineItems'];
    const [line] = Array.isArray(lines) ? lines.map(asJson) : [];
    expect(String(line?.['offerId'])).toMatch(/^DG7GMGF0D7F[VT]:/);
    expect(itemsOf(fixture.call('GET', `${customer}/entitlements`))[0]).toMatchObject({
      quantity: 0,
      quantityDetails: [
        { quantity: 0, status: 'fulfilled' },
        { quantity: 2, status: 'unfulfilled' },
      ],
    });
  });

  test.each([
    ['po_upload_complete', 'prefulfillmentPending'],
    ['po_review_rejected', 'unfulfilled'],
    ['error', 'unfulfilled'],
    ['completed', 'fulfilled'],
  ] as const)('or %s is provisioned as %s', (orderStatus, status) => {
    const { fixture, order } = seed({ kind: 'reservation', orderStatus });
    const caller = { ...fixture.sandbox.appOnlyCaller, appOnly: false };
    const answer = fixture.call('GET', `${order}/provisioningstatus`, undefined, { caller });
    expect(itemsOf(answer).map((line) => line['status'])).toEqual([status]);
  });

  test('waits for ever unless the purchase says how long', () => {
    const { fixture, read } = seed(review);
    fixture.clock.advance(365 * 24 * 3_600_000);
    expect(read()['status']).toBe('po_upload_complete');
  });

  test('is completed in its time, with its subscription, or rejected and never processed', () => {
    const bought = { ...review, kind: 'new-commerce', pendingForMs: 10 } as const;
    const good = seed(bought);
    const subscriptions = () =>
      itemsOf(good.fixture.call('GET', `${good.customer}/subscriptions`)).map(
        ({ status }) => status,
      );
    expect(subscriptions()).toEqual([]);
    expect(JSON.stringify(good.read())).not.toContain('subscriptionId');
    good.fixture.clock.advance(10);
    expect([good.read()['status'], good.blocks()]).toEqual(['completed', true]);
    expect(subscriptions()).toEqual(['active']);
    const bad = seed({ ...bought, reviewEndsAs: 'po_review_rejected' });
    bad.fixture.clock.advance(10);
    expect([bad.read()['status'], bad.blocks()]).toEqual(['po_review_rejected', false]);
    expect(itemsOf(bad.fixture.call('GET', `${bad.customer}/subscriptions`))).toEqual([]);
  });
});

describe('how things are written', () => {
  test.each([
    ['snake_case', 'po_upload_complete', 'one_time', 'cancelled'],
    ['PascalCase', 'PoUploadComplete', 'OneTime', 'Cancelled'],
    ['camelCase', 'poUploadComplete', 'oneTime', 'cancelled'],
    ['blanks', 'po upload complete', 'one time', 'cancelled'],
    ['UPPERCASE', 'PO_UPLOAD_COMPLETE', 'ONE_TIME', 'CANCELLED'],
  ] as const)('can be %s', (statusSpelling, underReview, billingCycle, over) => {
    const settings = { statusSpelling } as const;
    const order = (orderStatus: (typeof orderStatuses)[number]) =>
      seed({ kind: 'reservation', orderStatus }, settings).read();
    expect(order('po_upload_complete')).toMatchObject({ status: underReview, billingCycle });
    expect(order('cancelled')['status']).toBe(over);
  });

  test('can be American, and in other letters', () => {
    const american = seed(
      { kind: 'reservation', orderStatus: 'cancelled' },
      { cancelledSpelling: 'canceled' },
    );
    expect(american.read()['status']).toBe('canceled');
    const back = american.fixture.call('PATCH', american.order, american.read());
    expect(back.status).toBe(200);
    const fixture = createFixture({ typeCase: 'lower' });
    const { subscription } = seedOne(fixture, { kind: 'savings-plan' });
    expect(fixture.call('GET', subscription).json).toMatchObject({
      offerId: 'dzh318z09v6f:0001:dzh318z0bld3',
      productType: { id: 'azure', subType: { id: 'savingsplan' } },
    });
  });

  test.each([
    ['named', { id: 'Azure', displayName: 'Azure' }],
    ['id-only', { id: 'Azure' }],
    [
      'with-sub-type',
      { id: 'Azure', displayName: 'Azure', subType: { id: 'Azure', displayName: 'Azure' } },
    ],
  ] as const)('shows the type of an Azure plan %s', (productTypeForm, productType) => {
    const fixture = createFixture({ productTypeForm });
    const { subscription } = seedOne(fixture, { kind: 'azure-plan' });
    expect(fixture.call('GET', subscription).json['productType']).toEqual(productType);
  });

  test('refusals can have contractions', () => {
    const { fixture, customer } = seed({ kind: 'reservation' }, { textsUse: 'contractions' });
    const { description } = fixture.call('DELETE', customer).json;
    expect(description).toMatch(/^Customer relationship can't be removed due to active/);
  });

  test.each(['reservation', 'azure-plan', 'savings-plan', 'software-subscription'] as const)(
    'the billing cycle of a %s is one_time, and does not say what it is',
    (kind) => expect(seed({ kind }).read()['billingCycle']).toBe('one_time'),
  );

  test('a reservation may be billed monthly', () => {
    const { read } = seed({ kind: 'reservation', billingCycle: 'monthly' });
    expect(read()['billingCycle']).toBe('monthly');
  });
});

describe('the ids of an order', () => {
  test.each([
    ['long', /^[\w-]{32}\d$/],
    ['short', /^[0-9a-f]{12}$/],
    ['guid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
    ['decimal', /^[1-9]\d{10,11}$/],
  ] as const)('can be %s', (orderIdForm, form) => {
    const { orderId, read, cancel } = seed({ kind: 'reservation', orderIdForm });
    expect(orderId).toMatch(form);
    expect(read()['id']).toBe(orderId);
    expect(cancel()).toEqual(done);
  });

  test('can be joined by id, by alternate id, or not at all', () => {
    const fixture = createFixture();
    const shown = (subscriptionOrderId: PurchaseSpec['subscriptionOrderId']) => {
      const { ids, subscription } = seedOne(fixture, {
        kind: 'saas',
        ...(subscriptionOrderId && { subscriptionOrderId }),
      });
      const { orderId } = fixture.call('GET', subscription).json;
      return [orderId === ids.orderIds[0], orderId === ids.alternateIds[0], orderId === undefined];
    };
    expect(shown(undefined)).toEqual([true, false, false]);
    expect(shown('alternateId')).toEqual([false, true, false]);
    expect(shown('absent')).toEqual([false, false, true]);
  });

  test('can lack the alternate one, also in entitlements and in the refused DELETE', () => {
    const { fixture, customer, read, orderId } = seed({
      kind: 'reservation',
      alternateIdForm: 'absent',
    });
    expect(read()).not.toHaveProperty('alternateId');
    const [entitlement] = itemsOf(fixture.call('GET', `${customer}/entitlements`));
    expect(entitlement?.['referenceOrder']).toEqual({ id: orderId, lineItemId: '0' });
    expect(fixture.call('DELETE', customer).json['description']).toContain(orderId);
  });

  test('can be the same twice, or the alternate one a GUID', () => {
    const same = seed({ kind: 'reservation', orderIdForm: 'short', alternateIdForm: 'same' });
    expect(same.read()['alternateId']).toBe(same.orderId);
    const guid = seed({ kind: 'reservation', alternateIdForm: 'guid' });
    expect(guid.read()['alternateId']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('lead to it by the alternate one only where the setting says so', () => {
    for (const orderByAlternateId of [false, true]) {
      const { fixture, customer, order, ids } = seed(
        { kind: 'reservation' },
        { orderByAlternateId },
      );
      const alternate = String(ids.alternateIds[0]);
      const answer = fixture.call('GET', `${customer}/orders/${alternate}`);
      expect(answer.status).toBe(orderByAlternateId ? 200 : 404);
      const named = fixture.call('PATCH', order, cancelled(alternate));
      expect(named.status).toBe(orderByAlternateId ? 200 : 400);
    }
  });
});

describe('entitlements', () => {
  test('leave out what is unfulfilled or transferred', () => {
    const { fixture, customer } = seed({
      kind: 'perpetual-software',
      quantity: 5,
      unfulfilled: 2,
      transferred: 1,
    });
    expect(itemsOf(fixture.call('GET', `${customer}/entitlements`))[0]).toMatchObject({
      quantity: 2,
      quantityDetails: [
        { quantity: 2, status: 'fulfilled' },
        { quantity: 2, status: 'unfulfilled' },
        { quantity: 1, status: 'transferred' },
      ],
    });
  });

  test('include others that repeat the order of theirs', () => {
    const { fixture, customer, orderId } = seed({ kind: 'perpetual-software', included: 2 });
    const [entitlement] = itemsOf(fixture.call('GET', `${customer}/entitlements`));
    const referenceOrder = { id: orderId, lineItemId: '0' };
    expect(entitlement).toMatchObject({
      referenceOrder,
      includedEntitlements: [
        { referenceOrder, productId: 'DG7GMGF0DWTJ', skuId: '0001' },
        { referenceOrder, productId: 'DG7GMGF0DWLG', skuId: '0002' },
      ],
    });
  });
});

describe('an old order', () => {
  test.each([
    ['by-product', 'reservation', '800061'],
    ['by-product', 'perpetual-software', '900117'],
    ['900117', 'reservation', '900117'],
    ['800061', 'perpetual-software', '800061'],
  ] as const)('says so by code %s of a %s', (tooOldCode, kind, code) => {
    expect(seed({ kind, ageDays: 61 }, { tooOldCode }).cancel()).toEqual([400, code]);
  });

  test.each([
    ['perpetual-software', 30],
    ['software-subscription', 7],
  ] as const)('of %s can be bound by %i days', (kind, days) => {
    const settings = { softwareWindows: 'as-in-production' } as const;
    expect(seed({ kind, ageDays: days + 0.01 }, settings).cancel()).toEqual([400, '900117']);
    expect(seed({ kind, ageDays: days }, settings).cancel()).toEqual(done);
  });
});

test('a savings plan takes no write on its order either: 403 900321', () => {
  const { cancel, blocks } = seed({ kind: 'savings-plan' });
  expect(cancel()).toEqual([403, '900321']);
  expect(blocks()).toBe(true);
});

test('new orders can be late by themselves', () => {
  const { fixture, order } = seed(
    { kind: 'reservation', ageDays: 0 },
    { newOrdersLateMs: 900_000 },
  );
  fixture.clock.advance(899_999);
  expect(fixture.call('GET', order).status).toBe(404);
  fixture.clock.advance(1);
  expect(fixture.call('GET', order).status).toBe(200);
});
