import { describe, expect, test } from 'vitest';
import { cancelled, createFixture, seedOne, withStatus } from '../fixture.ts';

type Fixture = ReturnType<typeof createFixture>;
const said = ({ status, json }: ReturnType<Fixture['call']>) => [status, json['code']];

describe('an account in which the caller', () => {
  test('has no role, denies everything', () => {
    const fixture = createFixture({ role: 'none' });
    const { customer } = seedOne(fixture, { kind: 'reservation' });
    expect(said(fixture.call('GET', '/v1/customers'))).toEqual([403, '2032']);
    expect(said(fixture.call('GET', customer))).toEqual([403, '2032']);
  });

  test.each([
    ['an application', true, '900308'],
    ['a person', false, '900150'],
  ])('is %s that may only read, denies writes', (_who, appOnly, code) => {
    const fixture = createFixture({ role: 'helpdesk-agent' });
    const { customer, order, orderId } = seedOne(fixture, { kind: 'reservation' });
    const more = { caller: { ...fixture.sandbox.appOnlyCaller, appOnly } };
    expect(fixture.call('GET', order, undefined, more).status).toBe(200);
    expect(said(fixture.call('PATCH', order, cancelled(orderId), more))).toEqual([403, code]);
    expect(said(fixture.call('DELETE', customer, undefined, more))).toEqual([403, code]);
    expect(fixture.sandbox.state().writes).toEqual([]);
  });

  test('needs more than one factor, denies a person with one, and no application', () => {
    const fixture = createFixture({ conditionalAccess: true });
    const person = { ...fixture.sandbox.appOnlyCaller, appOnly: false };
    const ask = (caller: typeof person & { mfa?: boolean }) =>
      fixture.call('GET', '/v1/customers', undefined, { caller });
    expect(said(ask(person))).toEqual([403, '900309']);
    expect(ask({ ...person, mfa: true }).status).toBe(200);
    expect(ask(fixture.sandbox.appOnlyCaller).status).toBe(200);
  });
});

test('a locked customer can be read and not written', () => {
  const fixture = createFixture();
  const { customerId } = fixture.sandbox.addCustomer({ locked: true });
  const path = `/v1/customers/${customerId}`;
  expect(fixture.call('GET', path).status).toBe(200);
  expect(said(fixture.call('DELETE', path))).toEqual([403, '900416']);
});

describe('the audience of a token', () => {
  const api = 'https://api.partnercenter.microsoft.com';
  const china = 'https://partner.partnercenterapi.microsoftonline.cn';
  test.each([
    ['global', api, china],
    ['us-government', api, china],
    ['china', china, api],
  ] as const)('in the cloud %s is its own', (cloud, right, wrong) => {
    const fixture = createFixture({ cloud });
    const ask = (audience: string) =>
      fixture.call('GET', '/v1/customers', undefined, {
        caller: { ...fixture.sandbox.appOnlyCaller, audience },
      });
    expect(ask(right).status).toBe(200);
    expect(said(ask(wrong))).toEqual([401, '400']);
  });
});

describe('a purchase that cannot be changed', () => {
  test('is an order of which some lines are being cancelled: wait', () => {
    const fixture = createFixture();
    const { order, orderId } = seedOne(fixture, {
      kind: 'reservation',
      together: ['reservation'],
      cancelTakesMs: 10,
    });
    const first = { ...cancelled(orderId), lineItems: [{ lineItemNumber: 0 }] };
    expect(fixture.call('PATCH', order, first).json).toMatchObject({
      lineItems: [{ quantity: 1 }, { quantity: 1 }],
    });
    expect(said(fixture.call('PATCH', order, cancelled(orderId)))).toEqual([409, '800014']);
    fixture.clock.advance(10);
    expect(fixture.call('GET', order).json).toMatchObject({
      status: 'completed',
      lineItems: [{ quantity: 0 }, { quantity: 1 }],
    });
    expect(fixture.call('PATCH', order, cancelled(orderId)).status).toBe(200);
  });

  test.each(['expired', 'disabled'] as const)('is a subscription that is %s', (status) => {
    const fixture = createFixture();
    const { subscription } = seedOne(fixture, { kind: 'new-commerce', status });
    const ended = withStatus(fixture, subscription, 'deleted');
    expect(said(fixture.call('PATCH', subscription, ended))).toEqual([400, '800096']);
    const renamed = { ...withStatus(fixture, subscription, status), friendlyName: 'other' };
    expect(said(fixture.call('PATCH', subscription, renamed))).toEqual([400, '900279']);
  });
});
