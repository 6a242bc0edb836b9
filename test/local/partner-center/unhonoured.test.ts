import { describe, expect, test } from 'vitest';
import { createStage, seedOne, withStatus } from './stage.ts';

/** What a call would not honour it refuses: headers, and bodies where no article has one. */

function seed() {
  const stage = createStage();
  const seeded = seedOne(stage, { kind: 'saas', activated: false });
  const ask = (method: string, path: string, headers: Record<string, string>, query = {}) => {
    const { status, json } = stage.call(method, path, undefined, { headers, query });
    return status < 300 ? status : [status, json['code']];
  };
  return { stage, ...seeded, ask };
}

describe('a header', () => {
  test.each([
    ['MS-Contract-Version', 'v2', 400],
    ['Accept', 'application/xml', 406],
    ['Accept', 'text/html, application/pdf;q=0.9', 406],
    ['MS-ContinuationToken', 'abc', 400],
    ['If-Match', '"abc"', 400],
  ])('%s: %s is refused with 3000, also where something is read', (name, value, status) => {
    const { ask, customer, order, subscription, stage } = seed();
    const refused = [status, '3000'];
    for (const path of ['/v1/customers', '/v1/profiles/mpn', `${customer}/orders`, order]) {
      expect(ask('GET', path, { [name]: value })).toEqual(refused);
    }
    expect(ask('DELETE', customer, { [name]: value })).toEqual(refused);
    expect(ask('POST', `${subscription}/activate`, { [name]: value })).toEqual(refused);
    expect(stage.sandbox.state().writes).toEqual([]);
  });

  test.each([
    ['MS-Contract-Version', 'v1'],
    ['MS-Contract-Version', 'V1'],
    ['MS-Contract-Version', ''],
    ['Accept', ''],
    ['Accept', '*/*'],
    ['Accept', 'application/*'],
    ['Accept', 'application/json; charset=utf-8'],
    ['Accept', 'text/plain, Application/JSON;q=0.5'],
    ['MS-ContinuationToken', ''],
    ['If-Match', '*'],
  ])('%s: %s is taken', (name, value) => {
    const { ask, order } = seed();
    expect(ask('GET', order, { [name]: value })).toBe(200);
  });

  test('MS-ContinuationToken goes with seekOperation, and with customers only', () => {
    const { stage, ask, customer } = seed();
    stage.sandbox.changeSettings({ pageSize: 1 });
    stage.sandbox.addCustomer({});
    const token = String(stage.call('GET', '/v1/customers').json['continuationToken']);
    const headers = { 'MS-ContinuationToken': token };
    expect(ask('GET', '/v1/customers', headers)).toEqual([400, '3000']);
    expect(ask('GET', '/v1/customers', headers, { seekOperation: 'Next' })).toBe(200);
    expect(ask('GET', `${customer}/subscriptions`, headers)).toEqual([400, '3000']);
  });
});

describe('a body', () => {
  test.each([
    ['POST', '/activate'],
    ['GET', ''],
  ])('of %s subscription%s is refused', (method, below) => {
    const { stage, subscription } = seed();
    const path = subscription + below;
    for (const body of [{}, { foo: 1 }, []]) {
      expect(stage.call(method, path, body).json['code']).toBe('3000');
    }
    const bodyProblem = 'The body is not valid JSON.';
    const odd = stage.call(method, path, undefined, { bodyProblem });
    expect(odd.json['code']).toBe('3000');
    expect(stage.sandbox.state().writes).toEqual([]);
    expect(stage.call(method, path).status).toBe(200);
  });

  test('of DELETE is refused, and the customer stays', () => {
    const stage = createStage();
    const { customerId } = stage.sandbox.addCustomer({});
    const customer = `/v1/customers/${customerId}`;
    expect(stage.call('DELETE', customer, {}).json['code']).toBe('3000');
    expect(stage.call('DELETE', customer).status).toBe(204);
  });
});

describe('the list of Azure subscriptions', () => {
  test.each(['licence', 'new-commerce', 'savings-plan', 'unknown'] as const)(
    'of a %s is none, unless the sandbox is told that it is empty',
    (kind) => {
      const stage = createStage();
      const path = `${seedOne(stage, { kind }).subscription}/azureEntitlements`;
      const refused = stage.call('GET', path);
      expect([refused.status, refused.json['code']]).toEqual([400, '800011']);
      stage.sandbox.changeSettings({ azureListOfOthers: 'empty' });
      expect(stage.call('GET', path).json).toMatchObject({ totalCount: 0, items: [] });
    },
  );

  test('of an Azure plan without any is empty', () => {
    const stage = createStage();
    const { subscription } = seedOne(stage, { kind: 'azure-plan', azureSubscriptions: 0 });
    expect(stage.call('GET', `${subscription}/azureEntitlements`).json['totalCount']).toBe(0);
  });
});

test('a PATCH takes If-Match, where there is an etag to match', () => {
  const { stage, subscription } = seed();
  stage.call('POST', `${subscription}/activate`);
  const body = withStatus(stage, subscription, 'deleted');
  const headers = { 'If-Match': '"wrong"' };
  expect(stage.call('PATCH', subscription, body, { headers }).json['code']).toBe('2055');
  expect(stage.call('PATCH', subscription, body).status).toBe(200);
});
