import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { objectionToCertificateFile } from '../../src/settings/certificate-file.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { GOOD_SETTINGS } from './good-settings.ts';

const settingsOf = (given: Readonly<Record<string, string>>) =>
  readSettings({ ...GOOD_SETTINGS, ...given });

describe('a number', () => {
  it.each([
    ['CHECK_DELAY_MULTIPLIER', '1', '0.9', '10', '10.1'],
    ['CHECK_DELAY_JITTER', '0', '-1', '0.5', '0.51'],
    ['TEARDOWN_MAX_CHECKS', '2', '1', '10000', '10001'],
    ['SWEEP_MAX_CUSTOMERS', '0', '-1', '75', '76'],
  ])('%s is from %s to %s inclusive', (name, min, below, max, above) => {
    for (const value of [min, max, ` ${min} `]) {
      expect(() => settingsOf({ [name]: value })).not.toThrow();
    }
    for (const value of [below, above, '1e1', '0x1', '.5', '1.', '1 0', '٣']) {
      expect(() => settingsOf({ [name]: value })).toThrow(`${name} must be a `);
    }
  });

  it.each([
    ['TEARDOWN_MAX_CHECKS', '2.5'],
    ['SWEEP_MAX_CUSTOMERS', '2.5'],
    ['SWEEP_BELOW_FREE_SLOTS', '2.5'],
    ['PARTNER_CENTER_REQUESTS_PER_MINUTE', '10.5'],
  ])('%s must be whole, unlike %s', (name, value) => {
    expect(() => settingsOf({ [name]: value })).toThrow(`${name} must be a whole number from`);
  });

  it('says whether it must be whole', () => {
    expect(() => settingsOf({ TEARDOWN_MAX_CHECKS: '2.5' })).toThrow(
      'TEARDOWN_MAX_CHECKS must be a whole number from 2 to 10000, but is "2…" (3 characters)',
    );
    expect(() => settingsOf({ CHECK_DELAY_MULTIPLIER: 'x' })).toThrow(
      'CHECK_DELAY_MULTIPLIER must be a number from 1 to 10, but is',
    );
    expect(settingsOf({ CHECK_DELAY_MULTIPLIER: '1.25' }).backoff.multiplier).toBe(1.25);
  });
});

describe('a duration', () => {
  it.each([
    ['CHECK_FIRST_DELAY', 'PT0.1S', 'PT0.09S', 'PT5M', 'PT5M0.1S'],
    ['CHECK_MAX_DELAY', 'PT5S', 'PT0.01S', 'PT1H', 'PT1H1S'],
    ['TEARDOWN_DEADLINE', 'PT10S', 'PT9S', 'P7D', 'P7DT1S'],
    ['PARTNER_CENTER_TIMEOUT', 'PT1S', 'PT0.9S', 'PT15S', 'PT15.1S'],
    ['SWEEP_MIN_IDLE', 'PT1M', 'PT59S', 'P60D', 'P60DT1S'],
    ['SWEEP_MAX_PAST_DUE', 'PT1M', 'PT59S', 'P1D', 'P1DT1S'],
  ])('%s is within its bounds, its ends included', (name, min, below, max, above) => {
    for (const value of [min, max]) expect(() => settingsOf({ [name]: value })).not.toThrow();
    for (const value of [below, above]) {
      expect(() => settingsOf({ [name]: value })).toThrow(`${name} must be an ISO 8601 duration`);
    }
  });

  it('of the maximum delay may be equal to the first delay', () => {
    const same = { CHECK_FIRST_DELAY: 'PT7S', CHECK_MAX_DELAY: 'PT7S' };
    expect(settingsOf(same).backoff).toMatchObject({ firstDelayMs: 7_000, maxDelayMs: 7_000 });
  });
});

it.each([undefined, '', ' '])(
  'a tenant that is %j is missing, and told what it must be',
  (value) => {
    const { SANDBOX_TENANT_ID: _tenant, ...others } = GOOD_SETTINGS;
    expect(() => readSettings({ ...others, SANDBOX_TENANT_ID: value })).toThrow(
      'SANDBOX_TENANT_ID is missing; it must be the tenant id of your integration sandbox, a GUID.',
    );
  },
);

it('an invalid choice is reported with the valid ones', () => {
  expect(() => settingsOf({ TEARDOWN_MODE: 'live' })).toThrow(
    'TEARDOWN_MODE must be "off" or "dry-run" or "enforce", but is "l…" (4 characters).',
  );
});

it('how few must be free is there only where it is set', () => {
  expect(settingsOf({}).sweep.rules).not.toHaveProperty('belowFreeSlots');
  expect(settingsOf({ SWEEP_BELOW_FREE_SLOTS: '5' }).sweep.rules.belowFreeSlots).toBe(5);
});

describe('the file of a certificate', () => {
  const directory = mkdtempSync(join(tmpdir(), 'certificate-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const begin = (what: string) => `-----${'BEGIN'} ${what}-----\n`;
  const certificate = begin('CERTIFICATE');
  const key = begin('PRIVATE KEY');
  const fileOf = (text: string) => {
    const path = join(directory, 'app.pem');
    writeFileSync(path, text);
    return objectionToCertificateFile(path);
  };
  const WHAT = 'it must be the path of a PEM file with the certificate and its private key.';

  it('has a certificate and a key', () => {
    expect(fileOf(certificate + key)).toBeUndefined();
    for (const text of [certificate, key, '']) {
      expect(fileOf(text)).toBe(
        `PARTNER_CENTER_CERTIFICATE_FILE names a file that holds no certificate with its key; ${WHAT}`,
      );
    }
  });

  it('is read up to its limit, and no further', () => {
    const max = 256 * 1024;
    expect(fileOf((certificate + key).padEnd(max, 'x'))).toBeUndefined();
    expect(fileOf((certificate + key).padEnd(max + 1, 'x'))).toContain('holds no certificate');
  });

  it('must be a readable file', () => {
    expect(objectionToCertificateFile(directory)).toBe(
      `PARTNER_CENTER_CERTIFICATE_FILE names something that is not a file; ${WHAT}`,
    );
    expect(objectionToCertificateFile(join(directory, 'none'))).toBe(
      `PARTNER_CENTER_CERTIFICATE_FILE names a file that cannot be read (ENOENT); ${WHAT}`,
    );
    expect(objectionToCertificateFile('a\u0000b')).toContain(
      'cannot be read (ERR_INVALID_ARG_VALUE)',
    );
  });
});

describe('the sign-in', () => {
  const VAULT = 'https://contoso.vault.azure.net/secrets';
  const { PARTNER_CENTER_CLIENT_SECRET: _secret, ...rest } = GOOD_SETTINGS;
  const appAndUser = (given: Readonly<Record<string, string>>) => () =>
    readSettings({
      ...rest,
      PARTNER_CENTER_SIGN_IN: 'app-and-user',
      PARTNER_CENTER_REFRESH_TOKEN_SECRET: `${VAULT}/token`,
      ...given,
    }).partnerCenter.signIn;

  it('keeps certificate and refresh token in two secrets, which may be in two vaults', () => {
    const same = { PARTNER_CENTER_CERTIFICATE_SECRET: `${VAULT}/Token` };
    expect(appAndUser(same)).toThrow('are the same secret');
    const other = 'https://fabrikam.vault.azure.net/secrets/token';
    expect(appAndUser({ PARTNER_CENTER_CERTIFICATE_SECRET: other })()).toMatchObject({
      credential: { certificate: { secret: { vaultUrl: 'https://fabrikam.vault.azure.net' } } },
    });
  });

  it('reports the problem with the certificate’s address too', () => {
    expect(appAndUser({ PARTNER_CENTER_CERTIFICATE_SECRET: 'nonsense' })).toThrow(
      'PARTNER_CENTER_CERTIFICATE_SECRET must be https://',
    );
  });

  it('has an identity only where one is set', () => {
    expect(appAndUser({})()).toStrictEqual({
      kind: 'app-and-user',
      credential: { kind: 'federated-identity', audience: 'api://AzureADTokenExchange' },
      refreshToken: { vaultUrl: 'https://contoso.vault.azure.net', name: 'token' },
    });
    const id = 'cccccccc-0000-0000-0000-000000000003';
    expect(appAndUser({ PARTNER_CENTER_IDENTITY_CLIENT_ID: id })()).toMatchObject({
      credential: { identityClientId: id },
      refreshToken: { identityClientId: id },
    });
  });

  it('may have the certificate in a file, and an identity for the vault', () => {
    const directory = mkdtempSync(join(tmpdir(), 'sign-in-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const path = join(directory, 'app.pem');
    writeFileSync(path, `-----${'BEGIN'} CERTIFICATE-----\n-----${'BEGIN'} PRIVATE KEY-----\n`);
    const id = 'cccccccc-0000-0000-0000-000000000003';
    const given = { PARTNER_CENTER_CERTIFICATE_FILE: path, PARTNER_CENTER_IDENTITY_CLIENT_ID: id };
    expect(appAndUser(given)()).toStrictEqual({
      kind: 'app-and-user',
      credential: { kind: 'client-certificate', certificate: { kind: 'file', path } },
      refreshToken: {
        vaultUrl: 'https://contoso.vault.azure.net',
        name: 'token',
        identityClientId: id,
      },
    });
  });

  it('reports the problem with an address, even where an identity is named', () => {
    const id = 'cccccccc-0000-0000-0000-000000000003';
    const wrong = { PARTNER_CENTER_REFRESH_TOKEN_SECRET: 'nonsense' };
    expect(appAndUser({ ...wrong, PARTNER_CENTER_IDENTITY_CLIENT_ID: id })).toThrow(
      'PARTNER_CENTER_REFRESH_TOKEN_SECRET must be https://',
    );
  });

  it('with a secret needs no identity for a certificate', () => {
    const secret = { PARTNER_CENTER_CLIENT_SECRET: 'a-secret-of-the-app' };
    expect(appAndUser(secret)()).toMatchObject({ credential: { kind: 'client-secret' } });
  });
});

describe('a message about a setting', () => {
  it.each([
    [
      { PARTNER_CENTER_CLIENT_ID: 'x' },
      "PARTNER_CENTER_CLIENT_ID must be the application's id, a GUID",
    ],
    [
      { PARTNER_CENTER_IDENTITY_CLIENT_ID: 'x' },
      'PARTNER_CENTER_IDENTITY_CLIENT_ID must be the client id of a user-assigned managed identity, a GUID',
    ],
    [
      { PROTECTED_CUSTOMERS: '[{"customer":"*","owner":"Ada","why":5}]' },
      '"why" in the entry 1 of PROTECTED_CUSTOMERS must be text, but is a number.',
    ],
  ])('says what it must be: %j', (given, message) => {
    expect(() => settingsOf(given)).toThrow(message);
  });

  it('is in one error with the others, each once', () => {
    const thrown = (() => {
      try {
        return settingsOf({ SWEEP_A: '1', SWEEP_B: '2' });
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toMatchObject({
      name: 'SettingsError',
      message:
        'sandbox-teardown cannot start. SWEEP_A is not a setting; remove it, or correct its name. SWEEP_B is not a setting; remove it, or correct its name.',
    });
  });

  it.each([
    ['MY_SWEEP_RULES', false],
    ['PARTNER_CENTER_CONTRACT_A', false],
    ['TEARDOWN_PARTNER_CENTER_CONTRACT_A', true],
  ])('is given for an invalid %s: %s', (name, isThere) => {
    const read = expect(() => settingsOf({ [name]: '1' }));
    if (isThere) read.toThrow(`${name} is not a setting`);
    else read.not.toThrow();
  });
});

describe('a list', () => {
  it('may have blanks around each of its parts', () => {
    const { rules } = settingsOf({ SWEEP_INCLUDE: ' a.contoso.com , *.b.example ,' }).sweep;
    expect(rules.include).toEqual(['a.contoso.com', '*.b.example']);
  });

  it('of tenants is kept in lower case, in which tenants are compared', () => {
    const DENIED_TENANT_IDS = 'CCCCCCCC-0000-0000-0000-00000000000C';
    expect(settingsOf({ DENIED_TENANT_IDS }).deniedTenantIds).toEqual([
      'cccccccc-0000-0000-0000-00000000000c',
    ]);
  });
});

describe('the domain of the sandbox', () => {
  it.each(['*.onmicrosoft.com', 'contoso', 'https://contoso.com'])('cannot be %s', (value) => {
    const given = {
      PARTNER_CENTER_SIGN_IN: 'app-and-user',
      PARTNER_CENTER_REFRESH_TOKEN_SECRET: 'https://contoso.vault.azure.net/secrets/token',
      SANDBOX_DOMAIN: value,
    };
    expect(() => settingsOf(given)).toThrow(
      'SANDBOX_DOMAIN must be a domain such as contoso.onmicrosoft.com, but is',
    );
  });
});

it('a connection string is for a namespace, not for a queue in it', () => {
  const { ServiceBusConnection } = GOOD_SETTINGS;
  expect(() =>
    settingsOf({ ServiceBusConnection: `${ServiceBusConnection}; EntityPath=q` }),
  ).toThrow('without EntityPath.');
});
