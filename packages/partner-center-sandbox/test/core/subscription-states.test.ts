import { describe, expect, test } from 'vitest';
import type { SandboxSettings } from '../../src/core/settings.ts';
import type { PurchaseSpec } from '../../src/core/spec.ts';
import { createFixture, type Fixture, itemsOf, seedOne, withStatus } from '../fixture.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

function seed(purchase: PurchaseSpec, settings: Partial<SandboxSettings> = {}) {
  const fixture = createFixture(settings);
  const seeded = seedOne(fixture, purchase);
  const read = () => fixture.call('GET', seeded.subscription).json;
  const patch = (change: object) => {
    const { status, json } = fixture.call('PATCH', seeded.subscription, { ...read(), ...change });
    return [status, json['code']];
  };
  const blocks = () => (fixture.sandbox.state().customers[0]?.blockedBy.length ?? 0) > 0;
  return { ...seeded, fixture, read, patch, blocks };
}

const done = [200, undefined];

describe('a trial of new commerce', () => {
  const trial = { kind: 'new-commerce', trial: true, ageDays: 20, quantity: 25 } as const;

  test('cannot be ended, suspended or resized, but its auto-renewal can be turned off', () => {
    const { read, patch } = seed(trial);
    expect(read()).toMatchObject({ isTrial: true, autoRenewEnabled: true });
    expect(read()).toHaveProperty('scheduledNextTermInstructions');
    const dated = seed(trial, { cancellationDates: 'as-in-production' }).read();
    expect(dated).not.toHaveProperty('refundOptions');
    expect(dated).toHaveProperty('commitmentEndDate');
    const endless = seed(trial, { trialEndDates: 'absent' }).read();
    expect(endless).not.toHaveProperty('commitmentEndDate');
    for (const status of ['deleted', 'suspended']) {
      expect(patch({ status })).toEqual([400, '800096']);
    }
    expect(patch({ quantity: 24 })).toEqual([400, '800095']);
    expect(patch({ autoRenewEnabled: false })).toEqual(done);
  });

  test('ends thirty days after it began, and lets the customer go', () => {
    const { fixture, read, patch, blocks } = seed(trial, { renewalTakesMs: 0 });
    patch({ autoRenewEnabled: false });
    expect(read()['commitmentEndDate']).toBe(
      new Date(fixture.clock.nowMs() + 10 * DAY_MS).toISOString(),
    );
    fixture.clock.advance(10 * DAY_MS - 1);
    expect([read()['status'], blocks()]).toEqual(['active', true]);
    fixture.clock.advance(1);
    expect([read()['status'], blocks()]).toEqual(['expired', false]);
  });

  test('is over when it is older than that, without auto-renewal', () => {
    const { read } = seed({ ...trial, ageDays: 31, autoRenew: false });
    expect(read()['status']).toBe('expired');
  });

  test('is paid for from then on where auto-renewal is left on', () => {
    const { fixture, read, patch } = seed({ ...trial, termEndsInMs: 10 }, { renewalTakesMs: 0 });
    fixture.clock.advance(10);
    expect(read()).toMatchObject({ isTrial: false, status: 'active' });
    expect(patch({ status: 'deleted' })).toEqual(done);
  });
});

describe('the end of a term', () => {
  const ending = { kind: 'new-commerce', termEndsInMs: 0 } as const;

  test('is a renewal that refuses a cancellation once, and takes it two minutes later', () => {
    const { fixture, patch } = seed(ending);
    expect(patch({ status: 'deleted' })).toEqual([409, '900278']);
    fixture.clock.advance(2 * MINUTE_MS - 1);
    expect(patch({ status: 'deleted' })).toEqual([409, '900278']);
    fixture.clock.advance(1);
    expect(patch({ status: 'deleted' })).toEqual(done);
  });

  test('keeps auto-renewal and status read-only for up to 24 hours', () => {
    const { fixture, patch } = seed(ending);
    expect(patch({ autoRenewEnabled: false })).toEqual([400, '900280']);
    expect(patch({ status: 'suspended' })).toEqual([400, '900280']);
    expect(patch({ friendlyName: 'other' })).toEqual(done);
    fixture.clock.advance(DAY_MS - 1);
    expect(patch({ autoRenewEnabled: false })).toEqual([400, '900280']);
    fixture.clock.advance(1);
    expect(patch({ autoRenewEnabled: false })).toEqual(done);
  });

  test('can take a cancellation at once, or say 800082', () => {
    const accepted = seed(ending, { cancelDuringRenewal: 'accepted' });
    expect(accepted.patch({ status: 'deleted' })).toEqual(done);
    const other = seed(ending, { renewalCode: '800082' });
    expect(other.patch({ status: 'deleted' })).toEqual([409, '800082']);
  });

  test('stops no change of marketplace SaaS or software', () => {
    for (const kind of ['saas', 'software-subscription'] as const) {
      expect(seed({ kind, termEndsInMs: 0 }).patch({ status: 'deleted' })).toEqual(done);
    }
  });

  test('lets one without auto-renewal expire, and meanwhile takes no change', () => {
    const { fixture, read, patch, blocks } = seed({ ...ending, autoRenew: false });
    expect(patch({ status: 'deleted' })).toEqual([400, '900277']);
    expect(blocks()).toBe(true);
    fixture.clock.advance(DAY_MS);
    expect([read()['status'], blocks()]).toEqual(['expired', false]);
  });

  test.each(['disabled', 'expired'] as const)(
    'has one that is suspended %s, which blocked until then',
    (suspendedAtTermEnd) => {
      const { fixture, read, blocks } = seed(
        { ...ending, status: 'suspended', autoRenew: false },
        { suspendedAtTermEnd },
      );
      expect([read()['status'], blocks()]).toEqual(['suspended', true]);
      fixture.clock.advance(DAY_MS);
      expect([read()['status'], blocks()]).toEqual([suspendedAtTermEnd, false]);
    },
  );

  test.each(['expired', 'disabled'] as const)(
    'that is over reads %s and blocks no more',
    (status) => {
      const { blocks, patch } = seed({ kind: 'new-commerce', status });
      expect(blocks()).toBe(false);
      expect(patch({ status: 'active' })).toEqual([400, '800096']);
      expect(patch({ friendlyName: 'other' })).toEqual([400, '900279']);
    },
  );
});

describe('a suspended subscription', () => {
  test('of new commerce has lost auto-renewal and scheduled changes, and still blocks', () => {
    const { read, patch, blocks } = seed({ kind: 'new-commerce', scheduledChanges: true });
    expect(patch({ status: 'suspended' })).toEqual(done);
    expect(read()).toMatchObject({ status: 'suspended', autoRenewEnabled: false });
    expect(read()).not.toHaveProperty('scheduledNextTermInstructions');
    expect(blocks()).toBe(true);
    expect(patch({ status: 'deleted' })).toEqual(done);
    expect(blocks()).toBe(false);
  });

  test.each([
    ['licence', 'suspended'],
    ['licence', 'deleted'],
    ['azure-plan', 'suspended'],
    ['new-commerce', 'suspended'],
  ] as const)('of a %s takes no other update (%s): 400 800091', (kind, status) => {
    const { patch } = seed({ kind, status: 'suspended' });
    expect(patch({ status, friendlyName: 'other' })).toEqual([400, '800091']);
  });

  test.each(['licence', 'azure-plan', 'new-commerce'] as const)(
    'of a %s can be resumed',
    (kind) => {
      const { patch } = seed({ kind, status: 'suspended' });
      expect(patch({ status: 'active' })).toEqual(done);
    },
  );

  test('can take updates, or not even be ended', () => {
    const tolerant = seed(
      { kind: 'licence', status: 'suspended' },
      { suspendedUpdates: 'accepted' },
    );
    expect(tolerant.patch({ friendlyName: 'other' })).toEqual(done);
    const strict = seed(
      { kind: 'new-commerce', status: 'suspended' },
      { suspendedUpdates: 'refused-even-to-end' },
    );
    expect(strict.patch({ status: 'deleted' })).toEqual([400, '800091']);
  });
});

describe('a licence on its way to new commerce', () => {
  const HOURS_72_MS = 3 * DAY_MS;

  test('reads suspended for 72 hours, takes no change, and comes back to active', () => {
    const { fixture, read, patch, blocks } = seed({ kind: 'licence', migration: 'reverts' });
    expect([read()['status'], blocks()]).toEqual(['suspended', false]);
    expect(patch({ status: 'active' })).toEqual([409, '900278']);
    fixture.clock.advance(HOURS_72_MS - 1);
    expect(read()['status']).toBe('suspended');
    fixture.clock.advance(1);
    expect([read()['status'], blocks()]).toEqual(['active', true]);
    expect(patch({ status: 'suspended' })).toEqual(done);
  });

  test('or is replaced by a new subscription with an order of its own, which blocks', () => {
    const { fixture, customer, read, blocks } = seed({
      kind: 'licence',
      migration: 'completes',
      migrationTakesMs: 10,
      quantity: 3,
    });
    const subscriptions = () => itemsOf(fixture.call('GET', `${customer}/subscriptions`));
    expect([subscriptions().length, blocks()]).toEqual([1, false]);
    fixture.clock.advance(10);
    expect([read()['status'], blocks()]).toEqual(['suspended', true]);
    expect(subscriptions()[1]).toMatchObject({
      productType: { id: 'OnlineServicesNCE' },
      status: 'active',
      quantity: 3,
    });
    expect(itemsOf(fixture.call('GET', `${customer}/orders`))).toHaveLength(2);
  });

  test.each([
    ['suspended', 'suspended'],
    ['deleted', 'deleted'],
    ['unlisted', undefined],
  ] as const)('is %s once new commerce has taken its place', (migratedLicenceReads, status) => {
    const { fixture, customer, ids } = seed(
      { kind: 'licence', migration: 'completes', migrationTakesMs: 10 },
      { migratedLicenceReads },
    );
    fixture.clock.advance(10);
    const listed = itemsOf(fixture.call('GET', `${customer}/subscriptions`));
    expect(listed.find(({ id }) => id === ids.subscriptionIds[0])?.['status']).toBe(status);
    expect(listed.at(-1)?.['status']).toBe('active');
  });

  test('can read active until it is done, and blocks so long', () => {
    const { fixture, read, patch, blocks } = seed(
      { kind: 'licence', migration: 'completes', migrationTakesMs: 10 },
      { migratingLicenceReads: 'active' },
    );
    expect([read()['status'], blocks()]).toEqual(['active', true]);
    expect(patch({ status: 'suspended' })).toEqual([409, '900278']);
    fixture.clock.advance(10);
    expect(read()['status']).toBe('suspended');
  });

  test('can keep the customer meanwhile', () => {
    const purchase = { kind: 'licence', migration: 'reverts' } as const;
    const { fixture, customer } = seed(purchase, { migrationBlocksDeletion: true });
    expect(fixture.call('DELETE', customer).status).toBe(400);
  });
});

describe('marketplace SaaS that is not set up', () => {
  const activate = (fixture: Fixture, subscription: string) =>
    fixture.call('POST', `${subscription}/activate`);

  test('cannot be ended before it is activated, which is possible once', () => {
    const { fixture, subscription, ids, patch, blocks } = seed({ kind: 'saas', activated: false });
    expect(patch({ status: 'deleted' })).toEqual([400, '800081']);
    const activated = activate(fixture, subscription);
    expect([activated.status, activated.body]).toEqual([
      200,
      { subscriptionId: ids.subscriptionIds[0], status: 'Success' },
    ]);
    expect(activate(fixture, subscription).json['code']).toBe('800041');
    expect(fixture.sandbox.state().writeCounts['activate-subscription']).toBe(1);
    expect(patch({ status: 'deleted' })).toEqual(done);
    expect(blocks()).toBe(false);
    expect(activate(fixture, subscription).json['code']).toBe('800012');
  });

  test('can be ended all the same, where the setting says so', () => {
    const { patch, blocks } = seed({ kind: 'saas', activated: false }, { unactivatedSaas: 'ends' });
    expect(patch({ friendlyName: 'other' })).toEqual([400, '800081']);
    expect(patch({ status: 'deleted' })).toEqual(done);
    expect(blocks()).toBe(false);
  });

  test('is simply over once it is deleted', () => {
    const { patch } = seed({ kind: 'saas', activated: false, status: 'deleted' });
    expect(patch({ status: 'deleted' })).toEqual(done);
  });

  test('is activated in a sandbox only, and nothing else is', () => {
    const other = seed({ kind: 'new-commerce' });
    expect(activate(other.fixture, other.subscription).json['code']).toBe('900141');
    const real = seed({ kind: 'saas', activated: false }, { production: true });
    expect(activate(real.fixture, real.subscription).json['code']).toBe('900127');
  });

  test('is activated by those only who may change subscriptions', () => {
    const { fixture, subscription } = seed(
      { kind: 'saas', activated: false },
      { role: 'helpdesk-agent' },
    );
    expect(activate(fixture, subscription).json['code']).toBe('900150');
  });
});

describe('a PATCH', () => {
  test.each([
    ['2006', 400],
    ['800012', 400],
    ['800021', 400],
    ['800030', 400],
    ['900263', 403],
    ['900277', 400],
    ['900280', 400],
    ['900311', 400],
  ] as const)('can be refused with %s, for a time', (patchRefusal, status) => {
    const purchase = { kind: 'licence', patchRefusal, patchRefusalForMs: 10 } as const;
    const { fixture, patch } = seed(purchase);
    expect(patch({ status: 'suspended' })).toEqual([status, patchRefusal]);
    fixture.clock.advance(9);
    expect(patch({ status: 'suspended' })).toEqual([status, patchRefusal]);
    fixture.clock.advance(1);
    expect(patch({ status: 'suspended' })).toEqual(done);
  });

  test('of one without a status is refused, and it blocks', () => {
    const { patch, blocks } = seed({ kind: 'new-commerce', status: 'none' });
    expect(patch({ status: 'deleted' })).toEqual([400, '800021']);
    expect(blocks()).toBe(true);
  });
});

describe('the dates in a subscription', () => {
  const bought = { kind: 'new-commerce', ageDays: 2 } as const;

  test('are left out where the sandbox has no window, and show the one it has', () => {
    expect(seed(bought).read()).not.toHaveProperty('cancellationAllowedUntilDate');
    const { fixture, read } = seed(bought, { newCommerceWindowMs: 3 * DAY_MS });
    const in1Day = new Date(fixture.clock.nowMs() + DAY_MS).toISOString();
    expect(read()['cancellationAllowedUntilDate']).toBe(in1Day);
  });

  test('can show what holds in production, under either name, or nothing', () => {
    const { fixture, read } = seed(bought, {
      cancellationDates: 'as-in-production',
      refundDateName: 'expiresAfter',
    });
    const day = (count: number) => new Date(fixture.clock.nowMs() + count * DAY_MS).toISOString();
    expect(read()).toMatchObject({
      cancellationAllowedUntilDate: day(5),
      refundOptions: [{ type: 'Full', expiresAfter: day(-1) }],
    });
    const silent = seed(bought, { newCommerceWindowMs: DAY_MS, cancellationDates: 'absent' });
    expect(silent.read()).not.toHaveProperty('refundOptions');
  });

  test.each([
    ['both', true, true],
    ['refund-options', false, true],
    ['until-date', true, false],
  ] as const)('are shown as configured: %s', (cancellationFields, hasDate, hasOptions) => {
    const settings = { cancellationDates: 'as-in-production', cancellationFields } as const;
    const shown = seed(bought, settings).read();
    expect('cancellationAllowedUntilDate' in shown).toBe(hasDate);
    expect('refundOptions' in shown).toBe(hasOptions);
    expect('refundOptions' in seed({ kind: 'saas' }, settings).read()).toBe(hasOptions);
  });
});

test('lists may disagree: a line is there before its subscription, or its entitlement', () => {
  const fixture = createFixture();
  const { customerId } = fixture.sandbox.addCustomer({
    purchases: [
      { kind: 'new-commerce', subscriptionVisibleAfterMs: 10 },
      { kind: 'reservation', entitlementVisibleAfterMs: 10 },
    ],
  });
  const counts = () =>
    ['orders', 'subscriptions', 'entitlements'].map(
      (list) => itemsOf(fixture.call('GET', `/v1/customers/${customerId}/${list}`)).length,
    );
  expect(counts()).toEqual([2, 0, 0]);
  fixture.clock.advance(10);
  expect(counts()).toEqual([2, 1, 1]);
});

test('a status is taken in any spelling', () => {
  const fixture = createFixture({ statusSpelling: 'PascalCase' });
  const { subscription } = seedOne(fixture, { kind: 'licence' });
  expect(fixture.call('GET', subscription).json['status']).toBe('Active');
  const renamed = { ...fixture.call('GET', subscription).json, friendlyName: 'other' };
  expect(fixture.call('PATCH', subscription, renamed).json['status']).toBe('Active');
  const body = withStatus(fixture, subscription, 'Suspended');
  expect(fixture.call('PATCH', subscription, body).json['status']).toBe('Suspended');
});
