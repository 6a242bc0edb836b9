import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type SandboxServer, startSandbox } from '../src/sandbox-server.ts';
import { asJson, itemsOf } from './fixture.ts';

const SCOPE = 'https://api.partnercenter.microsoft.com/.default';
let server: SandboxServer;
let token: string;

/** A form sent to the login endpoint with its certificate trusted. */
function postForm(
  path: string,
  form: Record<string, string>,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      `${server.loginUrl}${path}`,
      {
        method: 'POST',
        ca: server.certificatePem,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      },
      async (response) => {
        const chunks = await response.toArray();
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      },
    );
    request.on('error', reject);
    request.end(new URLSearchParams(form).toString());
  });
}

const tokenForm = () => ({
  grant_type: 'client_credentials',
  client_id: server.clientId,
  client_secret: server.clientSecret,
  scope: SCOPE,
});
const tokenPath = () => `/${server.tenantId}/oauth2/v2.0/token`;

function api(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  return fetch(`${server.apiUrl}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
}

const read = async (answer: Promise<Response>) => asJson(await (await answer).json());

async function control(method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.controlUrl}${path}`, {
    method,
    headers: { Authorization: `Bearer ${server.controlToken}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: asJson(await response.json()) };
}

beforeAll(async () => {
  server = await startSandbox({ seed: 3 });
  token = JSON.parse((await postForm(tokenPath(), tokenForm())).text).access_token;
});
afterEach(() => server.sandbox.reset());
afterAll(() => server.close());

describe('the API over HTTP', () => {
  test('takes a token of its login endpoint and no other', async () => {
    expect((await api('GET', '/v1/customers')).status).toBe(200);
    const refused = await api('GET', '/v1/customers', undefined, { Authorization: 'Bearer x' });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('WWW-Authenticate')).toContain('OAuth');
  });

  test('runs the whole flow: entitlements, whole order back, poll, delete', async () => {
    const { customerId } = server.sandbox.addCustomer({
      purchases: [{ kind: 'reservation', cancelTakesReads: 1 }],
    });
    const refresh_token = server.login.issueRefreshToken();
    const form = { ...tokenForm(), grant_type: 'refresh_token', refresh_token };
    const person = JSON.parse((await postForm(tokenPath(), form)).text).access_token;
    const Authorization = `Bearer ${person}`;
    const customer = `/v1/customers/${customerId}`;
    const listed = api('GET', `${customer}/entitlements`, undefined, { Authorization });
    const [entitlement] = itemsOf({ json: await read(listed) });
    const path = `${customer}/orders/${asJson(entitlement?.['referenceOrder'])['id']}`;
    const order = await read(api('GET', path));
    const patched = await read(
      api('PATCH', path, JSON.stringify({ ...order, status: 'Cancelled' })),
    );
    expect(patched['status']).toBe('pending');
    expect((await read(api('GET', path)))['status']).toBe('pending');
    expect((await read(api('GET', path)))['status']).toBe('cancelled');
    const deleted = await api('DELETE', customer);
    expect([deleted.status, await deleted.text()]).toEqual([204, '']);
  });

  test.each([
    ['malformed JSON', '{', {}, 'not valid JSON'],
    ['an unknown content type', '<a/>', { 'Content-Type': 'text/xml' }, 'text/xml'],
    ['no body', undefined, {}, 'in JSON'],
    ['a null in place of one', 'null', { 'Content-Type': 'text/plain' }, 'in JSON'],
  ])('refuses %s in the shape of the service', async (_what, body, headers, text) => {
    const { customerId, purchases } = server.sandbox.addCustomer({ purchases: [{ kind: 'saas' }] });
    const path = `/v1/customers/${customerId}/subscriptions/${purchases[0]?.subscriptionIds[0]}`;
    const answer = await api('PATCH', path, body, headers);
    expect(answer.status).toBe(400);
    const refused = asJson(await answer.json());
    expect(refused['code']).toBe('3000');
    expect(refused['description']).toContain(text);
  });

  test('takes JSON by its other media types and with a character set', async () => {
    const { customerId, purchases } = server.sandbox.addCustomer({
      purchases: [{ kind: 'reservation' }],
    });
    const path = `/v1/customers/${customerId}/orders/${purchases[0]?.orderIds[0]}`;
    const types = ['text/json', 'application/json-patch+json', 'application/json;charset=utf-8'];
    for (const type of types) {
      const answer = await api('PATCH', path, '{"status":"completed"}', { 'Content-Type': type });
      expect(answer.status).toBe(200);
    }
  });

  test('answers what is no address, too large or not a known method without falling over', async () => {
    expect((await api('GET', '/v1/%zz')).status).toBe(400);
    const large = await api('PATCH', '/v1/customers', 'x'.repeat(1_100_000));
    expect([large.status, asJson(await large.json())['statusCode']]).toEqual([413, 413]);
    const head = await api('HEAD', '/v1/customers');
    expect([head.status, await head.text()]).toEqual([501, '']);
    expect((await api('OPTIONS', '/v1/customers')).status).toBe(501);
    expect((await api('GET', '//v1/customers?size=1')).status).toBe(200);
  });

  test('reports with HEAD whether a domain is taken, without a body either way', async () => {
    server.sandbox.addCustomer({ domain: 'taken.onmicrosoft.com' });
    for (const [domain, status] of [
      ['taken', 200],
      ['free', 404],
    ] as const) {
      const answer = await api('HEAD', `/v1/domains/${domain}.onmicrosoft.com`);
      expect([answer.status, await answer.text()]).toEqual([status, '']);
    }
  });

  test('closes the connection for a dropped answer, after the work or before it', async () => {
    const { customerId } = server.sandbox.addCustomer({});
    server.sandbox.injectFault({ kind: 'drop' });
    await expect(api('DELETE', `/v1/customers/${customerId}`)).rejects.toThrow();
    expect(server.sandbox.state().customers).toHaveLength(1);
    server.sandbox.injectFault({ kind: 'drop-after' });
    await expect(api('DELETE', `/v1/customers/${customerId}`)).rejects.toThrow();
    expect(server.sandbox.state().customers).toHaveLength(0);
  });

  test('sends damaged answers as they are', async () => {
    server.sandbox.injectFault({ kind: 'html' });
    const html = await api('GET', '/v1/customers');
    expect([html.status, html.headers.get('Content-Type')]).toEqual([502, 'text/html']);
    server.sandbox.injectFault({ kind: 'empty' });
    expect(await (await api('GET', '/v1/customers')).text()).toBe('');
    server.sandbox.injectFault({ kind: 'truncated' });
    await expect((await api('GET', '/v1/customers')).json()).rejects.toThrow();
    server.sandbox.injectFault({ kind: 'wrong-content-type' });
    const mislabelled = await api('GET', '/v1/customers');
    expect(mislabelled.headers.get('Content-Type')).toContain('text/plain');
    expect(asJson(await mislabelled.json())['totalCount']).toBe(0);
  });

  test('holds an answer back as long as the fault says', async () => {
    server.sandbox.injectFault({ kind: 'delay', delayMs: 60 });
    const before = performance.now();
    expect((await api('GET', '/v1/customers')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(55);
  });
});

describe('the login endpoint over HTTPS', () => {
  test('gives Microsoft’s own library a token that the API takes', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sandbox-login-'));
    try {
      const certificate = join(directory, 'certificate.pem');
      await writeFile(certificate, server.certificatePem);
      const script = fileURLToPath(new URL('./get-token.ts', import.meta.url));
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [script, server.loginUrl, server.tenantId, server.clientId, server.clientSecret],
        { env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate } },
      );
      const issued = JSON.parse(stdout);
      expect(issued.error).toBeUndefined();
      const answer = await api('GET', '/v1/customers', undefined, {
        Authorization: `Bearer ${issued.token}`,
      });
      expect(answer.status).toBe(200);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test('is hit by the faults that are ordered for it', async () => {
    server.sandbox.injectFault({ kind: 'status', status: 503, operation: 'get-token' });
    expect((await postForm(tokenPath(), tokenForm())).status).toBe(503);
    server.sandbox.injectFault({ kind: 'drop', operation: 'get-token' });
    await expect(postForm(tokenPath(), tokenForm())).rejects.toThrow();
    expect((await postForm(tokenPath(), tokenForm())).status).toBe(200);
  });
});

describe('the control surface', () => {
  test('adds an Azure subscription to a plan, as in the Azure portal, and says what it cannot', async () => {
    const added = await control('POST', '/customers', {
      purchases: [{ kind: 'azure-plan', azureSubscriptions: 0 }, { kind: 'licence' }],
    });
    const { id: customerId, subscriptions } = asJson(
      ([] as unknown[]).concat((await control('GET', '/state')).json['customers']).at(-1),
    );
    const [plan, licence] = ([] as unknown[]).concat(subscriptions).map((one) => asJson(one)['id']);
    expect(added.json['customerId']).toBe(customerId);
    const add = (subscriptionId: unknown, more = {}) =>
      control('POST', '/azure-subscriptions', { customerId, subscriptionId, ...more });
    const { json } = await add(plan);
    expect(json['entitlementId']).toMatch(/^[0-9a-f-]{36}$/);
    for (const answer of [
      await add(licence),
      await add('nobody'),
      await add(plan, { entitlementId: 'x' }),
    ]) {
      expect([answer.status, typeof answer.json['error']]).toEqual([400, 'string']);
    }
    await control('POST', '/reset');
  });

  test('seeds, shows and counts', async () => {
    const added = await control('POST', '/customers', {
      domain: 'a.example',
      purchases: [{ kind: 'saas' }],
    });
    expect(added.status).toBe(200);
    await api('GET', `/v1/customers/${added.json['customerId']}`);
    const { json: state } = await control('GET', '/state');
    expect(state['customers']).toMatchObject([
      { domain: 'a.example', subscriptions: [{ kind: 'saas' }] },
    ]);
    const { json: requests } = await control('GET', '/requests');
    expect(requests).toMatchObject({ total: 1, byOperation: { 'get-customer': 1 } });
    await control('POST', '/reset');
    expect((await control('GET', '/state')).json['customers']).toEqual([]);
  });

  test('takes lists, generates customers, orders faults and turns settings', async () => {
    await control('POST', '/customers', [{}, {}]);
    await control('POST', '/generate', { seed: 1, count: 5 });
    expect(server.sandbox.state().customers).toHaveLength(7);
    const fault = { kind: 'status', status: 500 };
    expect((await control('POST', '/faults', [fault, fault])).json).toEqual({ waiting: 2 });
    expect((await api('GET', '/v1/customers')).status).toBe(500);
    const settings = await control('POST', '/settings', { requestsPerMinute: 1 });
    expect(settings.json['requestsPerMinute']).toBe(1);
    expect((await api('GET', '/v1/customers')).status).toBe(429);
  });

  test('gives refresh tokens and approves sign-ins', async () => {
    const { json } = await control('POST', '/refresh-tokens', { mfa: false });
    const { refreshToken } = json;
    const answer = await postForm(tokenPath(), {
      ...tokenForm(),
      grant_type: 'refresh_token',
      refresh_token: String(refreshToken),
    });
    expect(answer.status).toBe(200);
    const refused = await control('POST', '/device-codes', { userCode: 'nobody' });
    expect(refused).toMatchObject({ status: 400 });
  });

  test.each([
    ['/customers', { colour: 'red' }, /colour/],
    ['/customers', { purchases: [{ kind: 'boat' }] }, /purchases\.0\.kind/],
    ['/customers', { id: 'abc' }, /GUID/],
    ['/customers', { purchases: [{ kind: 'saas', nested: 1 }] }, /no entitlements/],
    ['/faults', { kind: 'earthquake' }, /kind/],
    ['/faults', { kind: 'status', status: 200, operation: 'sleep' }, /operation/],
    ['/settings', { requestsPerMinute: 0 }, /requestsPerMinute/],
    ['/settings', { cancelTakesMs: { lowest: 2, highest: 1 } }, /lowest/],
    ['/generate', {}, /seed/],
  ])('refuses bad input to %s with a sentence', async (path, body, sentence) => {
    const { status, json } = await control('POST', path, body);
    expect(status).toBe(400);
    expect(json['error']).toMatch(sentence);
    expect(server.sandbox.state().customers).toEqual([]);
  });

  test('refuses what is no JSON, and names what there is instead of an unknown path', async () => {
    const broken = await fetch(`${server.controlUrl}/customers`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${server.controlToken}` },
      body: '{',
    });
    expect([broken.status, asJson(await broken.json())['error']]).toEqual([
      400,
      'The body is not valid JSON.',
    ]);
    const unknown = await control('GET', '/nothing');
    expect([unknown.status, unknown.json['error']]).toEqual([
      404,
      expect.stringContaining('GET /state'),
    ]);
  });
});

/** A token without the way over HTTPS. */
function ownToken({ login, tenantId, clientId, clientSecret }: SandboxServer): unknown {
  const { body } = login.handle({
    method: 'POST',
    path: `/${tenantId}/oauth2/v2.0/token`,
    baseUrl: '',
    query: new URLSearchParams(),
    form: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: SCOPE,
    }),
  });
  return asJson(body)['access_token'];
}

describe('starting and closing', () => {
  test('closes at once although a client keeps its connection open and an answer is held back', async () => {
    const own = await startSandbox();
    const { hostname, port } = new URL(own.apiUrl);
    const socket = connect(Number(port), hostname);
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.write('GET /v1/customers HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    own.sandbox.injectFault({ kind: 'delay', delayMs: 3_600_000 });
    const headers = { Authorization: `Bearer ${ownToken(own)}` };
    const held = fetch(`${own.apiUrl}/v1/customers`, { headers }).catch(() => 'cut off');
    await vi.waitUntil(() => own.sandbox.waitingFaults.length === 0, { timeout: 300_000 });
    await own.close();
    await closed;
    expect(await held).toBe('cut off');
    await expect(fetch(own.apiUrl)).rejects.toThrow();
  });

  test('says the ports are taken and leaves nothing open', async () => {
    const apiPort = Number(new URL(server.apiUrl).port);
    await expect(startSandbox({ controlPort: apiPort })).rejects.toThrow(/EADDRINUSE/);
  });

  test('gives the same identities for the same seed, and takes those it is given', async () => {
    const identity = async (options: Parameters<typeof startSandbox>[0]) => {
      const { tenantId, clientId, clientSecret, close } = await startSandbox(options);
      await close();
      return [tenantId, clientId, clientSecret];
    };
    expect(await identity({ seed: 3 })).toEqual([
      server.tenantId,
      server.clientId,
      server.clientSecret,
    ]);
    const given = {
      tenantId: 'a0000000-0000-4000-8000-000000000000',
      clientId: 'b',
      clientSecret: 'c',
    };
    expect(await identity(given)).toEqual(Object.values(given));
  });
});
