import { describe, expect, test } from 'vitest';
import { createFixture, seedOne, withStatus } from '../fixture.ts';

/** What a call would not honour it refuses: headers, and bodies where no article has one. */

function seed() {
  const fixture = createFixture();
  const seeded = seedOne(fixture, { kind: 'saas', activated: false });
  const ask = (method: string, path: string, headers: Record<string, string>, query = {}) => {
    const { status, json } = fixture.call(method, path, undefined, { headers, query });
    return status < 300 ? status : [status, json['code']];
  };
  return { fixture, ...seeded, ask };
}

describe('a header', () => {
  test.each([
    ['MS-Contract-Version', 'v2', 400],
    ['Accept', 'application/xml', 406],
    ['Accept', 'text/html, application/pdf;q=0.9', 406],
    ['MS-ContinuationToken', 'abc', 400],
    ['If-Match', '"abc"', 400],
    ['If-None-Match', '"abc"', 400],
    ['If-None-Match', '*', 400],
    ['If-Modified-Since', 'Mon, 30 Nov 2026 00:00:00 GMT', 400],
    ['Range', 'items=0-24', 400],
    ['Prefer', 'return=minimal', 400],
    ['X-HTTP-Method-Override', 'DELETE', 400],
    ['MS-Request-Id', 'e0c5c1a8-0000-4000-8000-000000000001', 400],
    ['MS-RequestId', 'abc', 400],
    ['MS-RequestId', '{e0c5c1a8-0000-4000-8000-000000000001}', 400],
    ['MS-CorrelationId', 'abc, abc', 400],
    ['X-Locale', 'de-DE', 400],
    ['X-Locale', 'en-US,de-DE', 400],
    ['Accept-Language', 'de', 400],
    ['ValidateMfa', 'perhaps', 400],
  ])('%s: %s is refused with 3000, also where something is read', (name, value, status) => {
    const { ask, customer, order, subscription, fixture } = seed();
    const refused = [status, '3000'];
    for (const path of ['/v1/customers', '/v1/profiles/mpn', `${customer}/orders`, order]) {
      expect(ask('GET', path, { [name]: value })).toEqual(refused);
    }
    expect(ask('DELETE', customer, { [name]: value })).toEqual(refused);
    expect(ask('POST', `${subscription}/activate`, { [name]: value })).toEqual(refused);
    expect(fixture.sandbox.state().writes).toEqual([]);
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
    ['MS-RequestId', ''],
    ['MS-CorrelationId', 'E0C5C1A8-0000-4000-8000-000000000001'],
    ['MS-PartnerCenter-Application', 'a name'],
    ['X-Locale', 'en-us'],
    ['X-Locale', '"en-US"'],
    ['X-Locale', 'en-US,en-US'],
    ['Accept-Language', '*'],
    ['Accept-Language', 'de, en;q=0.5'],
    ['ValidateMfa', 'False'],
  ])('%s: %s is taken', (name, value) => {
    const { ask, order } = seed();
    expect(ask('GET', order, { [name]: value })).toBe(200);
  });

  test('MS-ContinuationToken goes with seekOperation, and with customers only', () => {
    const { fixture, ask, customer } = seed();
    fixture.sandbox.changeSettings({ pageSize: 1 });
    fixture.sandbox.addCustomer({});
    const token = String(fixture.call('GET', '/v1/customers').json['continuationToken']);
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
    const { fixture, subscription } = seed();
    const path = subscription + below;
    for (const body of [{}, { foo: 1 }, []]) {
      expect(fixture.call(method, path, body).json['code']).toBe('3000');
    }
    const bodyProblem = 'The body is not valid JSON.';
    const odd = fixture.call(method, path, undefined, { bodyProblem });
    expect(odd.json['code']).toBe('3000');
    expect(fixture.sandbox.state().writes).toEqual([]);
    expect(fixture.call(method, path).status).toBe(200);
  });

  test('of DELETE is refused, and the customer stays', () => {
    const fixture = createFixture();
    const { customerId } = fixture.sandbox.addCustomer({});
    const customer = `/v1/customers/${customerId}`;
    expect(fixture.call('DELETE', customer, {}).json['code']).toBe('3000');
    expect(fixture.call('DELETE', customer).status).toBe(204);
  });
});

describe('the body that cancels an Azure subscription', () => {
  const reason = { cancellationReason: 'compromise' };

  function seedPlan(settings: Parameters<typeof createFixture>[0] = {}) {
    const fixture = createFixture(settings);
    const { subscription, ids } = seedOne(fixture, { kind: 'azure-plan' });
    const path = `${subscription}/azureEntitlements/${ids.azureEntitlementIds[0]}`;
    const cancel = (body: unknown) => {
      const { status, json } = fixture.call('POST', `${path}/cancel`, body);
      return status < 300 ? status : [status, json['code']];
    };
    return { fixture, cancel, shown: fixture.call('GET', path).json };
  }

  test.each([
    { comment: 'x' },
    { force: false },
    { attributes: { objectType: 'AzureEntitlement' } },
    { status: 'inactive' },
    { subscriptionId: 'e0c5c1a8-0000-4000-8000-000000000001' },
  ])('has a reason and nothing like %j', (more) => {
    const { cancel, fixture } = seedPlan();
    expect(cancel({ ...reason, ...more })).toEqual([400, '3000']);
    expect(fixture.sandbox.state().writes).toEqual([]);
    expect(seedPlan({ otherChanges: 'ignored' }).cancel({ ...reason, ...more })).toBe(200);
  });

  test('may have what GET shows, which is what the article sends', () => {
    const { cancel, shown } = seedPlan();
    expect(cancel(shown)).toEqual([400, '900307']);
    expect(cancel({ ...shown, ...reason })).toBe(200);
  });
});

test('a call that comes again with its MS-RequestId and another body is refused', () => {
  const { fixture, subscription, customerId } = seed();
  const headers = { 'MS-RequestId': 'e0c5c1a8-0000-4000-8000-000000000001' };
  fixture.call('POST', `${subscription}/activate`);
  const body = withStatus(fixture, subscription, 'deleted');
  expect(fixture.call('PATCH', subscription, body, { headers }).status).toBe(200);
  const other = { ...body, status: 'active' };
  expect(fixture.call('PATCH', subscription, other, { headers }).json['code']).toBe('3000');
  expect(fixture.call('PATCH', subscription, body, { headers }).status).toBe(200);
  expect(fixture.call('GET', `/v1/customers/${customerId}`, undefined, { headers }).status).toBe(
    200,
  );
});

test('a body that says that it is another resource is refused', () => {
  const { fixture, subscription } = seed();
  fixture.call('POST', `${subscription}/activate`);
  const shown = withStatus(fixture, subscription, 'deleted');
  const asOrder = { ...shown, attributes: { objectType: 'Order' } };
  expect(fixture.call('PATCH', subscription, asOrder).json['code']).toBe('3000');
  const same = { ...shown, attributes: { objectType: 'SUBSCRIPTION' } };
  expect(fixture.call('PATCH', subscription, same).status).toBe(200);
});

test('a reservation is found by its whole address only', () => {
  const fixture = createFixture();
  const { customer } = seedOne(fixture, { kind: 'reservation' });
  const text = JSON.stringify(fixture.call('GET', `${customer}/entitlements`).json);
  const path = `/v1${/\/customers\/[^"]+\/resource\/[^"]+/.exec(text)?.[0]}`;
  const other = (part: RegExp) => fixture.call('GET', path.replace(part, '$1/x')).json['code'];
  expect(fixture.call('GET', path).status).toBe(200);
  expect([other(/(groups)\/[^/]+/), other(/(lineitems)\/[^/]+/)]).toEqual(['1000', '1000']);
});

describe('the list of Azure subscriptions', () => {
  test.each(['licence', 'legacy-azure', 'new-commerce', 'savings-plan', 'unknown'] as const)(
    'of a %s is none, unless the setting has it empty',
    (kind) => {
      const fixture = createFixture();
      const path = `${seedOne(fixture, { kind }).subscription}/azureEntitlements`;
      const refused = fixture.call('GET', path);
      expect([refused.status, refused.json['code']]).toEqual([400, '800011']);
      fixture.sandbox.changeSettings({ azureListOfOthers: 'empty' });
      expect(fixture.call('GET', path).json).toMatchObject({ totalCount: 0, items: [] });
    },
  );

  test('of an Azure plan without any is empty', () => {
    const fixture = createFixture();
    const { subscription } = seedOne(fixture, { kind: 'azure-plan', azureSubscriptions: 0 });
    expect(fixture.call('GET', `${subscription}/azureEntitlements`).json['totalCount']).toBe(0);
  });
});

test('a PATCH takes If-Match, where there is an etag to match', () => {
  const { fixture, subscription } = seed();
  fixture.call('POST', `${subscription}/activate`);
  const body = withStatus(fixture, subscription, 'deleted');
  const headers = { 'If-Match': '"wrong"' };
  expect(fixture.call('PATCH', subscription, body, { headers }).json['code']).toBe('2055');
  expect(fixture.call('PATCH', subscription, body).status).toBe(200);
});
