import { describe, expect, test } from 'vitest';
import type { PurchaseSpec } from '../../src/core/spec.ts';
import { asJson, byApplication, createFixture, itemsOf, type Json, seedOne } from '../fixture.ts';

/** A sandbox and a customer with these purchases. */
function seedCustomer(purchases: readonly PurchaseSpec[]) {
  const fixture = createFixture();
  const added = fixture.sandbox.addCustomer({ domain: 'c.example', purchases: [...purchases] });
  const customer = `/v1/customers/${added.customerId}`;
  const read = (path: string, query: Record<string, string> = {}) =>
    fixture.call('GET', `${customer}${path}`, undefined, { query });
  const [ids, ...more] = added.purchases;
  if (ids === undefined) throw new Error('Nothing was bought.');
  const order = `/orders/${ids.orderIds[0]}`;
  const subscription = `/subscriptions/${ids.subscriptionIds[0]}`;
  return { fixture, customerId: added.customerId, read, ids, more, order, subscription };
}

describe('beside a customer', () => {
  test('its company profile has its address, e-mail and domain', () => {
    const { read, customerId } = seedCustomer([{ kind: 'licence' }]);
    expect(read('/profiles/company').json).toMatchObject({
      tenantId: customerId,
      domain: 'c.example',
      address: { country: 'US' },
      email: 'admin@c.example',
      links: { self: { uri: `/customers/${customerId}/profiles/company` } },
      attributes: { objectType: 'CustomerCompanyProfile' },
    });
  });

  test('its billing profile is the one that the customer shows', () => {
    const { read } = seedCustomer([{ kind: 'licence' }]);
    const { links: _links, ...profile } = read('/profiles/billing').json;
    expect(profile).toEqual(read('').json['billingProfile']);
  });

  test('its account is allowed to buy, unless it is locked', () => {
    const fixture = createFixture();
    const status = (locked: boolean) => {
      const { customerId } = fixture.sandbox.addCustomer({ locked });
      const path = `/v1/customers/${customerId}/validationStatus`;
      return fixture.call('GET', path, undefined, { query: { type: 'Account' } }).json;
    };
    expect(status(false)).toMatchObject({ type: 'account', status: 'Allowed' });
    expect(status(true)).toMatchObject({ status: 'NotAllowed' });
    expect(status(false)['lastUpdateDateTime']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  });

  test('there are no qualifications, managed services, resellers and overages', () => {
    const { read } = seedCustomer([{ kind: 'licence' }]);
    expect(read('/qualifications').body).toEqual([]);
    for (const path of ['/managedservices', '/relationships', '/subscriptions/overage']) {
      expect([path, itemsOf(read(path))]).toEqual([path, []]);
    }
  });
});

describe('beside an order', () => {
  test('there is a link to activate what was bought at the marketplace, and nothing else has one', () => {
    const { read, order, ids } = seedCustomer([{ kind: 'saas', together: ['new-commerce'] }]);
    const links = [{ lineItemNumber: 0, link: { uri: expect.stringContaining('https://') } }];
    expect(itemsOf(read(`${order}/activationlinks`))).toMatchObject(links);
    expect(itemsOf(read(`${order}/lineitems/0/activationlinks`))).toMatchObject(links);
    expect(itemsOf(read(`${order}/lineitems/1/activationlinks`))).toEqual([]);
    expect(read(`${order}/lineitems/2/activationlinks`).json['code']).toBe('1000');
    const [marketplace, other] = ids.subscriptionIds;
    expect(itemsOf(read(`/subscriptions/${marketplace}/activationlinks`))).toMatchObject(links);
    expect(itemsOf(read(`/subscriptions/${other}/activationlinks`))).toEqual([]);
  });

  test('an order has no attachments', () => {
    const { read, order } = seedCustomer([{ kind: 'reservation' }]);
    expect(itemsOf(read(`${order}/attachments`))).toEqual([]);
    expect(read(`${order}/attachment/x`).json['code']).toBe('1000');
    expect(read('/orders/nothing/attachments').json['code']).toBe('20000');
  });
});

describe('beside a subscription', () => {
  test('its add-ons are listed, and no others', () => {
    const { read, subscription, ids, more } = seedCustomer([
      { kind: 'licence' },
      { kind: 'licence', addOn: true },
      { kind: 'licence', addOn: true, visibleAfterMs: 1 },
      { kind: 'licence' },
    ]);
    const listed = itemsOf(read(`${subscription}/addons`));
    expect(listed.map(({ id }) => id)).toEqual(more[0]?.subscriptionIds);
    expect(listed[0]?.['parentSubscriptionId']).toBe(ids.subscriptionIds[0]);
  });

  test('it says whether it is provisioned', () => {
    const { read, subscription } = seedCustomer([{ kind: 'licence', quantity: 3 }]);
    expect(read(`${subscription}/provisioningstatus`).json).toMatchObject({
      skuId: read(subscription).json['offerId'],
      status: 'success',
      quantity: 3,
      endDate: read(subscription).json['commitmentEndDate'],
    });
    const pending = seedCustomer([{ kind: 'new-commerce', status: 'pending' }]);
    const { json } = pending.read(`${pending.subscription}/provisioningstatus`);
    expect([json['status'], json['skuId']]).toEqual(['pending', undefined]);
  });

  test('it is not registered, supported by the partner, and was never converted', () => {
    const { fixture, read, subscription } = seedCustomer([{ kind: 'licence' }]);
    expect(read(`${subscription}/registrationstatus`).json['status']).toBe('NotRegistered');
    expect(read(`${subscription}/supportcontact`).json).toMatchObject({
      supportTenantId: fixture.sandbox.tenantId,
      attributes: { objectType: 'SupportContact' },
    });
    for (const path of ['conversions', 'upgrades', 'transitions', 'transitioneligibilities']) {
      expect([path, itemsOf(read(`${subscription}/${path}`))]).toEqual([path, []]);
    }
    expect(read('/subscriptions/nothing/addons').json['code']).toBe('20003');
  });
});

describe('an entitlement', () => {
  const details = ({ json }: { json: Json }) =>
    itemsOf({ json }).map(({ entitledArtifacts, expiryDate }) => ({
      entitledArtifacts,
      expiryDate,
    }));

  test('to a reservation leads to the reservation, and to software leads nowhere', () => {
    const { fixture, read } = seedCustomer([{ kind: 'reservation', quantity: 2 }]);
    const [reservation] = details(read('/entitlements'));
    const [artifact] = itemsOf({ json: { items: reservation?.entitledArtifacts } });
    const uri = String(asJson(artifact?.['link'])['uri']);
    const found = fixture.call('GET', `/v1${uri}`);
    expect(found.json).toMatchObject({
      type: 'reservedinstance',
      virtualMachineReservations: [{ reservationId: artifact?.['resourceId'], quantity: 2 }],
    });
    expect(fixture.call('GET', `/v1${uri}`, undefined, byApplication(fixture)).json['code']).toBe(
      '900329',
    );
    const gone = uri.replace(/[^/]+$/, 'nothing');
    expect(fixture.call('GET', `/v1${gone}`).json['code']).toBe('1000');
    const software = seedCustomer([{ kind: 'perpetual-software' }]);
    expect(details(software.read('/entitlements'))[0]?.entitledArtifacts).toEqual([]);
  });

  test('says when it ends only if it is asked and has a term', () => {
    const showExpiry = 'True';
    const { fixture, read } = seedCustomer([
      { kind: 'reservation', ageDays: 0 },
      { kind: 'perpetual-software' },
    ]);
    const end = new Date(fixture.clock.nowMs());
    end.setUTCFullYear(end.getUTCFullYear() + 1);
    expect(
      details(read('/entitlements', { showExpiry })).map(({ expiryDate }) => expiryDate),
    ).toEqual([end.toISOString(), undefined]);
    for (const query of [{}, { showExpiry: 'false' }] as Record<string, string>[]) {
      expect(details(read('/entitlements', query))[0]?.expiryDate).toBeUndefined();
    }
  });
});

test('whatever the SDK reads of a purchase that is not listed yet is not there', () => {
  const fixture = createFixture();
  const { order, subscription } = seedOne(fixture, { kind: 'licence', visibleAfterMs: 10 });
  expect(fixture.call('GET', `${order}/attachments`).json['code']).toBe('20000');
  expect(fixture.call('GET', `${subscription}/addons`).json['code']).toBe('20003');
  fixture.clock.advance(10);
  expect(fixture.call('GET', `${order}/attachments`).status).toBe(200);
  expect(fixture.call('GET', `${subscription}/addons`).status).toBe(200);
});
