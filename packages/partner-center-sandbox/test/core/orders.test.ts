import { describe, expect, test } from 'vitest';
import {
  asJson,
  byApplication,
  cancelled,
  createFixture,
  type Fixture,
  itemsOf,
  seedOne,
} from '../fixture.ts';

const ORDERED = ['reservation', 'perpetual-software', 'software-subscription'] as const;

describe('the provisioning status of an order', () => {
  const asPerson = (fixture: Fixture) => ({
    caller: { ...fixture.sandbox.appOnlyCaller, appOnly: false },
  });

  /** Asked for by the link that the order itself shows. */
  const statusesOf = (fixture: Fixture, order: string) => {
    const links = asJson(fixture.call('GET', order).json['links']);
    const uri = String(asJson(links['provisioningStatus'])['uri']);
    return itemsOf(fixture.call('GET', `/v1${uri}`, undefined, asPerson(fixture))).map(
      ({ status }) => status,
    );
  };

  test('is shown for each of its lines, in the documented shape', () => {
    const fixture = createFixture();
    const { order } = seedOne(fixture, { kind: 'perpetual-software', lines: 2 });
    const answer = fixture.call('GET', `${order}/provisioningstatus`, undefined, asPerson(fixture));
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
    const fixture = createFixture();
    const { order, orderId } = seedOne(fixture, {
      kind: 'reservation',
      status: 'pending',
      pendingForMs: 1_000,
      cancelTakesMs: 1_000,
    });
    expect(statusesOf(fixture, order)).toEqual(['prefulfillmentPending']);
    fixture.clock.advance(1_000);
    expect(statusesOf(fixture, order)).toEqual(['fulfilled']);
    fixture.call('PATCH', order, cancelled(orderId));
    expect(statusesOf(fixture, order)).toEqual(['fulfilled']);
    fixture.clock.advance(1_000);
    expect(statusesOf(fixture, order)).toEqual(['unfulfilled']);
  });

  test('is refused to an application by itself', () => {
    const fixture = createFixture();
    const { order } = seedOne(fixture, { kind: 'reservation' });
    const path = `${order}/provisioningstatus`;
    const refused = fixture.call('GET', path, undefined, byApplication(fixture));
    expect([refused.status, refused.json['code']]).toEqual([403, '900329']);
  });
});

describe('cancelling an order', () => {
  test.each(ORDERED)('of a %s is pending for its time, then cancelled', (kind) => {
    const fixture = createFixture();
    const { order, orderId } = seedOne(fixture, { kind, cancelTakesMs: 5_000 });
    const patched = fixture.call('PATCH', order, cancelled(orderId));
    expect([patched.status, patched.json['status']]).toEqual([200, 'pending']);
    fixture.clock.advance(4_999);
    expect(fixture.call('GET', order).json['status']).toBe('pending');
    fixture.clock.advance(1);
    expect(fixture.call('GET', order).json['status']).toBe('cancelled');
  });

  test('takes a time drawn from the seed when the purchase does not say', () => {
    const fixture = createFixture({ cancelTakesMs: { lowest: 1_000, highest: 3_000 } });
    const { order, orderId } = seedOne(fixture, { kind: 'reservation' });
    fixture.call('PATCH', order, cancelled(orderId));
    fixture.clock.advance(999);
    expect(fixture.call('GET', order).json['status']).toBe('pending');
    fixture.clock.advance(2_001);
    expect(fixture.call('GET', order).json['status']).toBe('cancelled');
  });

  test('can be counted in reads instead of time', () => {
    const fixture = createFixture();
    const { order, orderId, customer } = seedOne(fixture, {
      kind: 'reservation',
      cancelTakesReads: 2,
    });
    fixture.call('PATCH', order, cancelled(orderId));
    expect(fixture.call('GET', order).json['status']).toBe('pending');
    expect(itemsOf(fixture.call('GET', `${customer}/orders`))[0]?.['status']).toBe('pending');
    expect(fixture.call('GET', order).json['status']).toBe('cancelled');
  });

  test('is done at once when it takes no time, and can also never end', () => {
    const fixture = createFixture();
    const quick = seedOne(fixture, { kind: 'reservation', cancelTakesMs: 0 });
    expect(fixture.call('PATCH', quick.order, cancelled(quick.orderId)).json['status']).toBe(
      'cancelled',
    );
    const stuck = seedOne(fixture, { kind: 'reservation', neverCancels: true });
    fixture.call('PATCH', stuck.order, cancelled(stuck.orderId));
    fixture.clock.advance(365 * 24 * 3_600_000);
    expect(fixture.call('GET', stuck.order).json['status']).toBe('pending');
  });

  test.each([
    ['pending', 'pending'],
    ['as-before', 'completed'],
    ['cancelled', 'cancelled'],
  ] as const)('reads until it is done as configured: %s', (cancellingOrderReads, reads) => {
    const fixture = createFixture({ cancellingOrderReads });
    const { order, orderId, customer } = seedOne(fixture, {
      kind: 'software-subscription',
      cancelTakesMs: 1_000,
    });
    const shown = () => [
      fixture.call('GET', order).json['status'],
      itemsOf(fixture.call('GET', `${customer}/orders`))[0]?.['status'],
    ];
    expect(fixture.call('PATCH', order, cancelled(orderId)).json['status']).toBe(reads);
    expect(shown()).toEqual([reads, reads]);
    expect(fixture.call('DELETE', customer).status).toBe(400);
    expect(itemsOf(fixture.call('GET', `${customer}/subscriptions`))[0]?.['status']).toBe('active');
    // What it reads may be sent back, and nothing else.
    expect(fixture.call('PATCH', order, { id: orderId, status: reads }).status).toBe(200);
    const other = fixture.call('PATCH', order, { id: orderId, status: 'suspended' });
    expect(other.json['code']).toBe('800040');
    fixture.clock.advance(1_000);
    expect(shown()).toEqual(['cancelled', 'cancelled']);
    expect(fixture.call('DELETE', customer).status).toBe(204);
  });

  test.each([
    ['is accepted, as the published sample needs it', 'accepted', [200], [200]],
    ['can answer 409 800060 until that is done', 'in-progress', [409, '800060'], [200]],
    ['can answer 400 800061, also then', 'refused', [400, '800061'], [400, '800061']],
  ] as const)('again %s', (_name, repeatedCancel, ...expected) => {
    const fixture = createFixture({ repeatedCancel });
    const { order, orderId } = seedOne(fixture, { kind: 'reservation', cancelTakesMs: 1_000 });
    fixture.call('PATCH', order, cancelled(orderId));
    const again = () => {
      const { status, json } = fixture.call('PATCH', order, cancelled(orderId));
      return json['code'] === undefined ? [status] : [status, json['code']];
    };
    const busy = again();
    expect(fixture.call('GET', order).json['status']).toBe('pending');
    fixture.clock.advance(1_000);
    expect([busy, again()]).toEqual(expected);
    expect(fixture.call('GET', order).json['status']).toBe('cancelled');
    expect(fixture.sandbox.state().writeCounts['cancel-order']).toBe(1);
  });

  test('that is still being provisioned answers 409 800060 until it is completed', () => {
    const fixture = createFixture();
    const purchase = { kind: 'reservation', status: 'pending', pendingForMs: 500 } as const;
    const { order, orderId } = seedOne(fixture, purchase);
    expect(fixture.call('PATCH', order, cancelled(orderId)).status).toBe(409);
    fixture.clock.advance(500);
    expect(fixture.call('GET', order).json['status']).toBe('completed');
    expect(fixture.call('PATCH', order, cancelled(orderId)).status).toBe(200);
  });

  test('repeated with its MS-RequestId gets the first answer again and does nothing', () => {
    const fixture = createFixture();
    const { order, orderId } = seedOne(fixture, { kind: 'reservation', cancelTakesMs: 1_000 });
    const headers = { 'MS-RequestId': 'e0c5c1a8-0000-4000-8000-000000000001' };
    const first = fixture.call('PATCH', order, cancelled(orderId), { headers });
    fixture.clock.advance(600_000);
    const second = fixture.call('PATCH', order, cancelled(orderId), { headers });
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    const replayed = fixture.sandbox.requests().requests.map((request) => request.replayed);
    expect(replayed).toEqual([false, true]);
    fixture.clock.advance(1);
    const late = fixture.call('PATCH', order, cancelled(orderId), { headers });
    expect(late.json['status']).toBe('cancelled');
    expect(fixture.sandbox.state().writes).toHaveLength(1);
  });

  test.each([
    ['reservation', 400, '800061'],
    ['perpetual-software', 400, '900117'],
    ['software-subscription', 400, '900117'],
  ] as const)('of a %s is refused after 60 days', (kind, status, code) => {
    const fixture = createFixture();
    const old = seedOne(fixture, { kind, ageDays: 60.01 });
    const refused = fixture.call('PATCH', old.order, cancelled(old.orderId));
    expect([refused.status, refused.json['code']]).toEqual([status, code]);
    const young = seedOne(fixture, { kind, ageDays: 60 });
    expect(fixture.call('PATCH', young.order, cancelled(young.orderId)).status).toBe(200);
  });

  test.each([
    ['new-commerce', 400, '800063'],
    ['azure-plan', 400, '800063'],
    ['licence', 400, '800063'],
    ['saas', 403, '800077'],
    ['unknown', 400, '900141'],
  ] as const)('is not how a %s ends', (kind, status, code) => {
    const fixture = createFixture();
    const { order, orderId } = seedOne(fixture, { kind });
    const refused = fixture.call('PATCH', order, cancelled(orderId));
    expect([refused.status, refused.json['code']]).toEqual([status, code]);
    expect(fixture.sandbox.state().writes).toEqual([]);
  });

  test.each([
    ['reservation', 403],
    ['new-commerce', 403],
    ['perpetual-software', 200],
    ['software-subscription', 200],
  ] as const)('of a %s in production answers %i', (kind, status) => {
    const fixture = createFixture({ production: true });
    const { order, orderId } = seedOne(fixture, { kind });
    const answer = fixture.call('PATCH', order, cancelled(orderId));
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.json['code']).toBe('800019');
  });
});

describe('the body of a PATCH order', () => {
  test('may be the whole resource in PascalCase with nulls, as the .NET SDK sends it', () => {
    const fixture = createFixture();
    const { order, orderId } = seedOne(fixture, { kind: 'perpetual-software', lines: 2 });
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
    expect(fixture.call('PATCH', order, body).json['status']).toBe('pending');
  });

  test('is refused with an etag that GET does not show, unless the setting has it ignored', () => {
    const fixture = createFixture();
    const { order, orderId } = seedOne(fixture, { kind: 'reservation' });
    const headers = { 'If-Match': '"never shown"' };
    const inBody = { ...cancelled(orderId), attributes: { etag: 'never shown' } };
    expect(fixture.call('PATCH', order, cancelled(orderId), { headers }).json['code']).toBe('2055');
    expect(fixture.call('PATCH', order, inBody).json['code']).toBe('2055');
    expect(fixture.sandbox.state().writes).toEqual([]);
    fixture.sandbox.changeSettings({ unshownEtags: 'ignored' });
    expect(fixture.call('PATCH', order, inBody, { headers }).json['status']).toBe('pending');
  });

  test('may name one line: it goes to quantity 0 and the order stays completed, until the last goes', () => {
    const fixture = createFixture();
    const { order, orderId, customer } = seedOne(fixture, {
      kind: 'perpetual-software',
      lines: 2,
      quantity: 3,
      cancelTakesMs: 0,
    });
    const one = (lineItemNumber: number) => ({
      ...cancelled(orderId),
      lineItems: [{ lineItemNumber }],
    });
    const partial = fixture.call('PATCH', order, one(0)).json;
    expect(partial['status']).toBe('completed');
    expect(partial['lineItems']).toMatchObject([{ quantity: 0 }, { quantity: 3 }]);
    const quantities = itemsOf(fixture.call('GET', `${customer}/entitlements`)).map(
      (item) => item['quantity'],
    );
    expect(quantities).toEqual([0, 3]);
    expect(fixture.call('PATCH', order, one(1)).json['status']).toBe('cancelled');
  });

  test('with lines of different kinds is refused whole, and takes the lines that it may', () => {
    const fixture = createFixture();
    const { order, orderId, customer } = seedOne(fixture, {
      kind: 'new-commerce',
      together: ['software-subscription', 'reservation'],
      cancelTakesMs: 0,
    });
    const whole = fixture.call('PATCH', order, cancelled(orderId));
    expect([whole.status, whole.json['code']]).toEqual([400, '800063']);
    const lineItems = [{ lineItemNumber: 1 }, { lineItemNumber: 2 }];
    const partial = fixture.call('PATCH', order, { ...cancelled(orderId), lineItems });
    expect(partial.json).toMatchObject({
      status: 'completed',
      lineItems: [{ quantity: 1 }, { quantity: 0 }, { quantity: 0 }],
    });
    const subscriptions = itemsOf(fixture.call('GET', `${customer}/subscriptions`));
    expect(subscriptions.map(({ status }) => status)).toEqual(['active', 'deleted']);
    expect(fixture.call('DELETE', customer).status).toBe(400);
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
    const fixture = createFixture();
    const { order } = seedOne(fixture, { kind: 'reservation' });
    const refused = fixture.call('PATCH', order, body);
    expect([refused.status, refused.json['code']]).toEqual([400, '3000']);
  });

  test.each(['800071', '3000'] as const)(
    'is refused with 400 %s, as configured, when it has a line that is not there',
    (unknownLineCode) => {
      const fixture = createFixture({ unknownLineCode });
      const { order, orderId } = seedOne(fixture, { kind: 'reservation' });
      const body = { ...cancelled(orderId), lineItems: [{ lineItemNumber: 1 }] };
      const refused = fixture.call('PATCH', order, body);
      expect([refused.status, refused.json['code']]).toEqual([400, unknownLineCode]);
    },
  );

  test('cannot set another status', () => {
    const fixture = createFixture();
    const { order } = seedOne(fixture, { kind: 'reservation' });
    expect(fixture.call('PATCH', order, { status: 'unknown' }).json['code']).toBe('800040');
    expect(fixture.call('PATCH', order, { status: 'Completed' }).status).toBe(200);
    expect(fixture.sandbox.state().writes).toEqual([]);
  });
});

describe('reading orders', () => {
  test('shows one only after its time, in lists, by id and among entitlements, though it blocks at once', () => {
    const fixture = createFixture();
    const { order, customer } = seedOne(fixture, { kind: 'reservation', visibleAfterMs: 900_000 });
    const seen = () => [
      itemsOf(fixture.call('GET', `${customer}/orders`)).length,
      itemsOf(fixture.call('GET', `${customer}/entitlements`)).length,
      fixture.call('GET', order).status,
    ];
    expect(seen()).toEqual([0, 0, 404]);
    expect(fixture.call('GET', order).json['code']).toBe('20000');
    expect(fixture.call('DELETE', customer).status).toBe(400);
    fixture.clock.advance(900_000);
    expect(seen()).toEqual([1, 1, 200]);
  });

  test('shows legacy ids and etags for licences, and the modern form without for the rest', () => {
    const fixture = createFixture();
    const legacy = seedOne(fixture, { kind: 'licence' });
    const modern = seedOne(fixture, { kind: 'reservation' });
    expect(legacy.orderId).toMatch(/^[0-9a-f-]{36}$/);
    expect(modern.orderId).toMatch(/^[\w-]{32}\d$/);
    expect(fixture.call('GET', legacy.order).json['attributes']).toHaveProperty('etag');
    expect(fixture.call('GET', modern.order).json['attributes']).toEqual({ objectType: 'Order' });
  });
});

describe('entitlements', () => {
  test('are several for one order and nested with orders of their own', () => {
    const fixture = createFixture();
    const { customer, ids } = seedOne(fixture, { kind: 'reservation', entitlements: 2, nested: 2 });
    const [first, second, ...rest] = itemsOf(fixture.call('GET', `${customer}/entitlements`));
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
    const fixture = createFixture();
    const { customerId } = fixture.sandbox.addCustomer({
      purchases: [{ kind: 'reservation' }, { kind: 'perpetual-software' }],
    });
    const count = (entitlementType: string) =>
      itemsOf(
        fixture.call('GET', `/v1/customers/${customerId}/entitlements`, undefined, {
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
    const fixture = createFixture({ cancelledEntitlements });
    const { customer } = seedOne(fixture, { kind: 'reservation', status: 'released' });
    const items = itemsOf(fixture.call('GET', `${customer}/entitlements`));
    expect(items.map((item) => item['quantity'])).toEqual(quantities);
  });

  test('are refused to an application by itself, not to a person, unless the setting says otherwise', () => {
    const fixture = createFixture();
    const { customer } = seedOne(fixture, { kind: 'reservation' });
    const path = `${customer}/entitlements`;
    const ask = () => fixture.call('GET', path, undefined, byApplication(fixture));
    expect([ask().status, ask().json['code']]).toEqual([403, '900329']);
    expect(fixture.call('GET', path).status).toBe(200);
    fixture.sandbox.changeSettings({ refuseEntitlementsToAppOnly: false });
    expect(ask().status).toBe(200);
  });
});
