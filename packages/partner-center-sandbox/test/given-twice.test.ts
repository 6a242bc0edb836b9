import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repeatedField } from '../src/repeated-field.ts';
import { type SandboxServer, startSandbox } from '../src/sandbox-server.ts';
import { asJson } from './fixture.ts';

/** What is sent twice would be honoured once: the second time would be ignored. */

let server: SandboxServer;
let token: string;

beforeAll(async () => {
  server = await startSandbox({ seed: 3 });
  const { tenantId, clientId: client_id, clientSecret: client_secret } = server;
  const resource = 'https://api.partnercenter.microsoft.com';
  const { body } = server.login.handle({
    method: 'POST',
    path: `/${tenantId}/oauth2/token`,
    query: new URLSearchParams(),
    form: new URLSearchParams({
      grant_type: 'client_credentials',
      ...{ client_id, client_secret, resource },
    }),
    baseUrl: server.loginUrl,
  });
  token = String(asJson(body)['access_token']);
});
afterAll(() => server.close());

/** Headers in pairs, as only Node's own client sends them. */
function send(method: string, path: string, headers: readonly string[] = [], body = '') {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const length = ['Content-Length', String(Buffer.byteLength(body))];
    const host = ['Host', new URL(server.apiUrl).host];
    const request = httpRequest(`${server.apiUrl}${path}`, {
      method,
      headers: [...host, ...length, 'Authorization', `Bearer ${token}`, ...headers],
    });
    request.on('response', async (response) => {
      const chunks = await response.toArray();
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
    });
    request.on('error', reject);
    request.end(body);
  });
}

function seed() {
  const { customerId, purchases } = server.sandbox.addCustomer({
    purchases: [{ kind: 'reservation' }, { kind: 'azure-plan' }],
  });
  const customer = `/v1/customers/${customerId}`;
  const [order, plan] = purchases;
  const azure = `${customer}/subscriptions/${plan?.subscriptionIds[0]}/azureEntitlements`;
  return {
    customer,
    order: `${customer}/orders/${order?.orderIds[0]}`,
    cancel: `${azure}/${plan?.azureEntitlementIds[0]}/cancel`,
  };
}

const refused = (said: string) => ({ status: 400, text: expect.stringContaining(said) });
const writes = () => server.sandbox.state().writes;

test.each([
  ['?billingType=onetime&billingType=monthly', 'query parameter billingType'],
  ['?billingType=onetime&BillingTYPE=onetime', 'query parameter BillingTYPE'],
])('a query parameter is refused: %s', async (query, said) => {
  const { customer } = seed();
  expect(await send('GET', `${customer}/orders${query}`)).toEqual(
    refused(`The ${said} is given twice.`),
  );
});

test.each([
  ['Authorization', 'Bearer x', 'The header Authorization is given twice.'],
  ['MS-RequestId', 'e0c5c1a8-0000-4000-8000-000000000001', 'ms-requestid must be a GUID.'],
  ['MS-Contract-Version', 'v1', 'MS-Contract-Version must be v1.'],
])('a header is refused: %s', async (name, value, said) => {
  const headers = name === 'Authorization' ? [name, value] : [name, value, name, value];
  expect(await send('GET', '/v1/customers', headers)).toEqual(refused(said));
});

test('a content type is refused, of which HTTP would keep the first', async () => {
  const { order } = seed();
  const headers = ['Content-Type', 'application/json', 'Content-Type', 'text/plain'];
  const answer = await send('PATCH', order, headers, '{"status":"cancelled"}');
  expect(answer).toEqual(refused('The header Content-Type is given twice.'));
  expect(writes()).toEqual([]);
});

test.each(['{"status":"cancelled","status":"completed"}', '{"status":"cancelled","Status":"x"}'])(
  'a field is refused: %s',
  async (body) => {
    const { order } = seed();
    const answer = await send('PATCH', order, ['Content-Type', 'application/json'], body);
    expect(answer).toEqual(refused('tatus is given twice.'));
    expect(writes()).toEqual([]);
  },
);

test('a field is refused also where an Azure subscription is cancelled', async () => {
  const body = '{"cancellationReason":"other","cancellationReason":"compromise"}';
  const answer = await send('POST', seed().cancel, ['Content-Type', 'application/json'], body);
  expect(answer).toEqual(refused('The field cancellationReason is given twice.'));
});

describe('the first name that an object has twice', () => {
  test.each([
    ['{"a":1,"b":{"a":2},"c":[{"a":1},{"a":"a"}]}', undefined],
    ['{"a":"a:","b":"{\\"b\\":1}"}', undefined],
    ['["a","a",{}]', undefined],
    ['"a"', undefined],
    ['{"a" : 1, "\\u0061" : 2}', 'a'],
    ['[{"x":{"y":1,"z":{},"Y":2}}]', 'Y'],
    ['{"a":{"b":1},"a":{"b":1}}', 'a'],
  ])('of %s is %s', (json, name) => {
    expect(JSON.parse(json)).toBeDefined();
    expect(repeatedField(json)).toBe(name);
  });
});
