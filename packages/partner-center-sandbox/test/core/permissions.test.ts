import { describe, expect, test } from 'vitest';
import { cancelled, createStage, seedOne, withStatus } from '../stage.ts';

type Stage = ReturnType<typeof createStage>;
const said = ({ status, json }: ReturnType<Stage['call']>) => [status, json['code']];

describe('an account in which the caller', () => {
  test('has no role, denies everything', () => {
    const stage = createStage({ role: 'none' });
    const { customer } = seedOne(stage, { kind: 'reservation' });
    expect(said(stage.call('GET', '/v1/customers'))).toEqual([403, '2032']);
    expect(said(stage.call('GET', customer))).toEqual([403, '2032']);
  });

  test.each([
    ['an application', true, '900308'],
    ['a person', false, '900150'],
  ])('is %s that may only read, denies writes', (_who, appOnly, code) => {
    const stage = createStage({ role: 'helpdesk-agent' });
    const { customer, order, orderId } = seedOne(stage, { kind: 'reservation' });
    const more = { caller: { ...stage.sandbox.appOnlyCaller, appOnly } };
    expect(stage.call('GET', order, undefined, more).status).toBe(200);
    expect(said(stage.call('PATCH', order, cancelled(orderId), more))).toEqual([403, code]);
    expect(said(stage.call('DELETE', customer, undefined, more))).toEqual([403, code]);
    expect(stage.sandbox.state().writes).toEqual([]);
  });

  test('needs more than one factor, denies a person with one, and no application', () => {
    const stage = createStage({ conditionalAccess: true });
    const person = { ...stage.sandbox.appOnlyCaller, appOnly: false };
    const ask = (caller: typeof person & { mfa?: boolean }) =>
      stage.call('GET', '/v1/customers', undefined, { caller });
    expect(said(ask(person))).toEqual([403, '900309']);
    expect(ask({ ...person, mfa: true }).status).toBe(200);
    expect(ask(stage.sandbox.appOnlyCaller).status).toBe(200);
  });
});

test('a locked customer can be read and not written', () => {
  const stage = createStage();
  const { customerId } = stage.sandbox.addCustomer({ locked: true });
  const path = `/v1/customers/${customerId}`;
  expect(stage.call('GET', path).status).toBe(200);
  expect(said(stage.call('DELETE', path))).toEqual([403, '900416']);
});

describe('the audience of a token', () => {
  const api = 'https://api.partnercenter.microsoft.com';
  const china = 'https://partner.partnercenterapi.microsoftonline.cn';
  test.each([
    ['global', api, china],
    ['us-government', api, china],
    ['china', china, api],
  ] as const)('in the cloud %s is its own', (cloud, right, wrong) => {
    const stage = createStage({ cloud });
    const ask = (audience: string) =>
      stage.call('GET', '/v1/customers', undefined, {
        caller: { ...stage.sandbox.appOnlyCaller, audience },
      });
    expect(ask(right).status).toBe(200);
    expect(said(ask(wrong))).toEqual([401, '400']);
  });
});

describe('a purchase that cannot be changed', () => {
  test('is an order of which some lines are being cancelled: wait', () => {
    const stage = createStage();
    const { order, orderId } = seedOne(stage, {
      kind: 'reservation',
      together: ['reservation'],
      cancelTakesMs: 10,
    });
    const first = { ...cancelled(orderId), lineItems: [{ lineItemNumber: 0 }] };
    expect(stage.call('PATCH', order, first).json).toMatchObject({
      lineItems: [{ quantity: 1 }, { quantity: 1 }],
    });
    expect(said(stage.call('PATCH', order, cancelled(orderId)))).toEqual([409, '800014']);
    stage.clock.advance(10);
    expect(stage.call('GET', order).json).toMatchObject({
      status: 'completed',
      lineItems: [{ quantity: 0 }, { quantity: 1 }],
    });
    expect(stage.call('PATCH', order, cancelled(orderId)).status).toBe(200);
  });

  test.each(['expired', 'disabled'] as const)('is a subscription that is %s', (status) => {
    const stage = createStage();
    const { subscription } = seedOne(stage, { kind: 'new-commerce', status });
    const ended = withStatus(stage, subscription, 'deleted');
    expect(said(stage.call('PATCH', subscription, ended))).toEqual([400, '800096']);
    const renamed = { ...withStatus(stage, subscription, status), friendlyName: 'other' };
    expect(said(stage.call('PATCH', subscription, renamed))).toEqual([400, '900279']);
  });
});
