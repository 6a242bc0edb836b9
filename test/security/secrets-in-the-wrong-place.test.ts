import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCertificate } from '../../src/partner-center/auth/certificate.ts';
import { readSettings, settingNames } from '../../src/settings/settings.ts';
import { applicationCertificate } from '../partner-center/auth/sign-in-harness.ts';
import { leaksIn, secretText } from './canaries.ts';
import { everyFaceOf, type FunctionName, SETTINGS, wholeApp } from './whole-app.ts';

const SEED = Number(process.env['SECRETS_SEED'] ?? 20261122);
const RUNS = Number(process.env['SECRETS_RUNS'] ?? 300);

const right = {
  ...SETTINGS,
  ServiceBusConnection:
    'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKey=c2VjcmV0LXNlY3JldA==',
  PARTNER_CENTER_CLIENT_SECRET: 'not-the-canary',
};

async function thrownBy(act: () => unknown): Promise<string> {
  try {
    await act();
    return '';
  } catch (error) {
    return everyFaceOf(error);
  }
}

describe('a secret in the wrong setting', () => {
  const names = [
    ...settingNames,
    'ServiceBusConnection',
    'ServiceBusConnection__fullyQualifiedNamespace',
    'ServiceBusConnection__clientId',
  ];
  const pasted: Readonly<Record<string, (secret: string) => string>> = {
    alone: (secret) => secret,
    'with spaces around': (secret) => `  ${secret}\n`,
    'as a connection string': (secret) =>
      `Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=${secret};EntityPath=q`,
    'as a web address with a password': (secret) =>
      `https://user:${encodeURIComponent(secret)}@contoso.vault.azure.net/secrets/x`,
    'as a web address with a signature': (secret) =>
      `https://contoso.vault.azure.net/secrets/x?sig=${encodeURIComponent(secret)}`,
    'as JSON': (secret) => JSON.stringify([{ customer: secret, owner: '', [secret]: secret }]),
  };

  it(`is not in the message that rejects it (seed ${SEED}, ${RUNS} secrets, every setting)`, async () => {
    await fc.assert(
      fc.asyncProperty(
        secretText,
        fc.constantFrom(...Object.values(pasted)),
        async (secret, paste) => {
          for (const name of names) {
            const { ServiceBusConnection, ...others } = right;
            const isBus = name.startsWith('ServiceBusConnection');
            const environment = {
              ...others,
              ...(isBus
                ? { ServiceBusConnection__fullyQualifiedNamespace: 'x.servicebus.windows.net' }
                : { ServiceBusConnection }),
              ...(name === 'PARTNER_CENTER_REFRESH_TOKEN_SECRET' && {
                PARTNER_CENTER_SIGN_IN: 'app-and-user',
              }),
              [name]: paste(secret),
            };
            const said = await thrownBy(() => readSettings(environment));
            expect(leaksIn(said, [secret]), name).toEqual([]);
          }
        },
      ),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('is not in the message about an invalid certificate file', async () => {
    const { pem } = await applicationCertificate();
    for (const path of ['Xq8~canary-canary-canary', pem]) {
      const said = await thrownBy(() => readCertificate({ kind: 'file', path }));
      expect(said).toContain('PARTNER_CENTER_CERTIFICATE_FILE');
      expect(said).not.toContain(path.slice(0, 60));
      expect(
        leaksIn(
          said,
          path.split('\n').filter(({ length }) => length > 20),
        ),
      ).toEqual([]);
    }
  });
});

describe('an error of the Service Bus SDK', () => {
  it.each<[FunctionName]>([
    ['cancelOrders'],
    ['deleteCustomer'],
    ['nightlySweep'],
    ['parkDeadLetters'],
  ])(
    'in %s shows no key of the connection, in its message, stack, causes or fields',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(
          secretText.filter((key) => !/[;\s]/.test(key)),
          async (key) => {
            const root = Object.assign(
              new Error(`token SharedAccessSignature sig=${encodeURIComponent(key)}`),
              {
                connectionString: key,
              },
            );
            const failure = new Error(`cannot send: ${key}`, {
              cause: new Error(`because ${Buffer.from(key).toString('base64')}`, { cause: root }),
            });
            const fail = () => Promise.reject(failure);
            const app = wholeApp(
              {
                ...right,
                // A sweep that is switched off says so.
                TEARDOWN_MODE: 'off',
                ServiceBusConnection: `Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=${key}`,
              },
              { send: fail, receive: fail },
            );
            await app.run(name, 'noise');
            expect(app.thrown).toHaveLength(1);
            expect(app.thrown[0]).toContain('cannot send');
            expect(leaksIn(app.everything().join('\n'), [key])).toEqual([]);
          },
        ),
        { seed: SEED, numRuns: RUNS },
      );
    },
    60_000,
  );
});

describe('a message that holds what looks like a secret', () => {
  const jwt = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('{"tid":"x"}').toString('base64url')}.c2lnbmF0dXJl`;
  const checks: Readonly<Record<string, (canary: string) => string>> = {
    'a client secret in a form': (canary) => `client_id=1&client_secret=${canary}&x=1`,
    'a password in JSON': (canary) => `{"password": "${canary}"}`,
    'a refresh token in escaped JSON': (canary) => JSON.stringify(`{"refresh_token":"${canary}"}`),
    'a bearer header': (canary) => `Authorization: Bearer ${canary}`,
    'a connection string': (canary) => `Endpoint=sb://x;SharedAccessKey=${canary};`,
    'a signed address': (canary) => `https://x.example/?sv=1&sig=${canary}`,
    'a private key': (canary) =>
      `-----BEGIN RSA PRIVATE KEY-----\n${canary}\n-----END RSA PRIVATE KEY-----`,
    'a token': (canary) => jwt.replace('eyJhbGci', `eyJ${canary}`),
  };
  const canary = fc.stringMatching(/^[A-Za-z0-9]{12,24}$/);
  const places: Readonly<Record<string, (text: string) => unknown>> = {
    'as text': (text) => text,
    'as a field': (text) => ({ customerTenantId: 'x', note: text }),
    'as the customer': (text) => ({ customerTenantId: text }),
    'as who asks': (text) => ({ customerTenantId: 'x', requestedBy: text }),
    'in a list': (text) => [text],
  };

  it('is answered without it', async () => {
    await fc.assert(
      fc.asyncProperty(
        canary,
        fc.constantFrom(...Object.entries(checks)),
        fc.constantFrom(...Object.entries(places)),
        async (secret, [check, write], [place, put]) => {
          const app = wholeApp(right);
          await app.run('cancelOrders', put(write(secret)));
          expect(app.sent).toHaveLength(1);
          expect(leaksIn(app.everything().join('\n'), [secret]), `${check} ${place}`).toEqual([]);
        },
      ),
      { seed: SEED, numRuns: RUNS },
    );
  });
});
