import { describe, expect, test } from 'vitest';
import type { PurchaseSpec } from '../../src/core/spec.ts';
import { asJson, createStage, itemsOf, seedOne, withStatus } from '../stage.ts';

const DAY_MS = 24 * 3_600_000;

describe('ending a subscription', () => {
  test.each([
    ['new-commerce', 'deleted'],
    ['saas', 'deleted'],
    ['software-subscription', 'deleted'],
    ['licence', 'suspended'],
  ] as const)('of a %s takes the status %s, and then the customer can go', (kind, status) => {
    const stage = createStage();
    const { subscription, customer } = seedOne(stage, { kind });
    expect(stage.call('DELETE', customer).status).toBe(400);
    const patched = stage.call('PATCH', subscription, withStatus(stage, subscription, status));
    expect([patched.status, patched.json['status']]).toEqual([200, status]);
    const shown = kind === 'saas' || kind === 'licence' ? { etag: '' } : {};
    expect(patched.json['attributes']).toEqual({ ...shown, objectType: 'Subscription' });
    expect(stage.call('DELETE', customer).status).toBe(204);
  });

  test.each([
    ['saas', 'suspended', '800040', 400],
    ['licence', 'deleted', '800040', 400],
    ['azure-plan', 'deleted', '800040', 400],
    ['unknown', 'deleted', '900141', 400],
    ['savings-plan', 'deleted', '900321', 403],
    ['savings-plan', 'active', '900321', 403],
  ] as const)('of a %s does not take the status %s', (kind, status, code, answer) => {
    const stage = createStage();
    const { subscription } = seedOne(stage, { kind });
    const refused = stage.call('PATCH', subscription, withStatus(stage, subscription, status));
    expect([refused.status, refused.json['code']]).toEqual([answer, code]);
  });

  test('a suspended new-commerce subscription still blocks', () => {
    const stage = createStage();
    const { subscription, customer } = seedOne(stage, { kind: 'new-commerce' });
    const suspended = withStatus(stage, subscription, 'suspended');
    expect(stage.call('PATCH', subscription, suspended).status).toBe(200);
    expect(stage.call('DELETE', customer).status).toBe(400);
  });

  test('that takes a while answers 202 with its Location, reads as before until done, and refuses more work', () => {
    const stage = createStage();
    const { subscription } = seedOne(stage, { kind: 'saas', cancelTakesMs: 1_000 });
    const end = () => stage.call('PATCH', subscription, withStatus(stage, subscription, 'deleted'));
    const accepted = end();
    expect([accepted.status, accepted.body]).toEqual([202, undefined]);
    expect(`/v1${accepted.headers['Location']}`).toBe(subscription);
    expect(stage.call('GET', subscription).json['status']).toBe('active');
    const busy = end();
    expect([busy.status, busy.json['code']]).toEqual([409, '900278']);
    stage.clock.advance(999);
    expect(stage.call('GET', subscription).json['status']).toBe('active');
    stage.clock.advance(1);
    expect(stage.call('GET', subscription).json['status']).toBe('deleted');
  });

  test('that takes a while can read pending instead', () => {
    const stage = createStage({ slowPatch: 'pending' });
    const { subscription } = seedOne(stage, { kind: 'saas', cancelTakesMs: 1_000 });
    const body = withStatus(stage, subscription, 'deleted');
    const patched = stage.call('PATCH', subscription, body);
    expect([patched.status, patched.json['status']]).toEqual([200, 'pending']);
    stage.clock.advance(1_000);
    expect(stage.call('GET', subscription).json['status']).toBe('deleted');
  });

  test('that is still being provisioned has to wait until it is active', () => {
    const stage = createStage();
    const { subscription } = seedOne(stage, {
      kind: 'new-commerce',
      status: 'pending',
      pendingForMs: 10,
    });
    const end = () => stage.call('PATCH', subscription, withStatus(stage, subscription, 'deleted'));
    const early = end();
    expect([early.status, early.json['code']]).toEqual([409, '800082']);
    stage.clock.advance(10);
    expect(end().json['status']).toBe('deleted');
  });

  test('that is deleted cannot come back, and deleting it again changes nothing', () => {
    const stage = createStage();
    const { subscription } = seedOne(stage, { kind: 'new-commerce', status: 'deleted' });
    const again = stage.call('PATCH', subscription, withStatus(stage, subscription, 'deleted'));
    expect(again.status).toBe(200);
    const back = stage.call('PATCH', subscription, withStatus(stage, subscription, 'active'));
    expect([back.status, back.json['code']]).toEqual([400, '2011']);
    expect(stage.sandbox.state().writes).toEqual([]);
  });

  test.each([
    ['new-commerce', 'deleted'],
    ['saas', 'deleted'],
    ['software-subscription', 'deleted'],
    ['licence', 'suspended'],
    ['azure-plan', 'suspended'],
  ] as const)('of a %s is possible at any age: sixty days bind orders', (kind, status) => {
    const stage = createStage();
    const seed = { kind, ageDays: 400, ...(kind === 'azure-plan' && { azureSubscriptions: 0 }) };
    const { subscription, customer } = seedOne(stage, seed);
    const ended = stage.call('PATCH', subscription, withStatus(stage, subscription, status));
    expect([ended.status, ended.json['status']]).toEqual([200, status]);
    expect(stage.call('DELETE', customer).status).toBe(204);
  });

  test.each([
    ['new-commerce', 'deleted', 400],
    ['saas', 'deleted', 400],
    ['licence', 'suspended', 200],
  ] as const)(
    'of a %s can be bound by sixty days where it is cancelled',
    (kind, status, answer) => {
      const stage = createStage({ sixtyDays: 'everything-cancelled' });
      const end = (ageDays: number) => {
        const { subscription } = seedOne(stage, { kind, ageDays });
        return stage.call('PATCH', subscription, withStatus(stage, subscription, status));
      };
      const old = end(60.01);
      expect([old.status, old.json['code']]).toEqual([
        answer,
        answer === 400 ? '900117' : undefined,
      ]);
      expect(end(60).status).toBe(200);
      stage.sandbox.changeSettings({ production: true });
      expect(end(60.01).status).toBe(200);
    },
  );

  test('of new commerce can be limited to seven days from purchase or renewal', () => {
    const stage = createStage({ newCommerceWindowMs: 7 * DAY_MS });
    const end = (purchase: PurchaseSpec) => {
      const { subscription } = seedOne(stage, purchase);
      return stage.call('PATCH', subscription, withStatus(stage, subscription, 'deleted'));
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
    const stage = createStage({ marketplaceWindows: 'as-in-production' });
    const end = (ageDays: number) => {
      const { subscription } = seedOne(stage, { kind: 'saas', term, ageDays });
      return stage.call('PATCH', subscription, withStatus(stage, subscription, 'deleted'));
    };
    const refused = end(days + 0.01);
    expect([refused.status, refused.json['code']]).toEqual([400, code]);
    expect(refused.json['description']).toContain(span);
    expect(end(days).status).toBe(200);
  });

  test('of software goes with its order', () => {
    const stage = createStage();
    const { order, subscription } = seedOne(stage, {
      kind: 'software-subscription',
      cancelTakesMs: 10,
    });
    stage.call('PATCH', order, { status: 'cancelled' });
    expect(stage.call('GET', subscription).json['status']).toBe('active');
    stage.clock.advance(10);
    expect(stage.call('GET', subscription).json['status']).toBe('deleted');
  });
});

describe('etags of subscriptions', () => {
  test('change with every write and are enforced, quoted or not, in the header and in the body', () => {
    const stage = createStage({ etags: 'everywhere' });
    const { subscription } = seedOne(stage, { kind: 'new-commerce' });
    const first = stage.call('GET', subscription).json;
    const etag = String((first['attributes'] as { etag: string }).etag);
    const { attributes: _none, ...bare } = first;
    const patch = (more: object, header?: string) =>
      stage.call(
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
    expect(stage.call('GET', subscription).json['friendlyName']).toBe('four');
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
      const stage = createStage();
      const seed = { kind, ...(kind === 'azure-plan' && { azureSubscriptions: 0 }) };
      const { subscription } = seedOne(stage, seed);
      const { attributes: _none, ...bare } = stage.call('GET', subscription).json;
      const renamed = stage.call('PATCH', subscription, { ...bare, friendlyName: 'other' });
      const shown = ['saas', 'azure-plan', 'licence'].includes(kind) ? '' : undefined;
      expect(asJson(renamed.json['attributes'])['etag']).toBe(shown);
      const ended = stage.call('PATCH', subscription, { ...renamed.json, status });
      expect([ended.status, ended.json['status']]).toEqual([200, status]);
    },
  );

  test('are shown where samples show them: not by new commerce, software and savings plans', () => {
    const stage = createStage();
    const shows = (kind: PurchaseSpec['kind']) => {
      const { attributes } = stage.call('GET', seedOne(stage, { kind }).subscription).json;
      return 'etag' in asJson(attributes);
    };
    for (const kind of ['new-commerce', 'software-subscription', 'savings-plan'] as const) {
      expect([kind, shows(kind)]).toEqual([kind, false]);
    }
    for (const kind of ['licence', 'saas', 'azure-plan'] as const) {
      expect([kind, shows(kind)]).toEqual([kind, true]);
    }
    const { subscription } = seedOne(stage, { kind: 'new-commerce' });
    const headers = { 'If-Match': '"whatever"' };
    const body = withStatus(stage, subscription, 'deleted');
    expect(stage.call('PATCH', subscription, body, { headers }).status).toBe(200);
    stage.sandbox.changeSettings({ etags: 'everywhere' });
    expect(shows('savings-plan')).toBe(true);
  });

  test('can be made to expire by themselves', () => {
    const stage = createStage({ etagLifetimeMs: 1_000 });
    const { subscription } = seedOne(stage, { kind: 'saas' });
    const body = withStatus(stage, subscription, 'deleted');
    stage.clock.advance(1_000);
    expect(stage.call('PATCH', subscription, body).json['code']).toBe('2055');
    expect(
      stage.call('PATCH', subscription, withStatus(stage, subscription, 'deleted')).status,
    ).toBe(200);
  });
});

describe('the body of a PATCH subscription', () => {
  test('must be the whole resource, unless the sandbox is told to be lenient', () => {
    const stage = createStage();
    const { subscription } = seedOne(stage, { kind: 'licence' });
    const refused = stage.call('PATCH', subscription, { status: 'suspended' });
    expect([refused.status, refused.json['code']]).toEqual([400, '3000']);
    expect(refused.json['description']).toContain('quantity');
    stage.sandbox.changeSettings({ requireWholeSubscription: false });
    // What the .NET SDK makes of `new Subscription { Status = SubscriptionStatus.Suspended }`.
    const patched = stage.call('PATCH', subscription, {
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
    const stage = createStage({ requireWholeSubscription: false });
    const purchase = { kind: 'new-commerce', scheduledChanges: true } as const;
    const { subscription, ids } = seedOne(stage, purchase);
    const [id] = ids.subscriptionIds;
    const now = () => stage.sandbox.state().customers[0]?.subscriptions[0];
    const whole = stage.call('GET', subscription).json;
    expect(whole).toHaveProperty('scheduledNextTermInstructions');
    stage.call('PATCH', subscription, { ...whole, friendlyName: 'other' });
    expect(now()).toMatchObject({ autoRenew: true, scheduledChanges: true });
    stage.call('PATCH', subscription, { id, friendlyName: 'third' });
    expect(now()).toMatchObject({ autoRenew: false, scheduledChanges: false });
    expect(stage.call('GET', subscription).json).not.toHaveProperty(
      'scheduledNextTermInstructions',
    );
  });

  test('needs no order id where the subscription shows none', () => {
    const stage = createStage();
    const purchase = { kind: 'new-commerce', subscriptionOrderId: 'absent' } as const;
    const { subscription } = seedOne(stage, purchase);
    const body = withStatus(stage, subscription, 'deleted');
    expect(body).not.toHaveProperty('orderId');
    expect(stage.call('PATCH', subscription, body).status).toBe(200);
  });

  test.each([
    ['another id', { id: '00000000-0000-4000-8000-000000000000' }],
    ['a broken quantity', { quantity: 1.5 }],
  ])('is refused with %s', (_what, wrong) => {
    const stage = createStage();
    const { subscription } = seedOne(stage, { kind: 'licence' });
    const body = { ...withStatus(stage, subscription, 'suspended'), ...wrong };
    expect(stage.call('PATCH', subscription, body).json['code']).toBe('3000');
  });

  test.each([
    ['fewer than one', 'active', 0, 400, '2002'],
    ['more than any offer has', 'active', 10_001, 400, '2002'],
    ['more seats than the sandbox allows', 'active', 26, 403, '800067'],
    ['another number while it is suspended', 'suspended', 2, 400, '2001'],
    ['another number while it is resumed', 'suspended', 2, 400, '2001', 'active'],
    ['another number in the call that suspends it', 'active', 2, 400, '2001', 'suspended'],
  ] as const)('cannot ask for %s', (_what, status, quantity, answer, code, wanted = status) => {
    const stage = createStage();
    const { subscription } = seedOne(stage, { kind: 'licence', status });
    const body = { ...withStatus(stage, subscription, wanted), quantity };
    const refused = stage.call('PATCH', subscription, body);
    expect([refused.status, refused.json['code']]).toEqual([answer, code]);
    expect(stage.sandbox.state().writes).toEqual([]);
  });

  test('asks for as many seats as the offer has where the account is no sandbox', () => {
    const stage = createStage({ production: true });
    const { subscription } = seedOne(stage, { kind: 'licence' });
    const body = { ...stage.call('GET', subscription).json, quantity: 26 };
    expect(stage.call('PATCH', subscription, body).json['quantity']).toBe(26);
  });

  test('may be the fields that the article shows, in the case in which it shows them', () => {
    const stage = createStage();
    const { subscription, ids } = seedOne(stage, { kind: 'licence' });
    const read = stage.call('GET', subscription).json;
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
    const patched = stage.call('PATCH', subscription, body);
    expect([patched.status, patched.json['status']]).toEqual([200, 'suspended']);
  });

  test('may change name, quantity and renewal, which are counted only when they change', () => {
    const stage = createStage();
    const { subscription } = seedOne(stage, { kind: 'licence' });
    const body = { ...stage.call('GET', subscription).json, quantity: 4, autoRenewEnabled: false };
    stage.call('PATCH', subscription, body);
    stage.call('PATCH', subscription, stage.call('GET', subscription).json);
    expect(stage.call('GET', subscription).json).toMatchObject({
      quantity: 4,
      autoRenewEnabled: false,
    });
    expect(stage.sandbox.state().writeCounts['patch-subscription']).toBe(1);
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
    const stage = createStage();
    const { subscription } = seedOne(stage, { kind });
    expect(stage.call('GET', subscription).json).toMatchObject(fields);
  });

  test('shows a legacy licence with a GUID for an offer and no product type', () => {
    const stage = createStage();
    const shown = stage.call('GET', seedOne(stage, { kind: 'licence' }).subscription).json;
    expect(shown['offerId']).toMatch(/^[0-9A-F-]{36}$/);
    expect(shown).not.toHaveProperty('productType');
  });

  test('can be kept to one order, and shows what an add-on belongs to', () => {
    const stage = createStage();
    const { customerId, purchases } = stage.sandbox.addCustomer({
      purchases: [{ kind: 'licence' }, { kind: 'licence', addOn: true }],
    });
    const path = `/v1/customers/${customerId}/subscriptions`;
    const orderId = purchases[1]?.orderIds[0] ?? '';
    const items = itemsOf(stage.call('GET', path, undefined, { query: { order_id: orderId } }));
    expect(items.map((item) => item['parentSubscriptionId'])).toEqual([
      purchases[0]?.subscriptionIds[0],
    ]);
    const unknown = stage.call('GET', `${path}/00000000-0000-4000-8000-000000000000`);
    expect([unknown.status, unknown.json['code']]).toEqual([404, '20003']);
  });
});
