import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../src/settings/settings.ts';

const IDENTITY = 'cccccccc-0000-0000-0000-000000000003';
const VAULT = 'https://contoso.vault.azure.net';

const others: Readonly<Record<string, string>> = {
  ServiceBusConnection: 'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKey=hush',
  SANDBOX_TENANT_ID: 'aaaaaaaa-0000-0000-0000-000000000001',
  PARTNER_CENTER_CLIENT_ID: 'bbbbbbbb-0000-0000-0000-000000000002',
};

/** The sign-in settings by their last words. */
const names = {
  kind: 'PARTNER_CENTER_SIGN_IN',
  secret: 'PARTNER_CENTER_CLIENT_SECRET',
  file: 'PARTNER_CENTER_CERTIFICATE_FILE',
  certificate: 'PARTNER_CENTER_CERTIFICATE_SECRET',
  token: 'PARTNER_CENTER_REFRESH_TOKEN_SECRET',
  identity: 'PARTNER_CENTER_IDENTITY_CLIENT_ID',
  cloud: 'PARTNER_CENTER_CLOUD',
} as const;
const directory = mkdtempSync(join(tmpdir(), 'sign-in-'));
afterAll(() => rmSync(directory, { recursive: true }));
const pemFile = join(directory, 'app.pem');
const part = (what: string) => `-----${'BEGIN'} ${what}-----\nMII=\n-----END ${what}-----\n`;
writeFileSync(pemFile, `${part('PRIVATE KEY')}${part('CERTIFICATE')}`);
type Given = Partial<Record<keyof typeof names, string>>;

function signInOf(given: Given) {
  const environment = Object.fromEntries(
    Object.entries(names).map(([word, name]) => [name, given[word as keyof Given]]),
  );
  return readSettings({ ...others, ...environment }).partnerCenter.signIn;
}

const vaultSecret = (name: string) => ({ vaultUrl: VAULT, name });
const federated = { kind: 'federated-identity', audience: 'api://AzureADTokenExchange' };

describe('the cloud', () => {
  it.each([
    [
      'global',
      'https://login.microsoftonline.com',
      'https://api.partnercenter.microsoft.com',
      'https://api.partnercenter.microsoft.com/.default',
    ],
    [
      'china',
      'https://login.partner.microsoftonline.cn',
      'https://partner.partnercenterapi.microsoftonline.cn',
      'https://partner.partnercenterapi.microsoftonline.cn/.default',
    ],
    [
      'us-government',
      'https://login.microsoftonline.us',
      'https://api.partnercenter.microsoft.com',
      'https://api.partnercenter.microsoft.com/.default',
    ],
  ])('%s decides where the app signs in, where it calls, and for what', (cloud, ...expected) => {
    const { loginUrl, apiUrl, scope } = readSettings({
      ...others,
      PARTNER_CENTER_CLIENT_SECRET: 'hush',
      PARTNER_CENTER_CLOUD: cloud,
    }).partnerCenter;
    expect([loginUrl, apiUrl, scope]).toEqual(expected);
  });
});

/** Some file that can be read. */
const thisFile = import.meta.filename;

describe('the sign-in settings', () => {
  it.each<[string, Given, object]>([
    ['the secret alone', { secret: 'hush' }, { kind: 'client-secret', clientSecret: 'hush' }],
    [
      'a certificate in a file',
      { kind: 'client-certificate', file: pemFile },
      { kind: 'client-certificate', certificate: { kind: 'file', path: pemFile } },
    ],
    [
      'a certificate in a Key Vault, read as an identity',
      {
        kind: 'client-certificate',
        certificate: `${VAULT}/secrets/app`,
        identity: IDENTITY.toUpperCase(),
      },
      {
        kind: 'client-certificate',
        certificate: {
          kind: 'key-vault',
          secret: { ...vaultSecret('app'), identityClientId: IDENTITY },
        },
      },
    ],
    ['the system-assigned identity', { kind: 'federated-identity' }, federated],
    [
      'a user-assigned identity',
      { kind: 'federated-identity', identity: IDENTITY },
      { ...federated, identityClientId: IDENTITY },
    ],
    [
      'an identity in China',
      { kind: 'federated-identity', cloud: 'china' },
      { ...federated, audience: 'api://AzureADTokenExchangeChina' },
    ],
    [
      'an identity in US Government',
      { kind: 'federated-identity', cloud: 'us-government' },
      { ...federated, audience: 'api://AzureADTokenExchangeUSGov' },
    ],
    [
      'a refresh token, and nothing secret besides',
      { kind: 'app-and-user', token: `${VAULT}/secrets/token/` },
      { kind: 'app-and-user', refreshToken: vaultSecret('token'), credential: federated },
    ],
    [
      'a refresh token and the secret',
      { kind: 'app-and-user', token: `${VAULT}/secrets/token`, secret: 'hush' },
      {
        kind: 'app-and-user',
        refreshToken: vaultSecret('token'),
        credential: { kind: 'client-secret', clientSecret: 'hush' },
      },
    ],
    [
      'a refresh token and a certificate, both in a Key Vault',
      {
        kind: 'app-and-user',
        token: `${VAULT}/secrets/token`,
        certificate: `${VAULT}/secrets/app`,
      },
      {
        kind: 'app-and-user',
        refreshToken: vaultSecret('token'),
        credential: {
          kind: 'client-certificate',
          certificate: { kind: 'key-vault', secret: vaultSecret('app') },
        },
      },
    ],
    [
      "a vault of the cloud's own domain",
      {
        kind: 'app-and-user',
        token: 'https://contoso.vault.azure.cn/secrets/token',
        secret: 'hush',
        cloud: 'china',
      },
      { refreshToken: { vaultUrl: 'https://contoso.vault.azure.cn', name: 'token' } },
    ],
  ])('take %s', (_what, given, expected) => {
    expect(signInOf(given)).toMatchObject(expected);
  });

  it.each<[string, Given, string]>([
    ['no secret', {}, names.secret],
    [
      'a certificate with a client secret',
      { kind: 'client-certificate', file: 'a', secret: 'hush' },
      names.secret,
    ],
    ['no certificate', { kind: 'client-certificate' }, names.file],
    [
      'a file that there is not',
      { kind: 'client-certificate', file: `${thisFile}/hush` },
      `${names.file} names a file that cannot be read `,
    ],
    [
      'a file of something else',
      { kind: 'client-certificate', file: thisFile },
      `${names.file} names a file that holds no certificate with its key`,
    ],
    [
      'a folder for a file',
      { kind: 'client-certificate', file: import.meta.dirname },
      `${names.file} names something that is not a file`,
    ],
    [
      'two certificates',
      { kind: 'client-certificate', file: 'a', certificate: `${VAULT}/secrets/app` },
      names.certificate,
    ],
    [
      'an identity that reads no vault',
      { kind: 'client-certificate', file: 'a', identity: IDENTITY },
      names.identity,
    ],
    ['a secret beside an identity', { kind: 'federated-identity', secret: 'hush' }, names.secret],
    [
      'a refresh token beside an identity',
      { kind: 'federated-identity', token: `${VAULT}/secrets/token` },
      names.token,
    ],
    ['an identity that is no GUID', { kind: 'federated-identity', identity: 'me' }, names.identity],
    ['no place for the refresh token', { kind: 'app-and-user', secret: 'hush' }, names.token],
    [
      'two proofs of the app',
      { kind: 'app-and-user', token: `${VAULT}/secrets/token`, secret: 'hush', file: 'a' },
      names.file,
    ],
    [
      'one secret for the certificate and the refresh token',
      {
        kind: 'app-and-user',
        token: `${VAULT}/secrets/token`,
        certificate: `${VAULT}/secrets/Token/`,
      },
      `${names.certificate} and ${names.token} are the same secret`,
    ],
    ['a refresh token for app-only', { secret: 'hush', token: `${VAULT}/secrets/t` }, names.token],
    ...[
      'contoso',
      'http://contoso.vault.azure.net/secrets/token',
      'https://contoso.vault.azure.net',
      'https://contoso.vault.azure.net/keys/token',
      'https://contoso.vault.azure.net/secrets/token/0123456789abcdef0123456789abcdef',
      'https://contoso.vault.azure.net:444/secrets/token',
      'https://contoso.vault.azure.net/secrets/token?x=1',
      'https://me@contoso.vault.azure.net/secrets/token',
      'https://contoso.vault.azure.net.example.com/secrets/token',
      'https://contosovault.azure.net/secrets/token',
      'https://contoso.vault.azure.cn/secrets/token',
    ].map((token): [string, Given, string] => [
      `the address ${token}`,
      { kind: 'app-and-user', token },
      names.token,
    ]),
    [
      'a vault of another cloud',
      { kind: 'client-certificate', certificate: `${VAULT}/secrets/app`, cloud: 'us-government' },
      names.certificate,
    ],
  ])('reject %s, with a message that names the setting and no secret', (_what, given, name) => {
    const read = () => signInOf(given);
    expect(read).toThrow(name);
    expect(read).toThrow(/^(?!.*hush)/s);
  });
});
