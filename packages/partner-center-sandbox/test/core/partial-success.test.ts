import { describe, expect, test } from 'vitest';
import type { SandboxSettings } from '../../src/core/settings.ts';
import type { PurchaseSpec } from '../../src/core/spec.ts';
import { asJson, cancelled, createFixture, itemsOf, seedOne, withStatus } from '../fixture.ts';

function seed(purchase: Partial<PurchaseSpec>, settings: Partial<SandboxSettings> = {}) {
  const fixture = createFixture(settings);
  const seeded = seedOne(fixture, {
    kind: 'new-commerce',
    orderStatus: 'partial_success',
    lines: 2,
    ...purchase,
  });
  const { order, orderId, customer } = seeded;
  const read = (path: string) => fixture.call('GET', path);
  const lines = () => {
    const { lineItems } = read(order).json;
    return Array.isArray(lineItems) ? lineItems.map(asJson) : [];
  };
  const subscriptions = () => itemsOf(read(`${customer}/subscriptions`));
  const entitlements = () => itemsOf(read(`${customer}/entitlements`));
  const cancel = (body: object = cancelled(orderId)) => {
    const { status, json } = fixture.call('PATCH', order, body);
    return [status, json['code'] ?? json['status']];
  };
  const blocks = () => (fixture.sandbox.state().customers[0]?.blockedBy.length ?? 0) > 0;
  return { ...seeded, fixture, read, lines, subscriptions, entitlements, cancel, blocks };
}

describe('a line that failed', () => {
  test('has no subscription, and its order is released with the other line', () => {
    const { fixture, customer, lines, subscriptions, subscription, blocks } = seed({});
    expect(lines().map((line) => 'subscriptionId' in line)).toEqual([true, false]);
    expect(subscriptions().map(({ status }) => status)).toEqual(['active']);
    expect(blocks()).toBe(true);
    fixture.call('PATCH', subscription, withStatus(fixture, subscription, 'deleted'));
    expect(blocks()).toBe(false);
    expect(fixture.call('DELETE', customer).status).toBe(204);
  });

  test('can show a subscription that is not found', () => {
    const { fixture, read, lines, subscriptions, customer, subscription, blocks } = seed(
      {},
      { failedLineSubscription: 'not-found' },
    );
    const shown = lines()[1]?.['subscriptionId'];
    expect(subscriptions().map(({ id }) => id)).not.toContain(shown);
    expect(read(`${customer}/subscriptions/${shown}`).json['code']).toBe('20003');
    fixture.call('PATCH', subscription, withStatus(fixture, subscription, 'deleted'));
    expect(blocks()).toBe(false);
  });

  test('can show a subscription that reads none, takes no change and holds nothing', () => {
    const { fixture, read, lines, subscriptions, customer, subscription, blocks } = seed(
      {},
      { failedLineSubscription: 'listed' },
    );
    expect(subscriptions().map(({ status }) => status)).toEqual(['active', 'none']);
    const failed = `${customer}/subscriptions/${lines()[1]?.['subscriptionId']}`;
    expect(read(`${failed}/provisioningstatus`).json['status']).toBe('failed');
    const ending = fixture.call('PATCH', failed, withStatus(fixture, failed, 'deleted'));
    expect(ending.json['code']).toBe('800021');
    fixture.call('PATCH', subscription, withStatus(fixture, subscription, 'deleted'));
    expect(blocks()).toBe(false);
  });

  test.each([
    ['unfulfilled', [1, 0]],
    ['absent', [1]],
  ] as const)('of a reservation has its entitlement %s', (failedLineEntitlement, quantities) => {
    const { entitlements } = seed({ kind: 'reservation' }, { failedLineEntitlement });
    expect(entitlements().map(({ quantity }) => quantity)).toEqual(quantities);
  });

  test('of a reservation has no details that its entitlement could lead to', () => {
    const { entitlements } = seed({ kind: 'reservation' });
    expect(
      entitlements().map(({ entitledArtifacts }) =>
        Array.isArray(entitledArtifacts) ? entitledArtifacts.length : undefined,
      ),
    ).toEqual([1, 0]);
  });

  test('is provisioned as unfulfilled, and has no activation link', () => {
    const { read, order } = seed({ kind: 'saas' });
    const statuses = itemsOf(read(`${order}/provisioningstatus`)).map(({ status }) => status);
    expect(statuses).toEqual(['fulfilled', 'unfulfilled']);
    expect(itemsOf(read(`${order}/activationlinks`))).toHaveLength(1);
  });

  test('does not keep an Azure plan from being suspended, as one that was delivered does', () => {
    const suspend = (failedLines: number) => {
      const { fixture, customerId, customer } = seed({ kind: 'reservation', failedLines });
      const plan = { kind: 'azure-plan', azureSubscriptions: 0 } as const;
      const [id] = fixture.sandbox.addPurchase(customerId, plan).subscriptionIds;
      const path = `${customer}/subscriptions/${id}`;
      return fixture.call('PATCH', path, withStatus(fixture, path, 'suspended')).status;
    };
    expect([suspend(1), suspend(2)]).toEqual([403, 200]);
  });

  test('can be the only one, or one of many, as the purchase says', () => {
    expect(seed({ lines: 1 }).blocks()).toBe(false);
    const many = seed({ lines: 3, together: ['saas'], failedLines: 2 });
    expect(many.subscriptions()).toHaveLength(2);
    expect(() => seed({ orderStatus: 'completed', failedLines: 1 })).toThrow(/partial_success/);
  });
});

describe('an order of partial success', () => {
  const software = { kind: 'perpetual-software', cancelTakesMs: 0 } as const;

  test('is cancelled as a whole, or line by line', () => {
    const whole = seed(software);
    expect([whole.blocks(), whole.cancel(), whole.blocks()]).toEqual([
      true,
      [200, 'cancelled'],
      false,
    ]);
    const { cancel, orderId, blocks } = seed(software);
    const lineItems = [{ lineItemNumber: 0 }];
    // What failed is no line that is left.
    expect(cancel({ ...cancelled(orderId), lineItems })).toEqual([200, 'cancelled']);
    expect(blocks()).toBe(false);
  });

  test('can refuse to be cancelled', () => {
    const { cancel, blocks } = seed(software, { cancelPartialSuccess: 'refused' });
    expect(cancel()).toEqual([400, '800061']);
    expect(blocks()).toBe(true);
  });

  test.each(['absent', 'listed'] as const)(
    'can be how a review ends, with the failed line %s',
    (failedLineSubscription) => {
      const { fixture, read, order, subscriptions } = seed(
        { orderStatus: 'pending_review', reviewEndsAs: 'partial_success', pendingForMs: 10 },
        { failedLineSubscription },
      );
      expect(subscriptions()).toEqual([]);
      fixture.clock.advance(10);
      expect(read(order).json['status']).toBe('partial_success');
      expect(subscriptions().map(({ status }) => status)).toEqual(
        failedLineSubscription === 'listed' ? ['active', 'none'] : ['active'],
      );
    },
  );
});

describe('a reservation', () => {
  const statusOf = (purchase: Partial<PurchaseSpec>) => {
    const { fixture, customer } = seed({ lines: 1, orderStatus: 'completed', ...purchase });
    const [entitlement] = itemsOf(fixture.call('GET', `${customer}/entitlements`)).slice(-1);
    const artifacts = entitlement?.['entitledArtifacts'];
    const [artifact] = Array.isArray(artifacts) ? artifacts.map(asJson) : [];
    const uri = asJson(artifact?.['link'])['uri'];
    return typeof uri === 'string' ? fixture.call('GET', `/v1${uri}`).status : 'no details';
  };

  test('has details once it is delivered, wherever in its order it stands', () => {
    expect(statusOf({ kind: 'reservation' })).toBe(200);
    expect(statusOf({ kind: 'perpetual-software', together: ['reservation'] })).toBe(200);
    expect(statusOf({ kind: 'reservation', orderStatus: 'pending_review' })).toBe('no details');
  });
});
