import { randomUUID } from 'node:crypto';
import type { ServiceBusMessage } from '@azure/service-bus';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clouds } from '../../src/partner-center/clouds.ts';
import { applicationCertificate } from '../partner-center/auth/sign-in-harness.ts';
import { encodings, leaksIn, secretText } from './canaries.ts';
import {
  type CloudAnswer,
  type CloudRequest,
  EVIL_HOST,
  hostileCloud,
  identityEndpoint,
  VAULT_NAME,
} from './hostile-cloud.ts';
import { type DeadMessage, type FunctionName, SETTINGS, wholeApp } from './whole-app.ts';

const SEED = Number(process.env['SECRETS_SEED'] ?? 20261122);
const RUNS = Number(process.env['SECRETS_APP_RUNS'] ?? 150);

const cloud = await hostileCloud();
let identityToken = '';
const identity = await identityEndpoint(() => identityToken);
const { pem } = await applicationCertificate();
const keyLine = pem.split(/\s*\n/)[1] ?? '';
afterAll(() => {
  cloud.close();
  identity.close();
});
// The libraries remember the identity endpoint for as long as the process lives.
beforeEach(() => {
  for (const [name, value] of Object.entries(identity.environment)) vi.stubEnv(name, value);
  vi.stubEnv('AZURE_LOG_LEVEL', '');
});

const CUSTOMER = '11111111-2222-3333-4444-555555555555';
const OTHER_CUSTOMER = '22222222-2222-3333-4444-555555555555';
const THIRD_CUSTOMER = '33333333-2222-3333-4444-555555555555';
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (nonce: string, tid = SETTINGS.SANDBOX_TENANT_ID) =>
  `${base64({ alg: 'none', typ: 'JWT' })}.${base64({ tid, nonce })}.${base64({ nonce })}`;

interface Canaries {
  readonly clientSecret: string;
  readonly sasKey: string;
  readonly refreshToken: string;
  readonly accessToken: string;
  readonly assertion: string;
}

const canaries: fc.Arbitrary<Canaries> = fc.record({
  clientSecret: secretText.filter((text) => text.trim() === text),
  sasKey: secretText.filter((text) => !/[;\s]/.test(text)),
  refreshToken: secretText,
  // Both a JSON Web Token and one that no pattern knows.
  accessToken: fc.oneof(
    secretText.map((nonce) => jwt(nonce)),
    secretText,
  ),
  assertion: secretText.map((nonce) => jwt(nonce)),
});

/** Where a hostile answer puts what it has seen, and how. */
const shapes: Readonly<Record<string, (text: string) => CloudAnswer>> = {
  'service error': (text) => ({ status: 400, body: { code: 1, description: text } }),
  'error code': (text) => ({ status: 409, body: { code: text, description: 'x' } }),
  'gateway error': (text) => ({ status: 429, body: { statusCode: 429, message: text } }),
  'login error': (text) => ({
    status: 400,
    body: { error: 'invalid_client', error_description: `AADSTS7000215: ${text}`, claims: text },
  }),
  'login trouble': (text) => ({ status: 503, body: { error: text, error_description: text } }),
  html: (text) => ({ status: 502, body: `<html><a href="?x=${text}">${text}</a></html>` }),
  'not JSON': (text) => ({ status: 200, body: `{"items": [${text}` }),
  'wrong shape': (text) => ({ status: 200, body: { items: text, id: [text] } }),
  'wrong item': (text) => ({ status: 200, body: { items: [{ id: { x: text } }], [text]: text } }),
  'ids and names': (text) => ({
    status: 200,
    body: {
      id: CUSTOMER,
      companyProfile: { domain: text, companyName: text },
      items: [{ id: text, status: text, productType: { id: text }, offerId: text, orderId: text }],
    },
  }),
  redirect: (text) => ({
    status: 307,
    headers: { location: `https://${EVIL_HOST}/?x=${encodeURIComponent(text)}` },
    body: text,
  }),
  'page link': (text) => ({
    status: 200,
    body: { items: [], links: { next: { uri: `https://${EVIL_HOST}/${text}` } } },
  }),
  'page link header': (text) => ({
    status: 200,
    body: {
      items: [],
      links: {
        next: {
          uri: `/customers?x=${text}`,
          headers: [{ key: 'MS-ContinuationToken', value: `${text}\n` }],
        },
      },
    },
  }),
  headers: (text) => ({
    status: 400,
    headers: {
      'ms-requestid': encodeURIComponent(text),
      'retry-after': encodeURIComponent(text),
      'www-authenticate': `Bearer authorization="https://${EVIL_HOST}/${encodeURIComponent(text)}"`,
    },
    body: '',
  }),
  'a cut description': (text) => ({
    status: 400,
    body: { code: 1, description: `${'x'.repeat(1_000)}${text}` },
  }),
};

const signIns = ['client-secret', 'client-certificate', 'federated-identity', 'app-and-user'];

async function environmentFor(signIn: string, secrets: Canaries) {
  const client = ['client-secret', 'app-and-user'].includes(signIn);
  return {
    ...SETTINGS,
    ServiceBusConnection: `Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=${secrets.sasKey}`,
    PARTNER_CENTER_SIGN_IN: signIn,
    ...(client && { PARTNER_CENTER_CLIENT_SECRET: secrets.clientSecret }),
    ...(signIn !== 'client-secret' && { PARTNER_CENTER_IDENTITY_CLIENT_ID: randomUUID() }),
    ...(signIn === 'client-certificate' && {
      PARTNER_CENTER_CERTIFICATE_SECRET: `https://${VAULT_NAME}.${clouds.global.keyVaultDomain}/secrets/pem`,
    }),
    ...(signIn === 'app-and-user' && {
      PARTNER_CENTER_REFRESH_TOKEN_SECRET: `https://${VAULT_NAME}.${clouds.global.keyVaultDomain}/secrets/token`,
    }),
  };
}

const hostOf = (url: string) => new URL(url).host;
const isLogin = ({ host }: CloudRequest) => host === hostOf(clouds.global.loginUrl);
const isVault = ({ host }: CloudRequest) => host.endsWith(clouds.global.keyVaultDomain);

const isApi = ({ host }: CloudRequest) => host === hostOf(clouds.global.apiUrl);

/** As it should be: a vault that challenges, a login endpoint that gives tokens, an account with a customer. */
function wellBehaved(request: CloudRequest, secrets: Canaries): CloudAnswer {
  if (isVault(request)) {
    if (request.authorization === '') {
      const challenge = `Bearer authorization="${clouds.global.loginUrl}/t", resource="https://${clouds.global.keyVaultDomain}"`;
      return { status: 401, headers: { 'www-authenticate': challenge } };
    }
    const value = request.path.includes('/pem') ? pem : secrets.refreshToken;
    return { status: 200, body: { value, id: 'https://x/secrets/x/1', attributes: {} } };
  }
  if (isLogin(request)) {
    const { accessToken: access_token, refreshToken: refresh_token } = secrets;
    const body = { token_type: 'Bearer', expires_in: 3_600, access_token, refresh_token };
    return { status: 200, body };
  }
  if (/\/customers(\?|$)/.test(request.path)) {
    const domain = 'x.onmicrosoft.com';
    return { status: 200, body: { items: [{ id: CUSTOMER, companyProfile: { domain } }] } };
  }
  return { status: 200, body: { id: CUSTOMER, items: [] } };
}

describe('a secret', () => {
  it(`is in nothing that leaves the app, whatever answers hold (seed ${SEED}, ${RUNS} runs of the whole app)`, async () => {
    let searched = 0;
    const reachedApi = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        canaries,
        fc.constantFrom(...signIns),
        fc.constantFrom<FunctionName>('cancelOrders', 'deleteCustomer', 'nightlySweep'),
        fc.constantFrom('login', 'vault', 'api', 'first page'),
        fc.constantFrom(...Object.keys(shapes)),
        fc.constantFrom(...Object.keys(encodings)),
        async (secrets, signIn, name, where, shape, encoding) => {
          identityToken = secrets.assertion;
          const app = wholeApp(await environmentFor(signIn, secrets));
          // What this process has named as secret; an access token only once it was asked for.
          const held = [keyLine, ...Object.values(secrets)];
          const echoed = [...held, pem].map(encodings[encoding] ?? String).join(' ');
          cloud.answers((request) => {
            const isHere =
              (where === 'login' && isLogin(request)) ||
              (where === 'vault' && isVault(request) && request.authorization !== '') ||
              (where === 'api' && /\/customers\//.test(request.path)) ||
              (where === 'first page' && /\/customers\?/.test(request.path));
            return isHere && shapes[shape] !== undefined
              ? shapes[shape](echoed)
              : wellBehaved(request, secrets);
          });
          const check = {
            teardownId: 'teardown-1',
            attempt: 1,
            startedAt: new Date(0).toISOString(),
            begun: true,
            request,
          };
          await app.run(name, name === 'deleteCustomer' ? check : request);
          if (cloud.state.requests.some(isApi)) reachedApi.add(signIn);
          const secret = knownBy(signIn, secrets, cloud.state.requests);
          for (const text of app.everything()) {
            searched += 1;
            expect(leaksIn(text, secret), `${where}, ${shape}, ${encoding}`).toEqual([]);
          }
          expect(cloud.state.contacted).not.toContain(EVIL_HOST);
        },
      ),
      { seed: SEED, numRuns: RUNS },
    );
    expect(searched).toBeGreaterThan(RUNS);
    expect([...reachedApi].toSorted()).toEqual(signIns.toSorted());
  });

  it.each(Object.keys(encodings))(
    "is not told of where it stands in a customer's name, and no name orders a terminal about: %s",
    async (encoding) => {
      const [sample] = fc.sample(canaries, { seed: SEED, numRuns: 1 });
      if (sample === undefined) throw new Error('There are no secrets to try.');
      // Of the right tenant, so that the app goes on to the names.
      const secrets = { ...sample, accessToken: jwt('nonce') };
      const encode = encodings[encoding] ?? String;
      const named = (id: string, domain: string) => ({
        id,
        companyProfile: { domain, companyName: domain },
      });
      const customers = [
        named(CUSTOMER, `${encode(secrets.clientSecret)}${ORDERS}.onmicrosoft.com`),
        // Neither of the two is a domain; this one is.
        named(OTHER_CUSTOMER, `x${ORDERS}.onmicrosoft.com`),
        named(THIRD_CUSTOMER, 'told.onmicrosoft.com'),
      ];
      cloud.answers((request) => {
        if (!isApi(request)) return wellBehaved(request, secrets);
        const customer = customers.find(({ id }) => request.path.includes(id));
        return { status: 200, body: { items: customers, ...customer } };
      });
      const app = wholeApp({
        ...(await environmentFor('client-secret', secrets)),
        SWEEP_GRACE: 'PT1H',
      });
      await app.run('nightlySweep');
      for (const { id } of customers) {
        const asked = { customerTenantId: id, expectedDomain: 'other.example' };
        await app.run('cancelOrders', asked);
      }
      expect(app.thrown).toEqual([]);
      const outcomes = app.sent.filter(({ entity }) => entity === 'teardown-outcomes');
      expect(outcomes.map(({ message }) => message.subject)).toEqual([
        ...['announced', 'completed', 'skipped', 'skipped', 'skipped'],
      ]);
      expect(JSON.stringify(outcomes)).toContain('told.onmicrosoft.com');
      expect(app.lines.join('')).toContain('told.onmicrosoft.com');
      for (const text of app.everything()) {
        expect(leaksIn(text, [secrets.clientSecret])).toEqual([]);
      }
      for (const line of app.lines) expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    },
  );

  it(`is in nothing that results from a dead letter, whatever its cause (seed ${SEED}, ${RUNS} runs of the whole app)`, async () => {
    const ends = new Set<unknown>();
    await fc.assert(
      fc.asyncProperty(
        canaries,
        fc.constantFrom(...signIns),
        fc.constantFrom(...Object.entries(deadLetters)),
        fc.constantFrom(...Object.keys(encodings)),
        async (secrets, signIn, [place, letter], encoding) => {
          identityToken = secrets.assertion;
          const held = [keyLine, ...Object.values(secrets)];
          const echoed = [...held, pem].map(encodings[encoding] ?? String).join(' ');
          const dead = { messageId: 'dead', ...letter(echoed) };
          const app = wholeApp(await environmentFor(signIn, secrets), {
            receive: async () => [dead],
          });
          cloud.answers((request) => wellBehaved(request, secrets));
          // A teardown that goes on gives the process all its secrets.
          await app.run('cancelOrders', { customerTenantId: CUSTOMER });
          const secret = knownBy(signIn, secrets, cloud.state.requests);
          await app.run('parkDeadLetters');
          const next = app.sent.find(({ message }) => isCheckOf('dead', message));
          if (next !== undefined) await app.run('deleteCustomer', asReceived(next.message.body));
          expect(app.removed).toHaveLength(2);
          for (const text of app.everything()) {
            expect(leaksIn(text, secret), `${place}, ${encoding}`).toEqual([]);
          }
          for (const { message } of app.sent) ends.add(message.subject);
        },
      ),
      { seed: SEED, numRuns: RUNS },
    );
    expect([...ends]).toEqual(expect.arrayContaining(['parked', 'rejected']));
  });
});

const request = { customerTenantId: CUSTOMER };

/** What clears a terminal, and what some readers of a log take for the end of a line. */
const ORDERS = '\u009b2J\u2028';

/** Where a dead letter may hold what was seen; in each dead-letter queue lies the same. */
const deadLetters: Readonly<Record<string, (text: string) => Omit<DeadMessage, 'messageId'>>> = {
  reason: (text) => ({ body: request, deadLetterReason: text }),
  description: (text) => ({
    body: request,
    deadLetterReason: 'MaxDeliveryCountExceeded',
    deadLetterErrorDescription: `It failed: ${'x'.repeat(400)} ${text}`,
  }),
  text: (body) => ({ body }),
  bytes: (text) => ({ body: Buffer.from(text) }),
  field: (text) => ({ body: { ...request, [text]: text } }),
  customer: (customerTenantId) => ({ body: { customerTenantId } }),
  check: (text) => ({ body: { teardownId: 'dead', attempt: 1, startedAt: text, request } }),
};

const isCheckOf = (teardownId: string, { messageId }: ServiceBusMessage): boolean =>
  String(messageId).startsWith(`${teardownId}:check:`);

/** As the worker hands it on. */
const asReceived = (body: unknown): unknown => JSON.parse(JSON.stringify(body));

/** The secrets that the app itself has come to hold in this run; it cannot know the others. */
function knownBy(signIn: string, secrets: Canaries, requests: readonly CloudRequest[]) {
  const sawApi = requests.some(isApi);
  return [
    secrets.sasKey,
    ...(['client-secret', 'app-and-user'].includes(signIn) ? [secrets.clientSecret] : []),
    ...(sawApi ? [secrets.accessToken] : []),
    ...(sawApi && signIn === 'app-and-user' ? [secrets.refreshToken] : []),
    ...(sawApi && signIn === 'client-certificate' ? [keyLine] : []),
    ...(sawApi && signIn === 'federated-identity' ? [secrets.assertion] : []),
  ];
}
