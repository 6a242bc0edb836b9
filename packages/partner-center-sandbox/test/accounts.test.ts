import { request } from 'node:https';
import { ManualClock } from '@sandbox-teardown/shared/clock';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Accounts } from '../src/core/accounts.ts';
import type { Sandbox } from '../src/core/sandbox.ts';
import { type SandboxServer, startSandbox } from '../src/sandbox-server.ts';
import type { ServedAccount } from '../src/served-accounts.ts';
import { asJson } from './fixture.ts';

const scope = 'https://api.partnercenter.microsoft.com/.default';

function createTwo() {
  const clock = new ManualClock();
  const nowMs = () => clock.nowMs();
  const accounts = new Accounts();
  const first = accounts.add({ nowMs, seed: 1 });
  const second = accounts.add({ nowMs, seed: 2, settings: { production: true } });
  const ask = (account: Sandbox, method: string, path: string) => {
    const { status, body } = accounts.handle({ method, path, caller: account.appOnlyCaller });
    return [status, asJson(body)['code']];
  };
  const names = (account: Sandbox) => account.state().customers.map(({ domain }) => domain);
  return { accounts, first, second, ask, names, nowMs };
}

describe('two accounts side by side', () => {
  test('have customers of their own, and one does not know those of the other', () => {
    const { first, second, ask } = createTwo();
    const { customerId } = first.addCustomer({});
    const path = `/v1/customers/${customerId}`;
    expect(ask(first, 'GET', path)).toEqual([200, undefined]);
    expect(ask(second, 'GET', path.toUpperCase().replace('/V1', '/v1'))).toEqual([404, '60003']);
    expect(ask(second, 'DELETE', path)).toEqual([404, '60003']);
    expect(ask(second, 'GET', `${path}/orders`)).toEqual([404, '60003']);
    expect(first.state().customers).toHaveLength(1);
  });

  test('answer for a customer of the other as configured', () => {
    const { first, second, ask } = createTwo();
    const { customerId } = first.addCustomer({});
    second.changeSettings({ foreignCustomer: { status: 403, code: '20002' } });
    expect(ask(second, 'GET', `/v1/customers/${customerId}`)).toEqual([403, '20002']);
  });

  test('answer for a customer that was deleted in the other as for one that never was', () => {
    const { first, second, ask } = createTwo();
    const path = `/v1/customers/${first.addCustomer({}).customerId}`;
    expect(ask(first, 'DELETE', path)).toEqual([204, undefined]);
    expect(ask(second, 'GET', path)).toEqual([403, '20002']);
  });

  test('have settings, quotas, domains and a record of their own', () => {
    const { first, second, ask } = createTwo();
    for (let count = 0; count < 76; count += 1) second.addCustomer({});
    for (let count = 0; count < 75; count += 1) first.addCustomer({});
    expect(() => first.addCustomer({})).toThrow(/quota/);
    expect(ask(second, 'DELETE', `/v1/customers/${second.state().customers[0]?.id}`)).toEqual([
      400,
      '900127',
    ]);
    expect(first.requests().total).toBe(0);
    expect(second.requests().total).toBe(1);
  });

  test('take domains from each other', () => {
    const { first, second, ask } = createTwo();
    first.addCustomer({ domain: 'one.onmicrosoft.com' });
    expect(ask(second, 'HEAD', '/v1/domains/one.onmicrosoft.com')[0]).toBe(200);
    expect(ask(second, 'HEAD', '/v1/domains/two.onmicrosoft.com')[0]).toBe(404);
  });

  test('refuse whoever belongs to neither', () => {
    const { accounts, first } = createTwo();
    const stranger = { ...first.appOnlyCaller, tenantId: 'other' };
    const answer = accounts.handle({ method: 'GET', path: '/v1/customers', caller: stranger });
    expect([answer.status, asJson(answer.body)['code']]).toEqual([401, '800001']);
    expect(accounts.handle({ method: 'GET', path: '/v1/customers' }).status).toBe(401);
  });

  test('have tenants of their own, and there are not too many of them', () => {
    const { accounts, first, nowMs } = createTwo();
    const again = { nowMs, tenantId: first.tenantId };
    expect(() => accounts.add(again)).toThrow(/choose another tenant/);
    for (let seed = 3; seed <= 10; seed += 1) accounts.add({ nowMs, seed });
    expect(() => accounts.add({ nowMs, seed: 11 })).toThrow(/all there can be/);
    expect(accounts.all).toHaveLength(10);
  });

  test('cannot be asked before there is one', () => {
    const accounts = new Accounts();
    expect(() => accounts.handle({ method: 'GET', path: '/v1/customers' })).toThrow(/add one/);
  });
});

describe('a second account behind the same addresses', () => {
  async function startTwo() {
    const server = await startSandbox({ seed: 4 });
    onTestFinished(() => server.close());
    const other = server.addAccount({ settings: { production: true } });
    /** A token as the login endpoint gives it, which is asked at this tenant. */
    const login = (account: ServedAccount, tenant = account.tenantId) =>
      account.login.handle({
        method: 'POST',
        path: `/${tenant}/oauth2/v2.0/token`,
        query: new URLSearchParams(),
        form: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: account.clientId,
          client_secret: account.clientSecret,
          scope,
        }),
        baseUrl: server.loginUrl,
      });
    const api = async (account: ServedAccount, path: string) => {
      const Authorization = `Bearer ${asJson(login(account).body)['access_token']}`;
      const answer = await fetch(`${server.apiUrl}${path}`, { headers: { Authorization } });
      return { status: answer.status, json: asJson(await answer.json()) };
    };
    const control = async (method: string, path: string, body?: unknown) => {
      const answer = await fetch(`${server.controlUrl}${path}`, {
        method,
        headers: { Authorization: `Bearer ${server.controlToken}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const value: unknown = await answer.json();
      return { status: answer.status, value, json: asJson(value) };
    };
    return { server, other, login, api, control };
  }

  test('is whom its token speaks for', async () => {
    const { server, other, api } = await startTwo();
    const { customerId } = server.sandbox.addCustomer({});
    expect((await api(server, `/v1/customers/${customerId}`)).status).toBe(200);
    expect(await api(other, `/v1/customers/${customerId}`)).toMatchObject({
      status: 404,
      json: { code: '60003' },
    });
    expect((await api(other, '/v1/customers')).json['totalCount']).toBe(0);
  });

  test('has a tenant and credentials of its own, which the first does not take', async () => {
    const { server, other, login } = await startTwo();
    expect(other.tenantId).not.toBe(server.tenantId);
    expect(login(other).status).toBe(200);
    expect(login(other, server.tenantId).status).toBe(400);
  });

  test('is addressed by the control server, which also adds and names accounts', async () => {
    const { server, other, control } = await startTwo();
    const prefix = `/accounts/${other.tenantId.toUpperCase()}`;
    await control('POST', `${prefix}/customers`, { domain: 'other.example' });
    expect((await control('GET', `${prefix}/state`)).json).toMatchObject({
      tenantId: other.tenantId,
      customers: [{ domain: 'other.example' }],
    });
    expect((await control('GET', '/state')).json['customers']).toEqual([]);
    const { status, json } = await control('POST', '/accounts', { clientId: 'third' });
    expect([status, json]).toMatchObject([200, { clientId: 'third', production: false }]);
    expect((await control('GET', '/accounts')).value).toMatchObject([
      { tenantId: server.tenantId, clientSecret: server.clientSecret, production: false },
      { tenantId: other.tenantId, clientSecret: other.clientSecret, production: true },
      { tenantId: json['tenantId'] },
    ]);
    expect((await control('GET', `/accounts/${json['tenantId']}/settings`)).status).toBe(200);
  });

  test.each([
    ['GET', '/accounts/nobody/state', undefined, 404, /no account nobody/],
    ['POST', '/accounts', { tenantId: 'x' }, 400, /GUID/],
    ['POST', '/accounts', { colour: 'red' }, 400, /colour/],
  ])('is not there for %s %s with %o', async (method, path, body, status, sentence) => {
    const { control } = await startTwo();
    const answer = await control(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.json['error']).toMatch(sentence);
  });

  test('signs in at the one login endpoint, by its tenant or else by its application', async () => {
    const { server, other } = await startTwo();
    const signIn = (account: ServedAccount, tenant: string) =>
      postForm(server, `/${tenant}/oauth2/v2.0/token`, {
        grant_type: 'refresh_token',
        refresh_token: account.login.issueRefreshToken(),
        client_id: account.clientId,
        scope,
      });
    for (const account of [server, other]) {
      expect(await signIn(account, account.tenantId)).toBe(200);
      expect(await signIn(account, 'organizations')).toBe(200);
    }
    expect(await signIn(other, server.tenantId)).toBe(400);
    other.sandbox.injectFault({ kind: 'status', status: 503, operation: 'get-token' });
    expect(await signIn(server, server.tenantId)).toBe(200);
    expect(await signIn(other, other.tenantId)).toBe(503);
  });
});

/** The status of a form's answer, the login endpoint's certificate trusted. */
function postForm(
  { loginUrl, certificatePem: ca }: SandboxServer,
  path: string,
  form: Record<string, string>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const sent = request(`${loginUrl}${path}`, { method: 'POST', ca, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(new URLSearchParams(form).toString());
  });
}
