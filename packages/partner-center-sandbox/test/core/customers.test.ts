import { describe, expect, test } from 'vitest';
import { cancelled, createFixture, type Fixture, seedOne } from '../fixture.ts';

const ids = (fixture: Fixture) => fixture.sandbox.state().customers.map(({ id }) => id);

describe('deleting a customer', () => {
  test('with nothing bought answers 204 without a body, and the customer is unknown from then on', () => {
    const fixture = createFixture();
    const { customerId } = fixture.sandbox.addCustomer({});
    const path = `/v1/customers/${customerId.toUpperCase()}`;
    const deleted = fixture.call('DELETE', path);
    expect([deleted.status, deleted.body]).toEqual([204, undefined]);
    for (const method of ['DELETE', 'GET']) {
      const after = fixture.call(method, path);
      expect([after.status, after.json['code']]).toEqual([403, '20002']);
    }
    expect(fixture.sandbox.state().deletedCustomers).toMatchObject([{ id: customerId }]);
    expect(fixture.sandbox.state().writeCounts['delete-customer']).toBe(1);
  });

  test('is refused while anything blocks, with the misleading text and the alternate ids', () => {
    const fixture = createFixture();
    const { customerId, purchases } = fixture.sandbox.addCustomer({
      purchases: [{ kind: 'azure-plan' }, { kind: 'reservation', status: 'released' }],
    });
    const refused = fixture.call('DELETE', `/v1/customers/${customerId}`);
    expect(refused.status).toBe(400);
    expect(refused.json['description']).toBe(
      `Customer relationship cannot be removed due to active Azure reserved instances.Please cancel the following orders: ${purchases[0]?.alternateIds[0]}`,
    );
    expect(ids(fixture)).toEqual([customerId]);
  });

  test('is refused while an order is only pending', () => {
    const fixture = createFixture();
    const { order, orderId, customer } = seedOne(fixture, {
      kind: 'reservation',
      cancelTakesMs: 10,
    });
    fixture.call('PATCH', order, cancelled(orderId));
    const refused = fixture.call('DELETE', customer);
    expect([refused.status, refused.json['code']]).toEqual([400, '2000']);
    fixture.clock.advance(10);
    expect(fixture.call('DELETE', customer).status).toBe(204);
  });

  test('is refused for ever when its address is not valid, and in production', () => {
    const fixture = createFixture();
    const { customerId } = fixture.sandbox.addCustomer({ invalidAddress: true });
    expect(fixture.call('DELETE', `/v1/customers/${customerId}`).status).toBe(400);
    const production = createFixture({ production: true });
    const real = production.sandbox.addCustomer({}).customerId;
    expect(production.call('DELETE', `/v1/customers/${real}`).json['code']).toBe('900127');
    expect(ids(production)).toEqual([real]);
  });
});

describe('an unknown customer', () => {
  const unknown = '/v1/customers/00000000-0000-4000-8000-000000000000';

  test('answers as configured, on every path', () => {
    const fixture = createFixture();
    for (const path of [unknown, `${unknown}/orders`, `${unknown}/entitlements`]) {
      expect(fixture.call('GET', path).json['code']).toBe('20002');
    }
    fixture.sandbox.changeSettings({ unknownCustomer: { status: 404, code: '60003' } });
    const answer = fixture.call('GET', unknown);
    expect([answer.status, answer.json['code']]).toEqual([404, '60003']);
  });

  test('whose id is not a GUID answers 400 900118, and an empty one in the shape of the gateway', () => {
    const fixture = createFixture();
    expect(fixture.call('GET', '/v1/customers/abc').json['code']).toBe('900118');
    expect(fixture.call('GET', '/v1/customers//orders').json).toEqual({
      statusCode: 404,
      message: 'Resource not found',
    });
  });
});

test('a customer shows its profile but nothing that distinguishes a sandbox from production', () => {
  const fixture = createFixture();
  const { customerId } = fixture.sandbox.addCustomer({ domain: 'x.onmicrosoft.com' });
  const shown = fixture.call('GET', `/v1/customers/${customerId}`).json;
  expect(shown).toMatchObject({
    id: customerId,
    companyProfile: { tenantId: customerId, domain: 'x.onmicrosoft.com' },
    relationshipToPartner: 'reseller',
    attributes: { objectType: 'Customer' },
  });
  expect(JSON.stringify(shown).toLowerCase()).not.toContain('sandbox');
});
