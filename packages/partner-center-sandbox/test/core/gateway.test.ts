import { describe, expect, test } from 'vitest';
import { byApplication, createFixture, seedOne } from '../fixture.ts';

describe('throttling', () => {
  test('refuses the request after the last of the minute, in the shape and with the header of the gateway', () => {
    const fixture = createFixture();
    for (let count = 0; count < 500; count += 1) {
      expect(fixture.call('GET', '/v1/customers').status).toBe(200);
    }
    fixture.clock.advance(3_000);
    const refused = fixture.call('GET', '/v1/customers');
    expect(refused.status).toBe(429);
    expect(refused.headers['Retry-After']).toBe('57');
    expect(refused.json).toEqual({
      statusCode: 429,
      message: 'Rate limit is exceeded. Try again in 57 seconds.',
    });
    fixture.clock.advance(57_000);
    expect(fixture.call('GET', '/v1/customers').status).toBe(200);
  });

  test('does not do what it refuses', () => {
    const fixture = createFixture({ requestsPerMinute: 1 });
    const { customer } = seedOne(fixture, { kind: 'reservation', status: 'released' });
    fixture.call('GET', customer);
    expect(fixture.call('DELETE', customer).status).toBe(429);
    expect(fixture.sandbox.state().customers).toHaveLength(1);
  });
});

describe('the token', () => {
  const fixture = createFixture();
  const nowMs = fixture.clock.nowMs();
  const own = fixture.sandbox.appOnlyCaller;

  test.each([
    ['missing', undefined, '400'],
    ['expired', { ...own, expiresAtMs: nowMs }, '400'],
    ['of another tenant', { ...own, tenantId: 'other' }, '800001'],
    ['for the retired audience', { ...own, audience: 'https://graph.windows.net' }, '900420'],
    ['for another audience', { ...own, audience: 'https://management.azure.com' }, '400'],
  ])('is refused with 401 when it is %s', (_what, caller, code) => {
    const answer = fixture.sandbox.handle({
      method: 'GET',
      path: '/v1/customers',
      ...(caller === undefined ? {} : { caller }),
    });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code });
    expect(answer.headers['WWW-Authenticate']).toContain('urn:cpsvc:cpid');
  });

  test('is good until the moment it expires', () => {
    const caller = {
      ...own,
      expiresAtMs: nowMs + 1,
      audience: 'https://api.partnercenter.microsoft.com/',
    };
    expect(fixture.call('GET', '/v1/customers', undefined, { caller }).status).toBe(200);
  });

  test('reports the factors a user signed in with, when asked', () => {
    const headers = { ValidateMfa: 'true' };
    const user = { tenantId: fixture.sandbox.tenantId, appOnly: false, mfa: true };
    const asUser = fixture.call('GET', '/v1/customers', undefined, { headers, caller: user });
    expect(asUser.headers['isMfaCompliant']).toBe('true');
    const asApp = fixture.call('GET', '/v1/customers', undefined, {
      headers,
      ...byApplication(fixture),
    });
    expect(asApp.headers).not.toHaveProperty('isMfaCompliant');
  });
});

const GUIDS = [
  'e0c5c1a8-0000-4000-8000-000000000001',
  'E0C5C1A8-0000-4000-8000-000000000002',
] as const;

describe('every answer', () => {
  test('echoes the identifiers it was sent, or makes them', () => {
    const fixture = createFixture();
    const sent = { 'ms-requestid': GUIDS[0], 'MS-CorrelationId': GUIDS[1] };
    const echoed = fixture.call('GET', '/v1/customers', undefined, { headers: sent }).headers;
    expect([echoed['MS-RequestId'], echoed['MS-CorrelationId']]).toEqual(GUIDS);
    expect(fixture.call('GET', '/v1/nothing').headers['MS-RequestId']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('that refuses has its code as text, or as a number where the setting says so', () => {
    const fixture = createFixture();
    const path = '/v1/customers/nobody';
    fixture.sandbox.injectFault({ kind: 'status', status: 409, code: '800060', after: 2 });
    expect(fixture.call('GET', path).json['code']).toBe('900118');
    fixture.sandbox.changeSettings({ codesAre: 'number' });
    expect(fixture.call('GET', path).json['code']).toBe(900118);
    expect(fixture.call('GET', path).json['code']).toBe(800060);
    expect(fixture.call('DELETE', '/v1/customers/').json).toEqual({
      statusCode: 404,
      message: 'Resource not found',
    });
  });

  test.each([
    ['GET', '/v2/customers'],
    ['GET', '/'],
    ['POST', '/v1/customers'],
    ['HEAD', '/v1/customers'],
    ['PUT', '/v1/profiles/organization'],
    ['GET', '/v1/domains/contoso.onmicrosoft.com'],
    ['GET', '/v1/customers/usagerecords'],
    ['GET', '/v1/customers/c/subscriptions/usagerecords'],
    ['GET', '/v1/invoices'],
  ])('to %s %s, which it does not serve, says so in the shape of the service', (method, path) => {
    const answer = createFixture().call(method, path);
    expect(answer.status).toBe(501);
    expect(answer.json).toEqual({
      code: '501',
      description: `The simulated sandbox does not serve ${method} ${path}.`,
      source: 'PartnerFD',
    });
  });

  test('to a path that it does not serve repeats no more than its beginning', () => {
    const { json } = createFixture().call('GET', `/v1/${'x'.repeat(5_000)}`);
    expect(String(json['description']).length).toBeLessThan(300);
  });

  test('to the deletion of a customer without an id is that of a path that is not there', () => {
    const answer = createFixture().call('DELETE', '/v1/customers/');
    expect(answer.status).toBe(404);
    expect(answer.json).toEqual({ statusCode: 404, message: 'Resource not found' });
  });

  test('finds paths without regard to case', () => {
    const fixture = createFixture();
    const { customerId } = fixture.sandbox.addCustomer({ purchases: [{ kind: 'azure-plan' }] });
    const id = fixture.sandbox.state().customers[0]?.subscriptions[0]?.id;
    const plan = `/V1/CUSTOMERS/${customerId.toUpperCase()}/Subscriptions/${id?.toUpperCase()}`;
    for (const path of ['/V1/Customers/', '//v1/customers', plan, `${plan}/azureentitlements`]) {
      expect([path, fixture.call('GET', path).status]).toEqual([path, 200]);
    }
  });
});

describe('injected faults', () => {
  const path = '/v1/customers';

  test('answer in the shape of the service with a code, else of the gateway, or as they say', () => {
    const { sandbox, call } = createFixture();
    sandbox.injectFault({ kind: 'status', status: 409, code: '800014' });
    sandbox.injectFault({ kind: 'status', status: 503, headers: { 'Retry-After': '7' } });
    sandbox.injectFault({ kind: 'status', status: 418, body: { tea: true } });
    expect(call('GET', path).json).toMatchObject({ code: '800014' });
    const unavailable = call('GET', path);
    expect(unavailable.json).toMatchObject({ statusCode: 503 });
    expect(unavailable.headers['Retry-After']).toBe('7');
    expect(call('GET', path).body).toEqual({ tea: true });
    expect(call('GET', path).status).toBe(200);
    expect(sandbox.requests().requests.map(({ fault }) => fault)).toEqual([
      'status',
      'status',
      'status',
      undefined,
    ]);
  });

  test('throttle with a time to wait, as the SDK needs it, unless they say their headers themselves', () => {
    const { sandbox, call } = createFixture();
    sandbox.injectFault({ kind: 'status', status: 429 });
    sandbox.injectFault({ kind: 'status', status: 429, code: '429', body: {} });
    sandbox.injectFault({ kind: 'status', status: 429, headers: { 'retry-after': '7' } });
    sandbox.injectFault({ kind: 'status', status: 429, headers: {} });
    const waits = [1, 2, 3, 4].map(() => {
      const { status, headers } = call('GET', path);
      expect(status).toBe(429);
      return headers['Retry-After'] ?? headers['retry-after'];
    });
    expect(waits).toEqual(['60', '60', '7', undefined]);
  });

  test('hit only what they name, after so many and so often', () => {
    const fixture = createFixture();
    const { customer, customerId } = seedOne(fixture, { kind: 'reservation' });
    fixture.sandbox.injectFault({
      kind: 'status',
      status: 500,
      method: 'get',
      operation: 'list-orders',
      customerId: customerId.toUpperCase(),
      path: '/v1/customers/*/ORDERS',
      after: 1,
      times: 2,
    });
    const statuses = () => fixture.call('GET', `${customer}/orders`).status;
    expect(fixture.call('GET', customer).status).toBe(200);
    expect([statuses(), statuses(), statuses(), statuses()]).toEqual([200, 500, 500, 200]);
    expect(fixture.sandbox.waitingFaults).toEqual([]);
  });

  test('can close the connection before or after the work', () => {
    const fixture = createFixture();
    const { customer } = seedOne(fixture, { kind: 'reservation', status: 'released' });
    fixture.sandbox.injectFault({ kind: 'drop' });
    fixture.sandbox.injectFault({ kind: 'drop-after' });
    expect(fixture.call('DELETE', customer).dropped).toBe(true);
    expect(fixture.sandbox.state().customers).toHaveLength(1);
    expect(fixture.call('DELETE', customer).dropped).toBe(true);
    expect(fixture.sandbox.state().customers).toHaveLength(0);
    expect(fixture.sandbox.requests().requests.map(({ changed }) => changed)).toEqual([
      false,
      true,
    ]);
  });

  test('can delay, empty, cut or mislabel an answer, or put a page of HTML in its place', () => {
    const { sandbox, call } = createFixture();
    const whole = JSON.stringify(call('GET', path).body);
    sandbox.injectFault({ kind: 'delay', delayMs: 50 });
    sandbox.injectFault({ kind: 'empty' });
    sandbox.injectFault({ kind: 'truncated' });
    sandbox.injectFault({ kind: 'wrong-content-type' });
    sandbox.injectFault({ kind: 'html' });
    expect(call('GET', path)).toMatchObject({ status: 200, delayMs: 50 });
    expect(call('GET', path)).toMatchObject({ status: 200, body: undefined });
    const cut = String(call('GET', path).body);
    expect(whole.startsWith(cut) && cut.length < whole.length).toBe(true);
    const mislabelled = call('GET', path);
    expect(mislabelled.body).toBe(whole);
    expect(mislabelled.headers['Content-Type']).toContain('text/plain');
    const html = call('GET', path);
    expect([html.status, html.headers['Content-Type']]).toEqual([502, 'text/html']);
    expect(html.body).toContain('<html>');
  });

  test('hit no request that was refused for its token or its number', () => {
    const fixture = createFixture({ requestsPerMinute: 1 });
    fixture.sandbox.injectFault({ kind: 'drop' });
    fixture.sandbox.handle({ method: 'GET', path });
    expect(fixture.sandbox.waitingFaults).toHaveLength(1);
    expect(fixture.call('GET', path).dropped).toBe(true);
  });
});
