import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { ManualClock } from '@sandbox-teardown/shared/clock';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { decodeToken } from '../../src/login/jwt.ts';
import { LoginService } from '../../src/login/login-service.ts';
import type { Registration } from '../../src/login/registration.ts';
import { asJson } from '../fixture.ts';

const BASE = 'https://login.test';
const TENANT = '11111111-1111-4111-8111-111111111111';
const API = 'https://api.partnercenter.microsoft.com';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

function createLogin(more: Partial<Registration> = {}) {
  const clock = new ManualClock();
  const registration = { tenantId: TENANT, clientId: 'client', clientSecret: 'secret', ...more };
  const login = new LoginService({
    registration,
    nowMs: () => clock.nowMs(),
    random: createRandom(1),
  });
  const send = (method: string, path: string, fields: Record<string, string>) => {
    const parameters = new URLSearchParams(fields);
    const none = new URLSearchParams();
    const answer = login.handle({
      method,
      path,
      baseUrl: BASE,
      form: method === 'POST' ? parameters : none,
      query: method === 'GET' ? parameters : none,
    });
    return { ...answer, json: asJson(answer.body) };
  };
  const token = (fields: Record<string, string>, version = 'v2.0/') =>
    send('POST', `/${TENANT}/oauth2/${version}token`, { client_id: 'client', ...fields });
  return { clock, login, send, token };
}

const credentials = { grant_type: 'client_credentials', client_secret: 'secret' };
const scope = `${API}/.default`;
const claimsOf = (json: Record<string, unknown>) =>
  decodeToken(String(json['access_token']))?.claims ?? {};
const errorOf = ({ status, json }: { status: number; json: Record<string, unknown> }) => [
  status,
  json['error'],
  String(json['error_description']).split(':')[0],
];

describe('client credentials', () => {
  test('get an app-only token for the API from v2.0, with numbers as numbers', () => {
    const { login, token, clock } = createLogin();
    const { status, json } = token({ ...credentials, scope });
    expect(status).toBe(200);
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3_600, ext_expires_in: 3_600 });
    expect(json).not.toHaveProperty('refresh_token');
    const nowSeconds = clock.nowMs() / 1_000;
    expect(claimsOf(json)).toMatchObject({
      aud: API,
      tid: TENANT,
      appid: 'client',
      exp: nowSeconds + 3_600,
    });
    expect(login.callerOf(`Bearer ${json['access_token']}`)).toEqual({
      tenantId: TENANT,
      appOnly: true,
      audience: API,
      expiresAtMs: clock.nowMs() + 3_600_000,
      mfa: false,
    });
  });

  test('get the numbers as texts from v1', () => {
    const { token, clock } = createLogin();
    const { json } = token({ ...credentials, resource: API }, '');
    const now = clock.nowMs() / 1_000;
    expect(json).toMatchObject({
      expires_in: '3600',
      ext_expires_in: '3600',
      expires_on: String(now + 3_600),
      not_before: String(now),
      resource: API,
    });
  });

  test.each([
    [
      'a wrong secret',
      { ...credentials, client_secret: 'x', scope },
      [401, 'invalid_client', 'AADSTS7000215'],
    ],
    [
      'no secret',
      { grant_type: 'client_credentials', scope },
      [401, 'invalid_client', 'AADSTS7000218'],
    ],
    [
      'an unknown client',
      { ...credentials, client_id: 'x', scope },
      [400, 'unauthorized_client', 'AADSTS700016'],
    ],
    ['no scope', credentials, [400, 'invalid_request', 'AADSTS900144']],
    [
      'a foreign resource',
      { ...credentials, scope: 'https://x/.default' },
      [400, 'invalid_resource', 'AADSTS500011'],
    ],
    [
      'an unknown grant',
      { client_secret: 'secret', grant_type: 'password', scope },
      [400, 'unsupported_grant_type', 'AADSTS70003'],
    ],
  ])('are refused with %s', (_what, fields, expected) => {
    expect(errorOf(createLogin().token(fields))).toEqual(expected);
  });

  test('are refused in another tenant', () => {
    const answer = createLogin().send('POST', '/other/oauth2/v2.0/token', credentials);
    expect(errorOf(answer)).toEqual([400, 'invalid_request', 'AADSTS90002']);
  });

  test('still get a token for the retired audience, which the API then refuses', () => {
    const { json } = createLogin().token(
      { ...credentials, resource: 'https://graph.windows.net/' },
      '',
    );
    expect(claimsOf(json)['aud']).toBe('https://graph.windows.net');
  });
});

describe('the caller', () => {
  test('is unknown without a token of this login endpoint', () => {
    const { login, token } = createLogin();
    const access = String(token({ ...credentials, scope }).json['access_token']);
    const [header, claims, signature = ''] = access.split('.');
    const forged = Buffer.from(JSON.stringify({ typ: 'access', tid: TENANT })).toString(
      'base64url',
    );
    for (const wrong of [
      undefined,
      'Basic abc',
      'Bearer x',
      'Bearer a.b.c',
      `Bearer ${header}.${forged}.${signature}`,
      `Bearer ${header}.${claims}.${signature.slice(1)}`,
      `Bearer ${login.issueRefreshToken()}`,
    ]) {
      expect(login.callerOf(wrong)).toBeUndefined();
    }
    expect(login.callerOf(`bearer ${access}`)).toBeDefined();
  });
});

describe('a refresh token', () => {
  const refresh = (refresh_token: string) => ({
    grant_type: 'refresh_token',
    client_secret: 'secret',
    scope: 'openid',
    refresh_token,
  });

  test('gives a token of the user and a new refresh token, and stays good', () => {
    const { login, token } = createLogin();
    const first = login.issueRefreshToken({ mfa: true });
    const { json } = token({ ...refresh(first), resource: API }, '');
    expect(json).toMatchObject({ scope: 'user_impersonation', expires_in: '3600' });
    expect(json['refresh_token']).not.toBe(first);
    expect(login.callerOf(`Bearer ${json['access_token']}`)).toMatchObject({
      appOnly: false,
      mfa: true,
    });
    expect(token(refresh(first)).status).toBe(200);
    expect(token(refresh(String(json['refresh_token']))).status).toBe(200);
  });

  test('remembers that the user had one factor only', () => {
    const { login, token } = createLogin();
    const { json } = token(refresh(login.issueRefreshToken({ mfa: false })));
    expect(login.callerOf(`Bearer ${json['access_token']}`)).toMatchObject({ mfa: false });
  });

  test('lives 90 days', () => {
    const { login, token, clock } = createLogin();
    const old = login.issueRefreshToken();
    clock.advance(90 * 24 * 3_600_000 - 1_000);
    expect(token(refresh(old)).status).toBe(200);
    clock.advance(1_000);
    expect(errorOf(token(refresh(old)))).toEqual([400, 'invalid_grant', 'AADSTS700082']);
    expect(errorOf(token(refresh('nonsense')))).toEqual([400, 'invalid_grant', 'AADSTS9002313']);
  });
});

describe('a client assertion', () => {
  const audience = `${BASE}/${TENANT}/oauth2/v2.0/token`;

  function assertion(claims: object, alg: 'RS256' | 'none' = 'RS256') {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const content = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
    const signature =
      alg === 'none' ? '' : sign('sha256', Buffer.from(content), privateKey).toString('base64url');
    return {
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: `${content}.${signature}`,
    };
  }
  const own = { iss: 'client', sub: 'client', aud: audience, exp: Date.UTC(2026, 0, 2) / 1_000 };

  test('signed with a registered certificate gets a token', () => {
    const { token } = createLogin({ certificates: [publicKeyPem] });
    expect(token(assertion(own)).status).toBe(200);
  });

  test.each([
    ['not registered', createLogin(), assertion(own), 'AADSTS700027'],
    [
      'not signed',
      createLogin({ certificates: [publicKeyPem] }),
      assertion(own, 'none'),
      'AADSTS700027',
    ],
    [
      'expired',
      createLogin({ certificates: [publicKeyPem] }),
      assertion({ ...own, exp: 1 }),
      'AADSTS700024',
    ],
    [
      'for another application',
      createLogin({ certificates: [publicKeyPem] }),
      assertion({ ...own, aud: 'x' }),
      'AADSTS700023',
    ],
    ['of an unknown issuer', createLogin(), assertion({ ...own, iss: 'x' }), 'AADSTS70021'],
    ['no JWT', createLogin(), { ...assertion(own), client_assertion: 'x' }, 'AADSTS50027'],
    [
      'of another type',
      createLogin(),
      { ...assertion(own), client_assertion_type: 'x' },
      'AADSTS700021',
    ],
  ])('is refused when it is %s', (_what, { token }, fields, number) => {
    expect(errorOf(token(fields))).toEqual([401, 'invalid_client', number]);
  });

  test('of a federated workload is taken by its issuer, subject and audience, and its signature where a key is registered', () => {
    const workload = {
      iss: 'https://issuer',
      sub: 'me',
      aud: 'api://AzureADTokenExchange',
      exp: own.exp,
    };
    const credential = { issuer: 'https://issuer', subject: 'me' };
    const trusting = createLogin({ federatedCredentials: [credential] });
    expect(trusting.token(assertion(workload, 'none')).status).toBe(200);
    expect(trusting.token(assertion({ ...workload, sub: 'you' })).status).toBe(401);
    const strict = createLogin({ federatedCredentials: [{ ...credential, publicKeyPem }] });
    expect(strict.token(assertion(workload)).status).toBe(200);
    expect(strict.token(assertion(workload, 'none')).status).toBe(401);
  });
});

describe('a sign-in of a user', () => {
  test('on another device waits until it is approved, and is good once', () => {
    const { send, token, login } = createLogin();
    const started = send('POST', '/organizations/oauth2/v2.0/devicecode', {
      client_id: 'client',
      scope,
    }).json;
    const poll = () =>
      token({
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        device_code: String(started['device_code']),
        scope,
      });
    expect(poll().json['error']).toBe('authorization_pending');
    expect(login.devices.approve('wrong')).toBe(false);
    expect(login.devices.approve(String(started['user_code']))).toBe(true);
    const { json } = poll();
    expect(login.callerOf(`Bearer ${json['access_token']}`)).toMatchObject({
      appOnly: false,
      mfa: true,
    });
    expect(json).toHaveProperty('refresh_token');
    expect(poll().json['error']).toBe('invalid_grant');
  });

  test('on another device expires', () => {
    const { send, token, clock } = createLogin();
    const { device_code } = send('POST', '/common/oauth2/v2.0/devicecode', {
      client_id: 'client',
    }).json;
    clock.advance(900_000);
    const late = token({ grant_type: 'device_code', device_code: String(device_code), scope });
    expect(late.json['error']).toBe('expired_token');
  });

  test('by authorization code goes back to the application with a code that is good once, with its verifier', () => {
    const { send, token } = createLogin();
    const verifier = 'a-long-and-random-text';
    const redirect_uri = 'http://localhost:3000/back';
    const { status, headers } = send('GET', '/common/oauth2/v2.0/authorize', {
      client_id: 'client',
      redirect_uri,
      state: 's',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    });
    const location = new URL(headers?.['Location'] ?? '');
    expect([status, location.searchParams.get('state')]).toEqual([302, 's']);
    const redeem = (code_verifier: string) =>
      token({
        grant_type: 'authorization_code',
        code: location.searchParams.get('code') ?? '',
        redirect_uri,
        code_verifier,
        scope,
      });
    expect(redeem('wrong').json['error']).toBe('invalid_grant');
    expect(redeem(verifier).json).toHaveProperty('refresh_token');
    expect(redeem(verifier).json['error']).toBe('invalid_grant');
  });

  test('needs a place to go back to', () => {
    const answer = createLogin().send('GET', '/common/oauth2/authorize', { client_id: 'client' });
    expect(answer.status).toBe(400);
  });
});

test('the OpenID configuration names the endpoints', () => {
  const { json } = createLogin().send(
    'GET',
    `/${TENANT}/v2.0/.well-known/openid-configuration`,
    {},
  );
  expect(json).toMatchObject({
    issuer: `${BASE}/${TENANT}/v2.0`,
    token_endpoint: `${BASE}/${TENANT}/oauth2/v2.0/token`,
    authorization_endpoint: `${BASE}/${TENANT}/oauth2/v2.0/authorize`,
  });
  expect(createLogin().send('GET', `/${TENANT}/nothing`, {}).status).toBe(404);
});
