import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CloudName, clouds } from '../../src/partner-center/clouds.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { applicationCertificate } from '../partner-center/auth/sign-in-harness.ts';
import {
  type CloudAnswer,
  type CloudRequest,
  EVIL_HOST,
  hostileCloud,
  identityEndpoint,
  VAULT_NAME,
} from './hostile-cloud.ts';
import { type FunctionName, SETTINGS, wholeApp } from './whole-app.ts';

const cloud = await hostileCloud();
const identity = await identityEndpoint(() => 'identity-token');
const { pem } = await applicationCertificate();
afterAll(() => {
  cloud.close();
  identity.close();
});
beforeEach(() => {
  for (const [name, value] of Object.entries(identity.environment)) vi.stubEnv(name, value);
});

const CUSTOMER = '11111111-2222-3333-4444-555555555555';
const OTHER_CUSTOMER = '99999999-2222-3333-4444-555555555555';
const claims = Buffer.from(JSON.stringify({ tid: SETTINGS.SANDBOX_TENANT_ID })).toString(
  'base64url',
);
const TOKEN = `eyJhbGciOiJub25lIn0.${claims}.c2ln`;
const names = Object.keys(clouds) as CloudName[];
const evil = `https://${EVIL_HOST}/v1/x`;

function environmentFor(name: CloudName, signIn: string) {
  const secret = (of: string) =>
    `https://${VAULT_NAME}.${clouds[name].keyVaultDomain}/secrets/${of}`;
  return {
    ...SETTINGS,
    ServiceBusConnection:
      'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKey=c2VjcmV0c2VjcmV0',
    PARTNER_CENTER_CLOUD: name,
    PARTNER_CENTER_SIGN_IN: signIn,
    ...(['client-secret', 'app-and-user'].includes(signIn) && {
      PARTNER_CENTER_CLIENT_SECRET: 'the-secret-of-the-app',
    }),
    ...(signIn !== 'client-secret' && { PARTNER_CENTER_IDENTITY_CLIENT_ID: randomUUID() }),
    ...(signIn === 'client-certificate' && { PARTNER_CENTER_CERTIFICATE_SECRET: secret('pem') }),
    ...(signIn === 'app-and-user' && { PARTNER_CENTER_REFRESH_TOKEN_SECRET: secret('token') }),
  };
}

function ownHosts(name: CloudName): readonly string[] {
  const { apiUrl, loginUrl, keyVaultDomain } = clouds[name];
  return [new URL(apiUrl).host, new URL(loginUrl).host, `${VAULT_NAME}.${keyVaultDomain}`];
}

function partOf({ host }: CloudRequest): 'vault' | 'login' | 'api' {
  if (host.startsWith(`${VAULT_NAME}.`)) return 'vault';
  return host.startsWith('login.') ? 'login' : 'api';
}

function wellBehaved(request: CloudRequest, name: CloudName): CloudAnswer {
  const { loginUrl, keyVaultDomain } = clouds[name];
  switch (partOf(request)) {
    case 'vault': {
      const challenge = `Bearer authorization="${loginUrl}/t", resource="https://${keyVaultDomain}"`;
      const value = request.path.includes('/pem') ? pem : 'stored-refresh-token';
      return request.authorization === ''
        ? { status: 401, headers: { 'www-authenticate': challenge } }
        : { status: 200, body: { value, id: 'https://x/secrets/x/1', attributes: {} } };
    }
    case 'login':
      return {
        status: 200,
        body: {
          token_type: 'Bearer',
          expires_in: 3_600,
          access_token: TOKEN,
          refresh_token: 'next-token',
        },
      };
    default: {
      const item = { id: CUSTOMER, companyProfile: { domain: 'x.onmicrosoft.com' } };
      return /\/customers(\?|$)/.test(request.path)
        ? { status: 200, body: { items: [item] } }
        : { status: 200, body: { ...item, items: [] } };
    }
  }
}

const signIns = ['client-secret', 'client-certificate', 'federated-identity', 'app-and-user'];
const functions: readonly FunctionName[] = ['cancelOrders', 'nightlySweep'];

const lures: Readonly<Record<string, CloudAnswer>> = {
  ...Object.fromEntries(
    [300, 301, 302, 303, 307, 308].map((status) => [
      `redirect ${status}`,
      { status, headers: { location: evil }, body: {} },
    ]),
  ),
  'a page link': { status: 200, body: { items: [], links: { next: { uri: evil } } } },
  'a page link without a scheme': {
    status: 200,
    body: { items: [], links: { next: { uri: `//${EVIL_HOST}/x` } } },
  },
  'a page link with backslashes': {
    status: 200,
    body: { items: [], links: { next: { uri: `/\\${EVIL_HOST}/x` } } },
  },
  'a page link with a user': {
    status: 200,
    body: { items: [], links: { next: { uri: `@${EVIL_HOST}/x` } } },
  },
  'an OData link': {
    status: 200,
    body: { items: [], value: [], '@odata.nextLink': evil, nextLink: evil, '@odata.context': evil },
  },
  'a challenge': {
    status: 401,
    headers: {
      'www-authenticate': `Bearer authorization="${evil}", resource="https://${EVIL_HOST}"`,
    },
    body: { error: 'invalid_client', error_uri: evil },
  },
  'a link header': { status: 200, headers: { link: `<${evil}>; rel="next"` }, body: { items: [] } },
  'where to go on': {
    status: 202,
    headers: { location: evil, 'operation-location': evil, 'azure-asyncoperation': evil },
    body: {},
  },
};

const cases = signIns.flatMap((signIn) =>
  Object.keys(lures).flatMap((lure) =>
    (['api', 'login', 'vault'] as const).flatMap((where) =>
      functions.map((run) => ({ signIn, lure, where, run })),
    ),
  ),
);

describe.each(names)('in the cloud "%s"', (name) => {
  it(`only its own hosts are contacted, however the app signs in and wherever answers lead (${cases.length} runs)`, async () => {
    const reached = new Set<string>();
    for (const { signIn, lure, where, run } of cases) {
      const app = wholeApp(environmentFor(name, signIn));
      cloud.answers((request) =>
        partOf(request) === where && lures[lure] !== undefined
          ? lures[lure]
          : wellBehaved(request, name),
      );
      await app.run(run, { customerTenantId: CUSTOMER });
      const foreign = [...cloud.state.contacted].filter((host) => !ownHosts(name).includes(host));
      expect(foreign, `${signIn}, ${lure} at ${where}, ${run}`).toEqual([]);
      for (const host of cloud.state.contacted) reached.add(host);
    }
    expect([...reached].toSorted()).toEqual([...ownHosts(name)].toSorted());
  });

  it('no setting lets credentials go to another host', () => {
    const environment = environmentFor(name, 'app-and-user');
    for (const setting of [
      'PARTNER_CENTER_API_URL',
      'PARTNER_CENTER_LOGIN_URL',
      'PARTNER_CENTER_REFRESH_TOKEN_SECRET',
    ]) {
      const [api = '', login = '', vault = ''] = ownHosts(name);
      for (const address of [
        `https://${EVIL_HOST}/secrets/x`,
        `https://${EVIL_HOST}`,
        `https://${api}.${EVIL_HOST}`,
        `https://${login}@${EVIL_HOST}`,
        `https://${vault}.${EVIL_HOST}/secrets/x`,
        `https://${EVIL_HOST}/secrets/x#.${vault}`,
        `https://${EVIL_HOST}\\@${api}`,
        `https://127.0.0.1.${EVIL_HOST}`,
      ]) {
        expect(() => readSettings({ ...environment, [setting]: address }), address).toThrow(
          setting,
        );
      }
    }
  });
});

it.each([
  `/customers/${OTHER_CUSTOMER}/orders`,
  `/v1/customers/${CUSTOMER}/orders/%2e%2e/%2e%2e/${OTHER_CUSTOMER}/orders`,
  `/customers/${CUSTOMER}/orders/../../../admin`,
  `/v1//${EVIL_HOST}/orders`,
])('a page link to another list (%s) is not followed', async (uri) => {
  const app = wholeApp(environmentFor('global', 'client-secret'));
  cloud.answers((request) =>
    request.path.includes('/orders')
      ? { status: 200, body: { items: [], links: { next: { uri } } } }
      : wellBehaved(request, 'global'),
  );
  await app.run('cancelOrders', { customerTenantId: CUSTOMER });
  const lists = cloud.state.requests.filter(({ path }) => path.includes('/orders'));
  expect(lists.map(({ path }) => path)).toEqual([`/v1/customers/${CUSTOMER}/orders`]);
  expect(cloud.state.requests.filter(({ path }) => path.includes(OTHER_CUSTOMER))).toEqual([]);
});
