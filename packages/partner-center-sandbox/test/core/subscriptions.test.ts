import { describe, expect, test } from 'vitest';
import type { PurchaseSpec } from '../../src/core/spec.ts';
import { asJson, createFixture, itemsOf, seedOne, withStatus } from '../fixture.ts';

const DAY_MS = 24 * 3_600_000;

describe('ending a subscription', () => {
  test.each([
    ['new-commerce', 'deleted'],
    ['saas', 'deleted'],
    ['software-subscription', 'deleted'],
    ['licence', 'suspended'],
  ] as const)('of a %s takes the status %s, and then the customer can go', (kind, status) => {
    const fixture = createFixture();
    const { subscription, customer } = seedOne(fixture, { kind });
    expect(fixture.call('DELETE', customer).status).toBe(400);
    const patched = fixture.call('PATCH', subscription, withStatus(fixture, subscription, status));
    expect([patched.status, patched.json['status']]).toEqual([200, status]);
    const shown = kind === 'saas' || kind === 'licence' ? { etag: '' } : {};
    expect(patched.json['attributes']).toEqual({ ...shown, objectType: 'Subscription' });
    expect(fixture.call('DELETE', customer).status).toBe(204);
  });

  test.each([
    ['saas', 'suspended', '800040', 400],
    ['licence', 'deleted', '800040', 400],
    ['azure-plan', 'deleted', '800040', 400],
    ['unknown', 'deleted', '900141', 400],
    ['savings-plan', 'deleted', '900321', 403],
    ['savings-plan', 'active', '900321', 403],
  ] as const)('of a %s does not take the status %s', (kind, status, code, answer) => {
    const fixture = createFixture();
    const { subscription } = seedOne(fixture, { kind });
    const refused = fixture.call('PATCH', subscription, withStatus(fixture, subscription, status));
    expect([refused.status, refused.json['code']]).toEqual([answer, code]);
  });

  test('a suspended new-commerce subscription still blocks', () => {
    const fixture = createFixture();
    const { subscription, customer } = seedOne(fixture, { kind: 'new-commerce' });
    const suspended = withStatus(fixture, subscription, 'suspended');
    expect(fixture.call('PATCH', subscription, suspended).status).toBe(200);
    expect(fixture.call('DELETE', customer).status).toBe(400);
  });

  test('that takes a while answers 202 with its Location, reads as before until done, and refuses more work', () => {
    const fixture = createFixture();
    const { subscription } = seedOne(fixture, { kind: 'saas', cancelTakesMs: 1_000 });
    const end = () =>
      fixture.call('PATCH', subscription, withStatus(fixture, subscription, 'deleted'));
    const accepted = end();
    expect([accepted.status, accepted.body]).toEqual([202, undefined]);
    expect(`/v1${accepted.headers['Location']}`).toBe(subscription);
    expect(fixture.call('GET', subscription).json['status']).toBe('active');
    const busy = end();
    expect([busy.status, busy.json['code']]).toEqual([409, '900278']);
    fixture.clock.advance(999);
    expect(fixture.call('GET', subscription).json['status']).toBe('active');
    fixture.clock.advance(1);
    expect(fixture.call('GET', subscription).json['status']).toBe('deleted');
  });

  test.each([
    ['pending', 200, 'pending'],
    ['accepted-pending', 202, undefined],
  ] as const)('that takes a while can read pending instead: %s', (slowPatch, status, answered) => {
    const fixture = createFixture({ slowPatch });
    const { subscription } = seedOne(fixture, { kind: 'saas', cancelTakesMs: 1_000 });
    const body = withStatus(fixture, subscription, 'deleted');
    const patched = fixture.call('PATCH', subscription, body);
    expect([patched.status, patched.json['status']]).toEqual([status, answered]);
    expect(fixture.call('GET', subscription).json['status']).toBe('pending');
    fixture.clock.advance(1_000);
    expect(fixture.call('GET', subscription).json['status']).toBe('deleted');
  });

  test('that is still being provisioned has to wait until it is active', () => {
    const fixture = createFixture();
    const { subscription } = seedOne(fixture, {
      kind: 'new-commerce',
      status: 'pending',
      pendingForMs: 10,
    });
    const end = () =>
      fixture.call('PATCH', subscription, withStatus(fixture, subscription, 'deleted'));
    const early = end();
    expect([early.status, early.json['code']]).toEqual([409, '800082']);
    fixture.clock.advance(10);
    expect(end().json['status']).toBe('deleted');
  });

  test('that is deleted cannot come back, and deleting it again changes nothing', () => {
    const fixture = createFixture();
    const { subscription } = seedOne(fixture, { kind: 'new-commerce', status: 'deleted' });
    const again = fixture.call('PATCH', subscription, withStatus(fixture, subscription, 'deleted'));
    expect(again.status).toBe(200);
    const back = fixture.call('PATCH', subscription, withStatus(fixture, subscription, 'active'));
    expect([back.status, back.json['code']]).toEqual([400, '2011']);
    expect(fixture.sandbox.state().writes).toEqual([]);
  });

  test.each([
    ['new-commerce', 'deleted'],
    ['saas', 'deleted'],
    ['software-subscription', 'deleted'],
    ['licence', 'suspended'],
    ['azure-plan', 'suspended'],
  ] as const)('of a %s is possible at any age: sixty days bind orders', (kind, status) => {
    const fixture = createFixture();
    const seed = { kind, ageDays: 400, ...(kind === 'azure-plan' && { azureSubscriptions: 0 }) };
    const { subscription, customer } = seedOne(fixture, seed);
    const ended = fixture.call('PATCH', subscription, withStatus(fixture, subscription, status));
    expect([ended.status, ended.json['status']]).toEqual([200, status]);
    expect(fixture.call('DELETE', customer).status).toBe(204);
  });

  test.each([
    ['new-commerce', 'deleted', 400],
    ['saas', 'deleted', 400],
    ['licence', 'suspended', 200],
  ] as const)(
    'of a %s can be bound by sixty days where it is cancelled',
    (kind, status, answer) => {
      const fixture = createFixture({ sixtyDays: 'everything-cancelled' });
      const end = (ageDays: number) => {
        const { subscription } = seedOne(fixture, { kind, ageDays });
        return fixture.call('PATCH', subscription, withStatus(fixture, subscription, status));
      };
      const old = end(60.01);
      expect([old.status, old.json['code']]).toEqual([
        answer,
        answer === 400 ? '900117' : undefined,
      ]);
      expect(end(60).status).toBe(200);
      fixture.sandbox.changeSettings({ production: true });
      expect(end(60.01).status).toBe(200);
    },
  );

  test('of new commerce can be limited to seven days from purchase or renewal', () => {
    const fixture = createFixture({ newCommerceWindowMs: 7 * DAY_MS });
    const end = (purchase: PurchaseSpec) => {
      const { subscription } = seedOne(fixture, purchase);
      return fixture.call('PATCH', subscription, withStatus(fixture, subscription, 'deleted'));
    };
    const refused = end({ kind: 'new-commerce', ageDays: 7.01 });
    expect([refused.status, refused.json['code']]).toEqual([400, '900117']);
    expect(refused.json['description']).toContain('7-day');
    expect(end({ kind: 'new-commerce', ageDays: 7 }).status).toBe(200);
    expect(end({ kind: 'new-commerce', term: 'P1M', ageDays: 35 }).status).toBe(200);
    expect(end({ kind: 'new-commerce', term: 'P1M', ageDays: 38 }).json['code']).toBe('900117');
  });

  test.each([
    ['P1M', 1, '900213', '24-hour'],
    ['P1Y', 14, '900117', '14-day'],
  ] as const)('of SaaS paid for %s can be limited to %i days', (term, days, code, span) => {
    const fixture = createFixture({ marketplaceWindows: 'as-in-production' });
    const end = (ageDays: number) => {
      const { subscription } = seedOne(fixture, { kind: 'saas', term, ageDays });
      return fixture.call('PATCH', subscription, withStatus(fixture, subscription, 'deleted'));
    };
    const refused = end(days + 0.01);
    expect([refused.status, refused.json['code']]).toEqual([400, code]);
    expect(refused.json['description']).toContain(span);
    expect(end(days).status).toBe(200);
  });

  test('of software goes with its order', () => {
    const fixture = createFixture();
    const { order, subscription } = seedOne(fixture, {
      kind: 'software-subscription',
      cancelTakesMs: 10,
    });
    fixture.call('PATCH', order, { status: 'cancelled' });
    expect(fixture.call('GET', subscription).json['status']).toBe('active');
    fixture.clock.advance(10);
    expect(fixture.call('GET', subscription).json['status']).toBe('deleted');
  });
});

describe('etags of subscriptions', () => {
  test('change with every write and are enforced, quoted or not, in the header and in the body', () => {
    const fixture = createFixture({ etags: 'everywhere' });
    const { subscription } = seedOne(fixture, { kind: 'new-commerce' });
    const first = fixture.call('GET', subscription).json;
    const etag = String((first['attributes'] as { etag: string }).etag);
    const { attributes: _none, ...bare } = first;
    const patch = (more: object, header?: string) =>
      fixture.call(
        'PATCH',
        subscription,
        { ...bare, ...more },
        header ? { headers: { 'If-Match': header } } : {},
      );
    expect(patch({ friendlyName: 'one' }, `"${etag}"`).status).toBe(200);
    for (const stale of [etag, `"${etag}"`, `W/"${etag}"`]) {
      expect(patch({ friendlyName: 'two' }, stale).json['code']).toBe('2055');
    }
    expect(patch({ Attributes: { Etag: etag } }).json['code']).toBe('2055');
    expect(patch({ friendlyName: 'three' }, '*').status).toBe(200);
    expect(patch({ friendlyName: 'four' }).status).toBe(200);
    expect(fixture.call('GET', subscription).json['friendlyName']).toBe('four');
  });

  test.each([
    ['new-commerce', 'deleted'],
    ['saas', 'deleted'],
    ['software-subscription', 'deleted'],
    ['azure-plan', 'suspended'],
    ['licence', 'suspended'],
  ] as const)(
    'of a %s need not be sent, nor does the empty one of an answer matter',
    (kind, status) => {
      const fixture = createFixture();
      const seed = { kind, ...(kind === 'azure-plan' && { azureSubscriptions: 0 }) };
      const { subscription } = seedOne(fixture, seed);
      const { attributes: _none, ...bare } = fixture.call('GET', subscription).json;
      const renamed = fixture.call('PATCH', subscription, { ...bare, friendlyName: 'other' });
      const shown = ['saas', 'azure-plan', 'licence'].includes(kind) ? '' : undefined;
      expect(asJson(renamed.json['attributes'])['etag']).toBe(shown);
      const ended = fixture.call('PATCH', subscription, { ...renamed.json, status });
      expect([ended.status, ended.json['status']]).toEqual([200, status]);
    },
  );

  test('are shown where samples show them: not by new commerce, software and savings plans', () => {
    const fixture = createFixture();
    const shows = (kind: PurchaseSpec['kind']) => {
      const { attributes } = fixture.call('GET', seedOne(fixture, { kind }).subscription).json;
      return 'etag' in asJson(attributes);
    };
    for (const kind of ['new-commerce', 'software-subscription', 'savings-plan'] as const) {
      expect([kind, shows(kind)]).toEqual([kind, false]);
    }
    for (const kind of ['licence', 'legacy-azure', 'saas', 'azure-plan'] as const) {
      expect([kind, shows(kind)]).toEqual([kind, true]);
    }
    fixture.sandbox.changeSettings({ etags: 'everywhere' });
    expect(shows('savings-plan')).toBe(true);
  });

  test.each(['new-commerce', 'software-subscription'] as const)(
    'that a %s never showed are refused, unless the setting has them ignored',
    (kind) => {
      const fixture = createFixture();
      const { subscription } = seedOne(fixture, { kind });
      const body = withStatus(fixture, subscription, 'deleted');
      const inBody = { ...body, attributes: { objectType: 'Subscription', etag: 'never shown' } };
      const headers = { 'If-Match': '"never shown"' };
      const patch = (sent: object, options = {}) =>
        fixture.call('PATCH', subscription, sent, options).json['code'];
      expect([patch(body, { headers }), patch(inBody)]).toEqual(['2055', '2055']);
      expect(fixture.sandbox.state().writes).toEqual([]);
      fixture.sandbox.changeSettings({ unshownEtags: 'ignored' });
      expect(fixture.call('PATCH', subscription, inBody, { headers }).status).toBe(200);
    },
  );

  test('can be made to expire by themselves', () => {
    const fixture = createFixture({ etagLifetimeMs: 1_000 });
    const { subscription } = seedOne(fixture, { kind: 'saas' });
    const body = withStatus(fixture, subscription, 'deleted');
    fixture.clock.advance(1_000);
    expect(fixture.call('PATCH', subscription, body).json['code']).toBe('2055');
    expect(
      fixture.call('PATCH', subscription, withStatus(fixture, subscription, 'deleted')).status,
    ).toBe(200);
  });
});

describe('the body of a PATCH subscription', () => {
  test('must be the whole resource, unless the setting asks for less', () => {
    const fixture = createFixture();
    const { subscription } = seedOne(fixture, { kind: 'licence' });
    const refused = fixture.call('PATCH', subscription, { status: 'suspended' });
    expect([refused.status, refused.json['code']]).toEqual([400, '3000']);
    expect(refused.json['description']).toContain('quantity');
    fixture.sandbox.changeSettings({ requireWholeSubscription: false });
    // What the .NET SDK makes of `new Subscription { Status = SubscriptionStatus.Suspended }`.
    const patched = fixture.call('PATCH', subscription, {
      Id: null,
      FriendlyName: null,
      Quantity: 0,
      AutoRenewEnabled: false,
      Status: 'suspended',
      OrderId: null,
      Attributes: { ObjectType: 'Subscription' },
    });
    expect(patched.json).toMatchObject({ status: 'suspended', quantity: 1 });
  });

  test('turns auto-renewal off and drops scheduled changes unless it repeats them', () => {
    const fixture = createFixture({ requireWholeSubscription: false });
    const purchase = { kind: 'new-commerce', scheduledChanges: true } as const;
    const { subscription, ids } = seedOne(fixture, purchase);
    const [id] = ids.subscriptionIds;
    const now = () => fixture.sandbox.state().customers[0]?.subscriptions[0];
    const whole = fixture.call('GET', subscription).json;
    expect(whole).toHaveProperty('scheduledNextTermInstructions');
    fixture.call('PATCH', subscription, { ...whole, friendlyName: 'other' });
    expect(now()).toMatchObject({ autoRenew: true, scheduledChanges: true });
    fixture.call('PATCH', subscription, { id, friendlyName: 'third' });
    expect(now()).toMatchObject({ autoRenew: false, scheduledChanges: false });
    expect(fixture.call('GET', subscription).json).not.toHaveProperty(
      'scheduledNextTermInstructions',
    );
  });

  test('needs no order id where the subscription shows none', () => {
    const fixture = createFixture();
    const purchase = { kind: 'new-commerce', subscriptionOrderId: 'absent' } as const;
    const { subscription } = seedOne(fixture, purchase);
    const body = withStatus(fixture, subscription, 'deleted');
    expect(body).not.toHaveProperty('orderId');
    expect(fixture.call('PATCH', subscription, body).status).toBe(200);
  });

  test.each([
    ['another id', { id: '00000000-0000-4000-8000-000000000000' }],
    ['a broken quantity', { quantity: 1.5 }],
  ])('is refused with %s', (_what, wrong) => {
    const fixture = createFixture();
    const { subscription } = seedOne(fixture, { kind: 'licence' });
    const body = { ...withStatus(fixture, subscription, 'suspended'), ...wrong };
    expect(fixture.call('PATCH', subscription, body).json['code']).toBe('3000');
  });

  test.each([
    ['fewer than one', 'active', 0, 400, '2002'],
    ['more than any offer has', 'active', 10_001, 400, '2002'],
    ['more seats than the sandbox allows', 'active', 26, 403, '800067'],
    ['another number while it is suspended', 'suspended', 2, 400, '2001'],
    ['another number while it is resumed', 'suspended', 2, 400, '2001', 'active'],
    ['another number in the call that suspends it', 'active', 2, 400, '2001', 'suspended'],
  ] as const)('cannot ask for %s', (_what, status, quantity, answer, code, wanted = status) => {
    const fixture = createFixture();
    const { subscription } = seedOne(fixture, { kind: 'licence', status });
    const body = { ...withStatus(fixture, subscription, wanted), quantity };
    const refused = fixture.call('PATCH', subscription, body);
    expect([refused.status, refused.json['code']]).toEqual([answer, code]);
    expect(fixture.sandbox.state().writes).toEqual([]);
  });

  test('asks for as many seats as the offer has where the account is no sandbox', () => {
    const fixture = createFixture({ production: true });
    const { subscription } = seedOne(fixture, { kind: 'licence' });
    const body = { ...fixture.call('GET', subscription).json, quantity: 26 };
    expect(fixture.call('PATCH', subscription, body).json['quantity']).toBe(26);
  });

  test('may be the fields that the article shows, in the case in which it shows them', () => {
    const fixture = createFixture();
    const { subscription, ids } = seedOne(fixture, { kind: 'licence' });
    const read = fixture.call('GET', subscription).json;
    const body = {
      Id: ids.subscriptionIds[0],
      FriendlyName: 'nickname',
      Quantity: 1,
      UnitType: 'none',
      ParentSubscriptionId: null,
      CreationDate: read['creationDate'],
      EffectiveStartDate: read['effectiveStartDate'],
      CommitmentEndDate: read['commitmentEndDate'],
      Status: 'suspended',
      AutoRenewEnabled: false,
      BillingType: 'none',
      PartnerId: null,
      ContractType: 'subscription',
      OrderId: ids.orderIds[0],
      Attributes: { Etag: asJson(read['attributes'])['etag'], ObjectType: 'Subscription' },
    };
    const patched = fixture.call('PATCH', subscription, body);
    expect([patched.status, patched.json['status']]).toEqual([200, 'suspended']);
  });

  test('may change name, quantity and renewal, which are counted only when they change', () => {
    const fixture = createFixture();
    const { subscription } = seedOne(fixture, { kind: 'licence' });
    const body = {
      ...fixture.call('GET', subscription).json,
      quantity: 4,
      autoRenewEnabled: false,
    };
    fixture.call('PATCH', subscription, body);
    fixture.call('PATCH', subscription, fixture.call('GET', subscription).json);
    expect(fixture.call('GET', subscription).json).toMatchObject({
      quantity: 4,
      autoRenewEnabled: false,
    });
    expect(fixture.sandbox.state().writeCounts['patch-subscription']).toBe(1);
  });
});

describe('reading subscriptions', () => {
  test.each([
    [
      'new-commerce',
      { productType: { id: 'OnlineServicesNCE', displayName: 'OnlineServicesNCE' } },
    ],
    ['saas', { productType: { id: 'SaaS' }, isMicrosoftProduct: false }],
    ['azure-plan', { productType: { id: 'Azure' }, offerName: 'Azure plan' }],
    ['software-subscription', { productType: { id: 'Software' } }],
    [
      'savings-plan',
      {
        offerId: 'DZH318Z09V6F:0001:DZH318Z0BLD3',
        productType: { id: 'Azure', subType: { id: 'SavingsPlan' } },
        billingType: 'benefit',
        billingCycle: 'one_time',
      },
    ],
  ] as const)('shows a %s by its fields', (kind, fields) => {
    const fixture = createFixture();
    const { subscription } = seedOne(fixture, { kind });
    expect(fixture.call('GET', subscription).json).toMatchObject(fields);
  });

  test('shows a legacy licence with a GUID for an offer and no product type', () => {
    const fixture = createFixture();
    const shown = fixture.call('GET', seedOne(fixture, { kind: 'licence' }).subscription).json;
    expect(shown['offerId']).toMatch(/^[0-9A-F-]{36}$/);
    expect(shown).not.toHaveProperty('productType');
  });

  test('can be kept to one order, and shows what an add-on belongs to', () => {
    const fixture = createFixture();
    const { customerId, purchases } = fixture.sandbox.addCustomer({
      purchases: [{ kind: 'licence' }, { kind: 'licence', addOn: true }],
    });
    const path = `/v1/customers/${customerId}/subscriptions`;
    const orderId = purchases[1]?.orderIds[0] ?? '';
    const items = itemsOf(fixture.call('GET', path, undefined, { query: { order_id: orderId } }));
    expect(items.map((item) => item['parentSubscriptionId'])).toEqual([
      purchases[0]?.subscriptionIds[0],
    ]);
    const unknown = fixture.call('GET', `${path}/00000000-0000-4000-8000-000000000000`);
    expect([unknown.status, unknown.json['code']]).toEqual([404, '20003']);
  });
});
