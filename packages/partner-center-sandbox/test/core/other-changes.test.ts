import { describe, expect, test } from 'vitest';
import type { PurchaseSpec } from '../../src/core/spec.ts';
import { asJson, createFixture, type Json, seedOne } from '../fixture.ts';

/** What a PATCH changes beside what the call is for is refused, in the codes of article error-codes where it has one. */

function seed(purchase: PurchaseSpec, settings: Parameters<typeof createFixture>[0] = {}) {
  const fixture = createFixture(settings);
  const seeded = seedOne(fixture, purchase);
  const asking = (path: string) => ({
    read: () => fixture.call('GET', path).json,
    patch(body: Json) {
      const { status, json } = fixture.call('PATCH', path, body);
      return status === 200 ? 200 : [status, json['code']];
    },
  });
  return {
    fixture,
    subscription: asking(seeded.subscription),
    order: asking(seeded.order),
  };
}

const others: readonly [kind: PurchaseSpec['kind'], field: string, value: unknown, code: string][] =
  [
    ['licence', 'billingCycle', 'annual', '2054'],
    ['new-commerce', 'billingCycle', 'triennial', '800097'],
    ['new-commerce', 'billingCycle', 'none', '800097'],
    ['new-commerce', 'billingCycle', 'weekly', '900269'],
    ['new-commerce', 'billingCycle', 7, '900269'],
    ['new-commerce', 'partnerIdOnRecord', '4847383', '800098'],
    ['saas', 'partnerId', '4847383', '800098'],
    ['new-commerce', 'termDuration', 'P6Y', '800121'],
    ['new-commerce', 'termDuration', 'P1M', '800122'],
    ['new-commerce', 'termDuration', 'P3Y', '3000'],
    ['licence', 'offerId', 'X:Y:Z', '800004'],
    ['licence', 'parentSubscriptionId', '11111111-1111-1111-1111-111111111111', '800029'],
    ['licence', 'orderId', 'nonsense', '3000'],
    ['licence', 'orderId', '', '3000'],
    ['licence', 'commitmentEndDate', '2030-01-01T00:00:00Z', '3000'],
    ['licence', 'commitmentEndDate', 'some day', '3000'],
    ['licence', 'creationDate', 5, '3000'],
    ['licence', 'creationDate', '0001-01-01T00:00:00', '3000'],
    ['licence', 'status', '', '800040'],
    ['licence', 'isTrial', true, '3000'],
    ['licence', 'billingType', 'usage', '3000'],
    ['licence', 'productType', { id: 'SaaS' }, '3000'],
    ['new-commerce', 'productType', { id: 'SaaS' }, '3000'],
    ['new-commerce', 'productType', 'OnlineServicesNCE', '3000'],
    ['new-commerce', 'productType', { subType: { id: 'SavingsPlan' } }, '3000'],
    ['new-commerce', 'links', { self: { headers: [{ key: 'a' }] } }, '3000'],
    ['new-commerce', 'links', { self: { headers: {} } }, '3000'],
    ['new-commerce', 'scheduledNextTermInstructions', { quantity: 1 }, '3000'],
    ['new-commerce', 'promotionId', '39NFJQT1PJQB:0001:39NFJQT1Q5KN', '3000'],
    ['new-commerce', 'suspensionReasons', ['x'], '3000'],
    ['new-commerce', 'hasPurchasableAddons', true, '3000'],
    ['software-subscription', 'isMicrosoftProduct', false, '3000'],
    ['azure-plan', 'somethingNew', 1, '3000'],
    ['licence', 'friendlyName', 7, '3000'],
    ['licence', 'status', 5, '3000'],
    ['licence', 'quantity', '7', '3000'],
    ['licence', 'autoRenewEnabled', 'no', '3000'],
    ['licence', 'attributes', 'an etag', '3000'],
    ['licence', 'id', 7, '3000'],
  ];

describe('a PATCH subscription', () => {
  test.each(others)('of a %s that changes %s to %o is refused', (kind, field, value, code) => {
    const { fixture, subscription } = seed({ kind });
    const before = subscription.read();
    const body = { ...before, friendlyName: 'other', [field]: value };
    expect(subscription.patch(body)).toEqual([400, code]);
    expect(subscription.read()).toEqual(before);
    expect(fixture.sandbox.state().writes).toEqual([]);
  });

  test('of a trial has a refusal of its own for another term', () => {
    const { subscription } = seed({ kind: 'new-commerce', trial: true });
    const body = { ...subscription.read(), termDuration: 'P3Y' };
    expect(subscription.patch(body)).toEqual([400, '800107']);
  });

  test('that schedules other changes than are scheduled is refused', () => {
    const { subscription } = seed({ kind: 'new-commerce', scheduledChanges: true });
    const read = subscription.read();
    const scheduled = asJson(read['scheduledNextTermInstructions']);
    const other = { ...read, scheduledNextTermInstructions: { ...scheduled, quantity: 7 } };
    expect(subscription.patch(other)).toEqual([400, '3000']);
    expect(subscription.patch(read)).toBe(200);
    expect(subscription.read()).toEqual(read);
  });

  test('is refused first for what keeps any change from being made', () => {
    const { subscription } = seed({ kind: 'licence', patchRefusal: '900311' });
    const body = { ...subscription.read(), billingCycle: 'annual' };
    expect(subscription.patch(body)).toEqual([400, '900311']);
  });

  test.each(['new-commerce', 'saas', 'software-subscription', 'azure-plan', 'licence'] as const)(
    'of a %s changes nothing by what GET gave',
    (kind) => {
      const { fixture, subscription } = seed({ kind, scheduledChanges: true });
      expect(subscription.patch(subscription.read())).toBe(200);
      expect(fixture.sandbox.state().writes).toEqual([]);
    },
  );

  test('takes what is shown in other letters and other ways of writing it', () => {
    const { subscription } = seed({ kind: 'new-commerce', scheduledChanges: true });
    const read = subscription.read();
    const body = {
      ...read,
      billingCycle: 'Monthly',
      offerId: String(read['offerId']).toLowerCase(),
      creationDate: String(read['creationDate']).replace(/Z$/, '0000+00:00'),
      links: null,
      productType: { ID: 'onlineservicesnce', subType: null },
    };
    expect(subscription.patch(body)).toBe(200);
  });

  test.each([
    ['unitType', 'none'],
    ['billingType', 'None'],
    ['billingCycle', 'unknown'],
    ['suspensionReasons', []],
    ['actions', {}],
    ['hasPurchasableAddons', false],
    ['refundableQuantity', 0],
    ['partnerId', ''],
  ])('takes .NET for saying nothing with %s: %o', (field, nothing) => {
    const { subscription } = seed({ kind: 'licence' });
    expect(subscription.patch({ ...subscription.read(), [field]: nothing })).toBe(200);
  });

  test('may ignore such changes, where the setting says so', () => {
    const { subscription } = seed({ kind: 'licence' }, { otherChanges: 'ignored' });
    const before = subscription.read();
    expect(subscription.patch({ ...before, billingCycle: 'annual', somethingNew: 1 })).toBe(200);
    expect(subscription.read()).toEqual(before);
  });
});

describe('a PATCH order', () => {
  const whole = (read: Json) => ({ ...read, status: 'cancelled' });

  test.each([
    ['referenceCustomerId', '11111111-1111-1111-1111-111111111111', 400, '900118'],
    ['billingCycle', 'annual', 400, '6001'],
    ['billingCycle', 'weekly', 400, '900269'],
    ['billingCycle', 1, 400, '900269'],
    ['alternateId', 'other', 400, '3000'],
    ['currencyCode', 'EUR', 400, '3000'],
    ['creationDate', '2001-01-01T00:00:00Z', 400, '3000'],
    ['partnerOnRecordAttestationAccepted', true, 400, '3000'],
    ['somethingNew', 1, 400, '3000'],
    ['id', 7, 400, '3000'],
    ['status', 5, 400, '3000'],
  ])('that changes %s to %o is refused', (field, value, status, code) => {
    const { fixture, order } = seed({ kind: 'reservation', lines: 2 });
    const before = order.read();
    expect(order.patch({ ...whole(before), [field]: value })).toEqual([status, code]);
    expect(order.read()).toEqual(before);
    expect(fixture.sandbox.state().writes).toEqual([]);
  });

  test.each([
    ['quantity', 9, 403, '800027'],
    ['quantity', '1', 403, '800027'],
    ['parentSubscriptionId', '11111111-1111-1111-1111-111111111111', 400, '800029'],
    ['partnerIdOnRecord', '4847383', 400, '3000'],
    ['friendlyName', 'other', 400, '3000'],
    ['termDuration', 'P3Y', 400, '3000'],
    ['somethingNew', 1, 400, '3000'],
  ])('of whose last line %s becomes %o is refused', (field, value, status, code) => {
    const { fixture, order } = seed({ kind: 'reservation', lines: 2 });
    const before = order.read();
    const [first, last] = (before['lineItems'] as Json[]).map(asJson);
    const lineItems = [first, { ...last, [field]: value }];
    expect(order.patch({ ...before, lineItems })).toEqual([status, code]);
    expect(order.patch({ ...whole(before), lineItems })).toEqual([status, code]);
    expect(fixture.sandbox.state().writes).toEqual([]);
  });

  test('takes the order as GET shows it with prices', () => {
    const fixture = createFixture();
    const { order } = seedOne(fixture, { kind: 'reservation' });
    const query = { include_price: 'true' };
    const read = fixture.call('GET', order, undefined, { query }).json;
    expect(fixture.call('PATCH', order, whole(read)).status).toBe(200);
  });

  test('may ignore such changes, where the setting says so', () => {
    const { order } = seed({ kind: 'reservation' }, { otherChanges: 'ignored' });
    expect(order.patch({ ...whole(order.read()), billingCycle: 'annual' })).toBe(200);
  });

  test.each(['cancelled', 'Cancelled', 'canceled', 'CANCELED'])('cancels with %s', (status) => {
    const { order } = seed({ kind: 'reservation', cancelTakesMs: 0 });
    expect(order.patch({ status })).toBe(200);
    expect(order.read()['status']).toBe('cancelled');
  });

  test('may take one spelling only, where the setting says so', () => {
    const { order } = seed({ kind: 'reservation' }, { cancelledIsSent: 'cancelled' });
    expect(order.patch({ status: 'canceled' })).toEqual([400, '800040']);
    expect(order.patch({ status: 'Cancelled' })).toBe(200);
  });
});
