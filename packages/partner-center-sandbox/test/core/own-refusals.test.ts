import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { type CustomerSpec, CustomerSpecSchema } from '../../src/core/spec.ts';
import { cancelled, createFixture, itemsOf } from '../fixture.ts';

/** A customer can refuse a call with any documented code, also one of which no source says when it is given. */

type Refusal = NonNullable<CustomerSpec['refusals']>[number];

function refusing(...refusals: Refusal[]) {
  const fixture = createFixture();
  const spec = v.parse(CustomerSpecSchema, {
    purchases: [{ kind: 'reservation' }, { kind: 'licence' }],
    refusals,
  });
  const { customerId } = fixture.sandbox.addCustomer(spec);
  const path = `/v1/customers/${customerId}`;
  const ask = (method: string, below = '', body?: unknown) => {
    const { status, json } = fixture.call(method, path + below, body);
    return [status, json['code']];
  };
  return { fixture, path, ask };
}

test.each([
  ['800087', 500],
  ['800094', 500],
  ['800037', 404],
  ['800036', 417],
  ['900123', 403],
  ['900225', 408],
  ['900192', 500],
])('%s has the status that the article has for it: %i', (code, status) => {
  const { ask, path, fixture } = refusing({ operation: 'patch-order', code });
  const [order] = itemsOf(fixture.call('GET', `${path}/orders`));
  const below = `/orders/${order?.['id']}`;
  const body = cancelled(String(order?.['id']));
  expect(ask('PATCH', below, body)).toEqual([status, code]);
  expect(ask('PATCH', below, body)).toEqual([status, code]);
  expect(ask('GET', below)[0]).toBe(200);
  expect(fixture.sandbox.state().writes).toEqual([]);
});

test('one status or another where there are two, and for a time', () => {
  const forbidden = { operation: 'list-orders', code: '2006', status: 403, forMs: 1_000 } as const;
  const { ask, fixture } = refusing(forbidden, { operation: 'list-orders', code: '2006' });
  expect(ask('GET', '/orders')).toEqual([403, '2006']);
  fixture.clock.advance(1_000);
  expect(ask('GET', '/orders')).toEqual([400, '2006']);
});

test('its own refusal comes after those of its account', () => {
  const { ask } = refusing({ operation: 'list-orders', code: '800003' });
  expect(ask('GET', '')[0]).toBe(200);
  expect(ask('GET', '/orders')).toEqual([500, '800003']);
});

describe('DELETE is answered without a code', () => {
  test.each([409, 403])('bare: %i', (status) => {
    const { fixture, path } = refusing({ operation: 'delete-customer', status });
    const { body, headers, status: answered } = fixture.call('DELETE', path);
    expect([answered, body, headers['Content-Type']]).toEqual([status, undefined, undefined]);
    expect(fixture.sandbox.state().customers).toHaveLength(1);
  });

  test('in the shape of the gateway', () => {
    const description = 'Forbidden.';
    const { fixture, path } = refusing({ operation: 'delete-customer', status: 403, description });
    expect(fixture.call('DELETE', path).body).toEqual({ statusCode: 403, message: 'Forbidden.' });
  });
});

test.each([
  [{ operation: 'delete-customer' }],
  [{ operation: 'delete-customer', code: '123456' }],
  [{ operation: 'delete-everything', code: '800003' }],
  [{ operation: 'delete-customer', status: 204 }],
])('no customer can have the refusal %j', (refusal) => {
  expect(v.safeParse(CustomerSpecSchema, { refusals: [refusal] }).success).toBe(false);
});
