import { describe, expect, test } from 'vitest';
import type { SandboxSettings } from '../../src/core/settings.ts';
import type { PurchaseSpec } from '../../src/core/spec.ts';
import {
  cancelled,
  createFixture,
  type Fixture,
  itemsOf,
  seedOne,
  withStatus,
} from '../fixture.ts';

const MINUTE_MS = 60_000;
const reason = { cancellationReason: 'compromise' };

function seedPlan(settings: Partial<SandboxSettings> = {}, purchase: Partial<PurchaseSpec> = {}) {
  const fixture = createFixture(settings);
  const seeded = seedOne(fixture, { kind: 'azure-plan', ...purchase });
  const list = `${seeded.subscription}/azureEntitlements`;
  const paths = seeded.ids.azureEntitlementIds.map((id) => `${list}/${id}`);
  const cancel = (body?: unknown, path = paths[0]) => fixture.call('POST', `${path}/cancel`, body);
  const read = (path = paths[0] ?? '') => fixture.call('GET', path).json['status'];
  const suspend = () =>
    fixture.call(
      'PATCH',
      seeded.subscription,
      withStatus(fixture, seeded.subscription, 'suspended'),
    );
  return { ...seeded, fixture, list, paths, cancel, read, suspend };
}

const answerOf = ({ status, json }: ReturnType<Fixture['call']>) => [status, json['code']];

describe('cancelling an Azure subscription', () => {
  test('answers 200 with it still active, and about ten minutes later it is inactive', () => {
    const { fixture, cancel, read, list, paths } = seedPlan();
    const answer = cancel(reason);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      status: 'active',
      links: { self: { uri: paths[0]?.replace('/v1', '') } },
    });
    fixture.clock.advance(9 * MINUTE_MS - 1);
    expect(read()).toBe('active');
    fixture.clock.advance(2 * MINUTE_MS + 1);
    expect(read()).toBe('inactive');
    expect(Object.keys(itemsOf(fixture.call('GET', list))[0] ?? {}).sort()).toEqual([
      'friendlyName',
      'id',
      'status',
      'subscriptionId',
    ]);
  });

  test.each([
    ['no body', undefined, '800002'],
    ['no object', [], '800002'],
    ['no reason', {}, '900307'],
    ['an empty reason', { cancellationReason: ' ' }, '900307'],
    ['a reason that no article knows', { cancellationReason: 'other' }, '900307'],
    ['the reason in other letters', { cancellationReason: 'Compromise' }, '900307'],
  ])('is refused with %s', (_what, body, code) => {
    const { cancel, fixture } = seedPlan();
    expect(answerOf(cancel(body))).toEqual([400, code]);
    expect(fixture.sandbox.state().writes).toEqual([]);
  });

  test('refuses a body that is no JSON as one that is missing', () => {
    const { fixture, paths } = seedPlan();
    const refused = fixture.call('POST', `${paths[0]}/cancel`, undefined, {
      bodyProblem: 'The body is not valid JSON.',
    });
    expect(answerOf(refused)).toEqual([400, '800002']);
  });

  test('takes its name in any letters, and any reason where the setting says so', () => {
    expect(seedPlan().cancel({ CancellationREASON: 'compromise' }).status).toBe(200);
    const { cancel } = seedPlan({ cancellationReasons: 'any' });
    expect(cancel({ cancellationReason: 'other' }).status).toBe(200);
    expect(answerOf(cancel({ cancellationReason: '' }))).toEqual([400, '900307']);
  });

  test('knows its own subscriptions only: 404 800111', () => {
    const { fixture, list } = seedPlan();
    expect(answerOf(fixture.call('GET', `${list}/nobody`))).toEqual([404, '800111']);
    expect(answerOf(fixture.call('POST', `${list}/nobody/cancel`, reason))).toEqual([
      404,
      '800111',
    ]);
  });

  test('of a customer that is not the partner’s answers 403 900159, other paths 20002', () => {
    const fixture = createFixture();
    const unknown = '/v1/customers/00000000-0000-4000-8000-000000000000/subscriptions/x';
    const one = `${unknown}/azureEntitlements/y`;
    expect(answerOf(fixture.call('POST', `${one}/cancel`, reason))).toEqual([403, '900159']);
    expect(answerOf(fixture.call('GET', one))).toEqual([403, '900159']);
    expect(answerOf(fixture.call('GET', `${unknown}/azureEntitlements`))).toEqual([403, '20002']);
    for (const unknown of [
      { status: 404, code: '1000' },
      { status: 404, code: '20002' },
    ]) {
      fixture.sandbox.changeSettings({ unknownCustomer: unknown });
      expect(answerOf(fixture.call('GET', one))).toEqual([404, unknown.code]);
    }
  });

  test.each([
    ['accepted', [200, undefined], [200, undefined]],
    ['not-active', [400, '800012'], [400, '800012']],
    ['pending-operation', [409, '900278'], [400, '800012']],
  ] as const)('again is %s as configured, and counted once', (repeatedAzureCancel, busy, done) => {
    const { fixture, cancel } = seedPlan({ repeatedAzureCancel });
    expect(cancel(reason).status).toBe(200);
    expect(answerOf(cancel(reason))).toEqual(busy);
    fixture.clock.advance(11 * MINUTE_MS);
    expect(answerOf(cancel(reason))).toEqual(done);
    expect(fixture.sandbox.state().writeCounts['cancel-azure']).toBe(1);
  });

  test.each(['inactive', 'cancelled', 'deleted'] as const)(
    'can end as %s, and answer 202',
    (cancelledAzureReads) => {
      const { fixture, cancel, read } = seedPlan({ cancelledAzureReads, azureCancelStatus: 202 });
      expect(cancel(reason).status).toBe(202);
      fixture.clock.advance(11 * MINUTE_MS);
      expect(read()).toBe(cancelledAzureReads);
    },
  );

  test('takes the time that its purchase says, or that the settings say', () => {
    const own = seedPlan({}, { cancelTakesMs: 5 });
    own.cancel(reason);
    own.fixture.clock.advance(5);
    expect(own.read()).toBe('inactive');
    const scaled = seedPlan({ azureCancelTakesMs: { lowest: 7, highest: 7 } });
    scaled.cancel(reason);
    scaled.fixture.clock.advance(6);
    expect(scaled.read()).toBe('active');
    scaled.fixture.clock.advance(1);
    expect(scaled.read()).toBe('inactive');
  });
});

describe('suspending an Azure plan', () => {
  test('is refused until each Azure subscription is inactive, and then lets the customer go', () => {
    const { fixture, customer, cancel, suspend, paths } = seedPlan({}, { azureSubscriptions: 2 });
    expect(answerOf(suspend())).toEqual([403, '900115']);
    for (const path of paths) cancel(reason, path);
    expect(answerOf(suspend())).toEqual([403, '900115']);
    fixture.clock.advance(11 * MINUTE_MS);
    expect(suspend().status).toBe(200);
    expect(fixture.call('DELETE', customer).status).toBe(204);
  });

  test.each([0, 1_000])('sees a new etag once one has ended, %i ms on', (cancelTakesMs) => {
    const { fixture, subscription, cancel, suspend } = seedPlan({}, { cancelTakesMs });
    const suspended = withStatus(fixture, subscription, 'suspended');
    cancel(reason);
    fixture.clock.advance(cancelTakesMs);
    expect(fixture.call('PATCH', subscription, suspended).json['code']).toBe('2055');
    expect(suspend().status).toBe(200);
  });

  test.each([
    ['reservations-too', 'reservation', 403],
    ['azure-subscriptions', 'reservation', 200],
    ['reservations-too', 'savings-plan', 200],
    ['savings-plans-too', 'savings-plan', 403],
  ] as const)('held by %s meets a %s: %i', (azurePlanHeldBy, kind, status) => {
    const { fixture, customerId, suspend } = seedPlan(
      { azurePlanHeldBy },
      { azureSubscriptions: 0 },
    );
    fixture.sandbox.addPurchase(customerId, { kind });
    expect(answerOf(suspend())).toEqual([status, status === 403 ? '900115' : undefined]);
  });

  test('waits until the reservation is cancelled, not only on its way', () => {
    const { fixture, customerId, customer, suspend } = seedPlan({}, { azureSubscriptions: 0 });
    const { orderIds } = fixture.sandbox.addPurchase(customerId, {
      kind: 'reservation',
      cancelTakesMs: 10,
    });
    const order = String(orderIds[0]);
    fixture.call('PATCH', `${customer}/orders/${order}`, cancelled(order));
    expect(suspend().status).toBe(403);
    fixture.clock.advance(10);
    expect(suspend().status).toBe(200);
  });

  test('does not wait for the rest of an order whose reservation is cancelled', () => {
    const { fixture, customerId, customer, suspend } = seedPlan({}, { azureSubscriptions: 0 });
    const { orderIds } = fixture.sandbox.addPurchase(customerId, {
      kind: 'perpetual-software',
      together: ['reservation'],
      cancelTakesMs: 0,
    });
    expect(suspend().status).toBe(403);
    const order = String(orderIds[0]);
    const body = { ...cancelled(order), lineItems: [{ lineItemNumber: 1 }] };
    expect(fixture.call('PATCH', `${customer}/orders/${order}`, body).json['status']).toBe(
      'completed',
    );
    expect(suspend().status).toBe(200);
  });

  test('meets Azure subscriptions that were made active meanwhile', () => {
    const { fixture, customerId, ids, cancel, suspend, list, paths } = seedPlan();
    const plan = String(ids.subscriptionIds[0]);
    cancel(reason);
    fixture.clock.advance(11 * MINUTE_MS);
    const [old] = ids.azureEntitlementIds;
    fixture.sandbox.activateAzureSubscription(customerId, plan, old);
    expect(answerOf(suspend())).toEqual([403, '900115']);
    cancel(reason);
    const added = fixture.sandbox.activateAzureSubscription(customerId, plan);
    expect(itemsOf(fixture.call('GET', list)).map(({ id }) => id)).toEqual([old, added]);
    cancel(reason, `${list}/${added}`);
    fixture.clock.advance(11 * MINUTE_MS);
    expect(paths.map((path) => fixture.call('GET', path).json['status'])).toEqual(['inactive']);
    expect(suspend().status).toBe(200);
    expect(() => fixture.sandbox.activateAzureSubscription(customerId, plan)).toThrow(/no active/);
  });
});

describe('Azure plans disabled by spending', () => {
  test.each([
    ['disabled', 'disabled'],
    ['active', 'active'],
  ] as const)('read %s, block all the same, and can be suspended', (overspentPlanReads, shown) => {
    const fixture = createFixture({ overspentPlanReads });
    const { customerId, purchases } = fixture.sandbox.addCustomer({
      overspent: true,
      purchases: [
        { kind: 'azure-plan', azureSubscriptions: 0 },
        { kind: 'new-commerce', cancelTakesMs: 0 },
      ],
    });
    const customer = `/v1/customers/${customerId}`;
    const plan = `${customer}/subscriptions/${purchases[0]?.subscriptionIds[0]}`;
    expect(fixture.call('GET', plan).json['status']).toBe(shown);
    expect(fixture.call('DELETE', customer).status).toBe(400);
    expect(fixture.call('PATCH', plan, fixture.call('GET', plan).json).status).toBe(200);
    const suspended = withStatus(fixture, plan, 'suspended');
    expect(fixture.call('PATCH', plan, suspended).json['status']).toBe('suspended');
    const other = `${customer}/subscriptions/${purchases[1]?.subscriptionIds[0]}`;
    expect(fixture.call('PATCH', other, withStatus(fixture, other, 'deleted')).status).toBe(200);
    expect(fixture.call('DELETE', customer).status).toBe(204);
  });

  test('can refuse to be suspended until the next billing cycle, and read active then', () => {
    const { fixture, subscription, suspend } = seedPlan(
      { overspentPlanSuspends: false },
      { azureSubscriptions: 0, overspentForMs: 10 },
    );
    expect(answerOf(suspend())).toEqual([400, '800096']);
    fixture.clock.advance(10);
    expect(fixture.call('GET', subscription).json['status']).toBe('active');
    expect(suspend().status).toBe(200);
  });
});
