import { describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../src/sandbox-server.ts';
import { asJson } from './fixture.ts';

const API = 'https://api.partnercenter.microsoft.com';
const CHINA = 'https://partner.partnercenterapi.microsoftonline.cn';
const workload = { issuer: 'https://issuer', subject: 'me' };

async function startIn(cloud: 'global' | 'china' | 'us-government') {
  const server = await startSandbox({ settings: { cloud }, federatedCredentials: [workload] });
  onTestFinished(() => server.close());
  const { clientId, clientSecret, tenantId, apiUrl } = server;
  const token = (fields: Record<string, string>) =>
    server.login.handle({
      method: 'POST',
      path: `/${tenantId}/oauth2/v2.0/token`,
      query: new URLSearchParams(),
      form: new URLSearchParams({ client_id: clientId, ...fields }),
      baseUrl: server.loginUrl,
    });
  /** What the API says to the token that the login endpoint gives for these fields. */
  const ask = async (fields: Record<string, string>) => {
    const Authorization = `Bearer ${asJson(token(fields).body)['access_token']}`;
    const answer = await fetch(`${apiUrl}/v1/customers`, { headers: { Authorization } });
    return [answer.status, asJson(await answer.json())['code']];
  };
  const withSecret = { grant_type: 'client_credentials', client_secret: clientSecret };
  return { server, token, ask, withSecret };
}

const unsigned = (claims: object) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
};

describe.each([
  ['global', API, CHINA, 'api://AzureADTokenExchange', 'api://AzureADTokenExchangeChina'],
  ['china', CHINA, API, 'api://AzureADTokenExchangeChina', 'api://AzureADTokenExchange'],
  ['us-government', API, CHINA, 'api://AzureADTokenExchangeUSGov', 'api://AzureADTokenExchange'],
] as const)('in the cloud %s', (cloud, own, other, exchange, otherExchange) => {
  test('the API takes tokens for its own audience, and answers 401 to all others', async () => {
    const { ask, withSecret } = await startIn(cloud);
    expect(await ask({ ...withSecret, scope: `${own}/.default` })).toEqual([200, undefined]);
    expect(await ask({ ...withSecret, scope: `${other}/.default` })).toEqual([401, '400']);
    const retired = { ...withSecret, scope: 'https://graph.windows.net/.default' };
    expect(await ask(retired)).toEqual([401, '900420']);
  });

  test('a person who asks for no more than to sign in gets a token for its own API', async () => {
    const { ask, server } = await startIn(cloud);
    const refresh_token = server.login.issueRefreshToken();
    expect(await ask({ grant_type: 'refresh_token', scope: 'openid', refresh_token })).toEqual([
      200,
      undefined,
    ]);
  });

  test('a federated identity shows a token for its own exchange', async () => {
    const { token } = await startIn(cloud);
    const show = (aud: string) =>
      token({
        grant_type: 'client_credentials',
        scope: `${own}/.default`,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: unsigned({
          iss: workload.issuer,
          sub: workload.subject,
          aud,
          exp: Date.now() / 1_000 + 600,
        }),
      }).status;
    expect([show(exchange), show(otherExchange)]).toEqual([200, 401]);
  });
});
