import { describe, expect, test } from 'vitest';
import {
  asJson,
  byApplication,
  cancelled,
  createStage,
  itemsOf,
  type Stage,
  seedOne,
} from '../stage.ts';

const ORDERED = ['reservation', 'perpetual-software', 'software-subscription'] as const;

describe('the provisioning status of an order', () => {
  const asPerson = (stage: Stage) => ({
    caller: { ...stage.sandbox.appOnlyCaller, appOnly: false },
  });

  /** Asked for by the link that the order itself shows. */
  const statusesOf = (stage: Stage, order: string) => {
    const links = asJson(stage.call('GET', order).json['links']);
    const uri = String(asJson(links['provisioningStatus'])['uri']);
    return itemsOf(stage.call('GET', `/v1${uri}`, undefined, asPerson(stage))).map(
      ({ status }) => status,
    );
  };

  test('is shown for each of its lines, in the documented shape', () => {
    const stage = createStage();
    const { order } = seedOne(stage, { kind: 'perpetual-software', lines: 2 });
    const answer = stage.call('GET', `${order}/provisioningstatus`, undefined, asPerson(stage));
    expect(answer.json).toMatchObject({
      totalCount: 2,
      items: [
        {
          orderLineItemId: 0,
          lineItemNumber: 0,
          status: 'fulfilled',
          quantityProvisioningInformation: [{ quantity: 1, status: 'fulfilled' }],
        },
        { lineItemNumber: 1 },
      ],
      attributes: { objectType: 'Collection' },
    });
  });

  test('goes from pending to fulfilled to unfulfilled', () => {
    const stage = createStage();
    const { order, orderId } = seedOne(stage, {
      kind: 'reservation',
      status: 'pending',
      pendingForMs: 1_000,
      cancelTakesMs: 1_000,
    });
    expect(statusesOf(stage, order)).toEqual(['prefulfillmentPending']);
    stage.clock.advance(1_000);
    expect(statusesOf(stage, order)).toEqual(['fulfilled']);
    stage.call('PATCH', order, cancelled(orderId));
    expect(statusesOf(stage, order)).toEqual(['fulfilled']);
    stage.clock.advance(1_000);
    expect(statusesOf(stage, order)).toEqual(['unfulfilled']);
  });

  test('is refused to an application by itself', () => {
    const stage = createStage();
    const { order } = seedOne(stage, { kind: 'reservation' });
    const path = `${order}/provisioningstatus`;
    const refused = stage.call('GET', path, undefined, byApplication(stage));
    expect([refused.status, refused.json['code']]).toEqual([403, '900329']);
  });
});

describe('cancelling an order', () => {
  test.each(ORDERED)('of a %s is pending for its time, then cancelled', (kind) => {
    const stage = createStage();
    const { order, orderId } = seedOne(stage, { kind, cancelTakesMs: 5_000 });
    const patched = stage.call('PATCH', order, cancelled(orderId));
    expect([patched.status, patched.json['status']]).toEqual([200, 'pending']);
    stage.clock.advance(4_999);
    expect(stage.call('GET', order).json['status']).toBe('pending');
    stage.clock.advance(1);
    expect(stage.call('GET', order).json['status']).toBe('cancelled');
  });

  test('takes a time drawn from the seed when the purchase does not say', () => {
    const stage = createStage({ cancelTakesMs: { lowest: 1_000, highest: 3_000 } });
    const { order, orderId } = seedOne(stage, { kind: 'reservation' });
    stage.call('PATCH', order, cancelled(orderId));
    stage.clock.advance(999);
    expect(stage.call('GET', order).json['status']).toBe('pending');
    stage.clock.advance(2_001);
    expect(stage.call('GET', order).json['status']).toBe('cancelled');
  });

  test('can be counted in looks instead of time', () => {
    const stage = createStage();
    const { order, orderId, customer } = seedOne(stage, {
      kind: 'reservation',
      cancelTakesLooks: 2,
    });
    stage.call('PATCH', order, cancelled(orderId));
    expect(stage.call('GET', order).json['status']).toBe('pending');
    expect(itemsOf(stage.call('GET', `${customer}/orders`))[0]?.['status']).toBe('pending');
    expect(stage.call('GET', order).json['status']).toBe('cancelled');
  });

  test('is done at once when it takes no time, and can also never end', () => {
    const stage = createStage();
    const quick = seedOne(stage, { kind: 'reservation', cancelTakesMs: 0 });
    expect(stage.call('PATCH', quick.order, cancelled(quick.orderId)).json['status']).toBe(
      'cancelled',
    );
    const stuck = seedOne(stage, { kind: 'reservation', neverCancels: true });
    stage.call('PATCH', stuck.order, cancelled(stuck.orderId));
    stage.clock.advance(365 * 24 * 3_600_000);
    expect(stage.call('GET', stuck.order).json['status']).toBe('pending');
  });

  test.each([
    ['pending', 'pending'],
    ['as-before', 'completed'],
    ['cancelled', 'cancelled'],
  ] as const)('reads until it is done as configured: %s', (cancellingOrderReads, reads) => {
    const stage = createStage({ cancellingOrderReads });
    const { order, orderId, customer } = seedOne(stage, {
      kind: 'software-subscription',
      cancelTakesMs: 1_000,
    });
    const shown = () => [
      stage.call('GET', order).json['status'],
      itemsOf(stage.call('GET', `${customer}/orders`))[0]?.['status'],
    ];
    expect(stage.call('PATCH', order, cancelled(orderId)).json['status']).toBe(reads);
    expect(shown()).toEqual([reads, reads]);
    expect(stage.call('DELETE', customer).status).toBe(400);
    expect(itemsOf(stage.call('GET', `${customer}/subscriptions`))[0]?.['status']).toBe('active');
    // What it reads may be sent back, and nothing else.
    expect(stage.call('PATCH', order, { id: orderId, status: reads }).status).toBe(200);
    const other = stage.call('PATCH', order, { id: orderId, status: 'suspended' });
    expect(other.json['code']).toBe('800040');
    stage.clock.advance(1_000);
    expect(shown()).toEqual(['cancelled', 'cancelled']);
    expect(stage.call('DELETE', customer).status).toBe(204);
  });

  test.each([
    ['is accepted, as the published sample needs it', 'accepted', [200], [200]],
    ['can answer 409 800060 until that is done', 'in-progress', [409, '800060'], [200]],
    ['can answer 400 800061, also then', 'refused', [400, '800061'], [400, '800061']],
  ] as const)('again %s', (_name, repeatedCancel, ...expected) => {
    const stage = createStage({ repeatedCancel });
    const { order, orderId } = seedOne(stage, { kind: 'reservation', cancelTakesMs: 1_000 });
    stage.call('PATCH', order, cancelled(orderId));
    const again = () => {
      const { status, json } = stage.call('PATCH', order, cancelled(orderId));
      return json['code'] === undefined ? [status] : [status, json['code']];
    };
    const busy = again();
    expect(stage.call('GET', order).json['status']).toBe('pending');
    stage.clock.advance(1_000);
    expect([busy, again()]).toEqual(expected);
    expect(stage.call('GET', order).json['status']).toBe('cancelled');
    expect(stage.sandbox.state().writeCounts['cancel-order']).toBe(1);
  });

  test('that is still being provisioned answers 409 800060 until it is completed', () => {
    const stage = createStage();
    const purchase = { kind: 'reservation', status: 'pending', pendingForMs: 500 } as const;
    const { order, orderId } = seedOne(stage, purchase);
    expect(stage.call('PATCH', order, cancelled(orderId)).status).toBe(409);
    stage.clock.advance(500);
    expect(stage.call('GET', order).json['status']).toBe('completed');
    expect(stage.call('PATCH', order, cancelled(orderId)).status).toBe(200);
  });

  test('repeated with its MS-RequestId gets the first answer again and does nothing', () => {
    const stage = createStage();
    const { order, orderId } = seedOne(stage, { kind: 'reservation', cancelTakesMs: 1_000 });
    const headers = { 'MS-RequestId': 'e0c5c1a8-0000-4000-8000-000000000001' };
    const first = stage.call('PATCH', order, cancelled(orderId), { headers });
    stage.clock.advance(600_000);
    const second = stage.call('PATCH', order, cancelled(orderId), { headers });
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    const replayed = stage.sandbox.requests().requests.map((request) => request.replayed);
    expect(replayed).toEqual([false, true]);
    stage.clock.advance(1);
    const late = stage.call('PATCH', order, cancelled(orderId), { headers });
    expect(late.json['status']).toBe('cancelled');
    expect(stage.sandbox.state().writes).toHaveLength(1);
  });

  test.each([
    ['reservation', 400, '800061'],
    ['perpetual-software', 400, '900117'],
    ['software-subscription', 400, '900117'],
  ] as const)('of a %s is refused after 60 days', (kind, status, code) => {
    const stage = createStage();
    const old = seedOne(stage, { kind, ageDays: 60.01 });
    const refused = stage.call('PATCH', old.order, cancelled(old.orderId));
    expect([refused.status, refused.json['code']]).toEqual([status, code]);
    const young = seedOne(stage, { kind, ageDays: 60 });
    expect(stage.call('PATCH', young.order, cancelled(young.orderId)).status).toBe(200);
  });

  test.each([
    ['new-commerce', 400, '800063'],
    ['azure-plan', 400, '800063'],
    ['licence', 400, '800063'],
    ['saas', 403, '800077'],
    ['unknown', 400, '900141'],
  ] as const)('is not how a %s ends', (kind, status, code) => {
    const stage = createStage();
    const { order, orderId } = seedOne(stage, { kind });
    const refused = stage.call('PATCH', order, cancelled(orderId));
    expect([refused.status, refused.json['code']]).toEqual([status, code]);
    expect(stage.sandbox.state().writes).toEqual([]);
  });

  test.each([
    ['reservation', 403],
    ['new-commerce', 403],
    ['perpetual-software', 200],
    ['software-subscription', 200],
  ] as const)('of a %s in production answers %i', (kind, status) => {
    const stage = createStage({ production: true });
    const { order, orderId } = seedOne(stage, { kind });
    const answer = stage.call('PATCH', order, cancelled(orderId));
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.json['code']).toBe('800019');
  });
});

describe('the body of a PATCH order', () => {
  test('may be the whole resource in PascalCase with nulls, as the .NET SDK sends it', () => {
    const stage = createStage();
    const { order, orderId } = seedOne(stage, { kind: 'perpetual-software', lines: 2 });
    const [first, second] = [0, 1].map((number) => ({
      LineItemNumber: number,
      OfferId: null,
      Quantity: 1,
      Attributes: { ObjectType: 'OrderLineItem' },
    }));
    const body = {
      Id: orderId,
      AlternateId: null,
      ReferenceCustomerId: null,
      LineItems: [first, second],
      CreationDate: '0001-01-01T00:00:00',
      Status: 'Cancelled',
      Attributes: { ObjectType: 'Order' },
    };
    expect(stage.call('PATCH', order, body).json['status']).toBe('pending');
  });

  test('may name one line: it goes to quantity 0 and the order stays completed, until the last goes', () => {
    const stage = createStage();
    const { order, orderId, customer } = seedOne(stage, {
      kind: 'perpetual-software',
      lines: 2,
      quantity: 3,
      cancelTakesMs: 0,
    });
    const one = (lineItemNumber: number) => ({
      ...cancelled(orderId),
      lineItems: [{ lineItemNumber }],
    });
    const partial = stage.call('PATCH', order, one(0)).json;
    expect(partial['status']).toBe('completed');
    expect(partial['lineItems']).toMatchObject([{ quantity: 0 }, { quantity: 3 }]);
    const quantities = itemsOf(stage.call('GET', `${customer}/entitlements`)).map(
      (item) => item['quantity'],
    );
    expect(quantities).toEqual([0, 3]);
    expect(stage.call('PATCH', order, one(1)).json['status']).toBe('cancelled');
  });

  test('with lines of different kinds is refused whole, and takes the lines that it may', () => {
    const stage = createStage();
    const { order, orderId, customer } = seedOne(stage, {
      kind: 'new-commerce',
      together: ['software-subscription', 'reservation'],
      cancelTakesMs: 0,
    });
    const whole = stage.call('PATCH', order, cancelled(orderId));
    expect([whole.status, whole.json['code']]).toEqual([400, '800063']);
    const lineItems = [{ lineItemNumber: 1 }, { lineItemNumber: 2 }];
    const partial = stage.call('PATCH', order, { ...cancelled(orderId), lineItems });
    expect(partial.json).toMatchObject({
      status: 'completed',
      lineItems: [{ quantity: 1 }, { quantity: 0 }, { quantity: 0 }],
    });
    const subscriptions = itemsOf(stage.call('GET', `${customer}/subscriptions`));
    expect(subscriptions.map(({ status }) => status)).toEqual(['active', 'deleted']);
    expect(stage.call('DELETE', customer).status).toBe(400);
  });

  test.each([
    ['no object', []],
    ['another id', { id: 'other', status: 'cancelled' }],
    ['no status', { id: null }],
    ['lines that are no list', { status: 'cancelled', lineItems: {} }],
    [
      'a line twice',
      { status: 'cancelled', lineItems: [{ lineItemNumber: 0 }, { lineItemNumber: 0 }] },
    ],
    ['a line without a number', { status: 'cancelled', lineItems: [{}] }],
    ['a wrong offer', { status: 'cancelled', lineItems: [{ lineItemNumber: 0, offerId: 'x' }] }],
  ])('is refused with 400 3000 when it has %s', (_what, body) => {
    const stage = createStage();
    const { order } = seedOne(stage, { kind: 'reservation' });
    const refused = stage.call('PATCH', order, body);
    expect([refused.status, refused.json['code']]).toEqual([400, '3000']);
  });

  test.each(['800071', '3000'] as const)(
    'is refused with 400 %s, as configured, when it has a line that is not there',
    (unknownLineCode) => {
      const stage = createStage({ unknownLineCode });
      const { order, orderId } = seedOne(stage, { kind: 'reservation' });
      const body = { ...cancelled(orderId), lineItems: [{ lineItemNumber: 1 }] };
      const refused = stage.call('PATCH', order, body);
      expect([refused.status, refused.json['code']]).toEqual([400, unknownLineCode]);
    },
  );

  test('cannot set another status', () => {
    const stage = createStage();
    const { order } = seedOne(stage, { kind: 'reservation' });
    expect(stage.call('PATCH', order, { status: 'unknown' }).json['code']).toBe('800040');
    expect(stage.call('PATCH', order, { status: 'Completed' }).status).toBe(200);
    expect(stage.sandbox.state().writes).toEqual([]);
  });
});

describe('reading orders', () => {
  test('shows one only after its time, in lists, by id and among entitlements, though it blocks at once', () => {
    const stage = createStage();
    const { order, customer } = seedOne(stage, { kind: 'reservation', visibleAfterMs: 900_000 });
    const seen = () => [
      itemsOf(stage.call('GET', `${customer}/orders`)).length,
      itemsOf(stage.call('GET', `${customer}/entitlements`)).length,
      stage.call('GET', order).status,
    ];
    expect(seen()).toEqual([0, 0, 404]);
    expect(stage.call('GET', order).json['code']).toBe('20000');
    expect(stage.call('DELETE', customer).status).toBe(400);
    stage.clock.advance(900_000);
    expect(seen()).toEqual([1, 1, 200]);
  });

  test('shows legacy ids and etags for licences, and the modern form without for the rest', () => {
    const stage = createStage();
    const legacy = seedOne(stage, { kind: 'licence' });
    const modern = seedOne(stage, { kind: 'reservation' });
    expect(legacy.orderId).toMatch(/^[0-9a-f-]{36}$/);
    expect(modern.orderId).toMatch(/^[\w-]{32}\d$/);
    expect(stage.call('GET', legacy.order).json['attributes']).toHaveProperty('etag');
    expect(stage.call('GET', modern.order).json['attributes']).toEqual({ objectType: 'Order' });
  });
});

describe('entitlements', () => {
  test('are several for one order and nested with orders of their own', () => {
    const stage = createStage();
    const { customer, ids } = seedOne(stage, { kind: 'reservation', entitlements: 2, nested: 2 });
    const [first, second, ...rest] = itemsOf(stage.call('GET', `${customer}/entitlements`));
    expect(rest).toEqual([]);
    const [main, inner, innermost] = ids.orderIds;
    expect(first).toMatchObject({
      entitlementType: 'reservedinstance',
      referenceOrder: { id: main, lineItemId: '0' },
      includedEntitlements: [
        {
          referenceOrder: { id: inner },
          includedEntitlements: [{ referenceOrder: { id: innermost }, includedEntitlements: [] }],
        },
      ],
    });
    expect(second).toMatchObject({ referenceOrder: { id: main } });
  });

  test('are filtered by type, the old name included', () => {
    const stage = createStage();
    const { customerId } = stage.sandbox.addCustomer({
      purchases: [{ kind: 'reservation' }, { kind: 'perpetual-software' }],
    });
    const count = (entitlementType: string) =>
      itemsOf(
        stage.call('GET', `/v1/customers/${customerId}/entitlements`, undefined, {
          query: { entitlementType },
        }),
      ).map((item) => item['entitlementType']);
    expect(count('software')).toEqual(['software']);
    expect(count('virtualmachinereservedinstance')).toEqual(['reservedinstance']);
  });

  test.each([
    ['stay', [0]],
    ['vanish', []],
  ] as const)('of a cancelled order %s as configured', (cancelledEntitlements, quantities) => {
    const stage = createStage({ cancelledEntitlements });
    const { customer } = seedOne(stage, { kind: 'reservation', status: 'released' });
    const items = itemsOf(stage.call('GET', `${customer}/entitlements`));
    expect(items.map((item) => item['quantity'])).toEqual(quantities);
  });

  test('are refused to an application by itself, not to a person, unless it is told otherwise', () => {
    const stage = createStage();
    const { customer } = seedOne(stage, { kind: 'reservation' });
    const path = `${customer}/entitlements`;
    const ask = () => stage.call('GET', path, undefined, byApplication(stage));
    expect([ask().status, ask().json['code']]).toEqual([403, '900329']);
    expect(stage.call('GET', path).status).toBe(200);
    stage.sandbox.changeSettings({ refuseEntitlementsToAppOnly: false });
    expect(ask().status).toBe(200);
  });
});
