import { describe, expect, it } from 'vitest';
import { clouds } from '../../src/partner-center/clouds.ts';
import { withoutKnownSecrets } from '../../src/redaction/known-secrets.ts';
import { secretAddress } from '../../src/settings/key-vault-secret.ts';
import { maskAddress } from '../../src/settings/mask-value.ts';
import { readServiceBusConnection } from '../../src/settings/service-bus-connection.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { GOOD_SETTINGS } from './good-settings.ts';

type Given = Readonly<Record<string, string>>;

const settingsOf = (given: Given) => readSettings({ ...GOOD_SETTINGS, ...given });
const partnerCenterOf = (given: Given) => settingsOf(given).partnerCenter;

/** As Microsoft's articles name them; a slip of the finger would send credentials elsewhere. */
it('each cloud has its own addresses', () => {
  expect(
    Object.values(clouds).map((cloud) => [cloud.keyVaultDomain, cloud.tokenExchangeAudience]),
  ).toEqual([
    ['vault.azure.net', 'api://AzureADTokenExchange'],
    ['vault.azure.cn', 'api://AzureADTokenExchangeChina'],
    ['vault.usgovcloudapi.net', 'api://AzureADTokenExchangeUSGov'],
  ]);
});

describe('the address of a Key Vault secret', () => {
  const addressOf = (value: string) => secretAddress('NAME', value, 'global');

  it.each([
    ['https://contoso.vault.azure.net/secrets/token', 'https://contoso.vault.azure.net'],
    ['https://contoso.vault.azure.net/secrets/token/', 'https://contoso.vault.azure.net'],
    ['https://CONTOSO.vault.azure.net/SECRETS/token', 'https://contoso.vault.azure.net'],
    ['https://127.0.0.1:8443/secrets/token', 'https://127.0.0.1:8443'],
  ])('is %s', (value, vaultUrl) => {
    expect(addressOf(value)).toEqual({ vaultUrl, name: 'token' });
  });

  it.each([
    'https://contoso.vaultxazure.net/secrets/token',
    'https://contoso.vault.azurexnet/secrets/token',
    'https://contosoxvault.azure.net/secrets/token',
    'https://contoso.vault.azure.net.evil.example/secrets/token',
    'https://evil.example/contoso.vault.azure.net/secrets/token',
    'https://a.contoso.vault.azure.net/secrets/token',
    'https://contoso.vault.azure.cn/secrets/token',
    'https://ab.vault.azure.net/secrets/token',
    'https://contoso.vault.azure.net:444/secrets/token',
    'http://contoso.vault.azure.net/secrets/token',
    'https://user@contoso.vault.azure.net/secrets/token',
    'https://contoso.vault.azure.net/secrets/token?x=1',
    'https://contoso.vault.azure.net/secrets/token/0123456789abcdef',
    'https://contoso.vault.azure.net/x/secrets/token',
    'https://contoso.vault.azure.net/keys/token',
    'https://contoso.vault.azure.net/secrets/',
    `https://contoso.vault.azure.net/secrets/${'x'.repeat(128)}`,
    'contoso.vault.azure.net/secrets/token',
    'nonsense',
  ])('is not %s', (value) => {
    expect(addressOf(value)).toContain('must be https://<vault>.vault.azure.net/secrets/<name>');
  });

  it.each([
    ['china', 'https://contoso.vault.azure.cn', 'https://contoso.vault.azure.net'],
    ['us-government', 'https://contoso.vault.usgovcloudapi.net', 'https://contoso.vault.azure.net'],
  ] as const)('is one of the cloud %s', (cloud, own, other) => {
    expect(secretAddress('NAME', `${own}/secrets/a`, cloud)).toMatchObject({ vaultUrl: own });
    expect(secretAddress('NAME', `${other}/secrets/a`, cloud)).toContain(
      `for the cloud "${cloud}"`,
    );
  });
});

describe('an address in place of the cloud’s own', () => {
  const local = 'http://127.0.0.1:1';
  const localLogin = 'https://127.0.0.1:2';
  const both = { PARTNER_CENTER_API_URL: local, PARTNER_CENTER_LOGIN_URL: localLogin };

  it.each([local, `${local}/`, 'https://localhost:1', 'http://[::1]:1'])('is %s', (url) => {
    const { apiUrl } = partnerCenterOf({ ...both, PARTNER_CENTER_API_URL: url });
    expect(apiUrl).toBe(url.replace(/\/$/, ''));
  });

  it('is another one of the same cloud, only for the login', () => {
    const china = { PARTNER_CENTER_CLOUD: 'china' };
    const older = 'https://login.chinacloudapi.cn';
    expect(partnerCenterOf({ ...china, PARTNER_CENTER_LOGIN_URL: older }).loginUrl).toBe(older);
    const asApi = () => partnerCenterOf({ ...china, PARTNER_CENTER_API_URL: older });
    expect(asApi).toThrow(
      'PARTNER_CENTER_API_URL must be https://partner.partnercenterapi.microsoftonline.cn for the cloud "china" (or an address on this machine)',
    );
  });

  it('is the cloud’s own, spelt out', () => {
    const { loginUrl, apiUrl } = clouds.global;
    const spelt = { PARTNER_CENTER_API_URL: apiUrl, PARTNER_CENTER_LOGIN_URL: loginUrl };
    expect(partnerCenterOf(spelt)).toMatchObject({ apiUrl, loginUrl });
  });

  it.each([
    ['PARTNER_CENTER_LOGIN_URL', 'http://127.0.0.1:2'],
    ['PARTNER_CENTER_LOGIN_URL', 'ftp://127.0.0.1:2'],
    ['PARTNER_CENTER_API_URL', 'ftp://127.0.0.1:1'],
    ['PARTNER_CENTER_API_URL', 'http://user@127.0.0.1:1'],
    ['PARTNER_CENTER_API_URL', 'http://127.0.0.1:1/v1'],
    ['PARTNER_CENTER_API_URL', 'http://127.0.0.1:1?x=1'],
    ['PARTNER_CENTER_API_URL', 'http://127.0.0.1.evil.example:1'],
    ['PARTNER_CENTER_API_URL', 'nonsense'],
  ])('is never %s=%s', (name, value) => {
    expect(() => partnerCenterOf({ ...both, [name]: value })).toThrow(`${name} must be`);
  });

  it('is reported in full where it is wrong, with the allowed ones', () => {
    expect(() =>
      partnerCenterOf({
        PARTNER_CENTER_CLOUD: 'china',
        PARTNER_CENTER_LOGIN_URL: 'https://login.microsoftonline.com/tenant',
      }),
    ).toThrow(
      'PARTNER_CENTER_LOGIN_URL must be https://login.partner.microsoftonline.cn or https://login.chinacloudapi.cn for the cloud "china" (or an https address on this machine), but is an address at "login.microsoftonline.com".',
    );
  });

  it('is reported once for each wrong one, and not for correct ones', () => {
    const said = () => partnerCenterOf({ PARTNER_CENTER_API_URL: 'ftp://x.example' });
    expect(said).toThrow(/^sandbox-teardown cannot start\. PARTNER_CENTER_API_URL must be [^[]*$/);
    expect(said).not.toThrow('object Object');
  });
});

describe('a wrong address', () => {
  it.each([
    ['https://contoso.example:8443/secret?x=hush', 'an address at "contoso.example:8443"'],
    ['http://user:hush@contoso.example', 'an address at "contoso.example"'],
    [`https://${'a.'.repeat(39)}aa`, `an address at "${'a.'.repeat(39)}aa"`],
  ])('%s is shown as its host', (value, text) => {
    expect(maskAddress(value)).toBe(text);
  });

  it.each(['mailto:hush@contoso.example', `https://${'a.'.repeat(39)}aaa`, 'hush-hush-hush'])(
    '%s is shown as any other value',
    (value) => {
      expect(maskAddress(value)).toMatch(/^".{4}…" \(\d+ characters\)$/);
    },
  );

  it('of one character is reported as one character', () => {
    expect(maskAddress('x')).toBe('"…" (1 character)');
  });
});

describe('the connection to Service Bus', () => {
  const CONNECTION = 'ServiceBusConnection';
  const namespaceOf = (namespace: string, clientId?: string) =>
    readServiceBusConnection({
      [`${CONNECTION}__fullyQualifiedNamespace`]: namespace,
      ...(clientId !== undefined && { [`${CONNECTION}__clientId`]: clientId }),
    });

  it.each([
    'contoso.servicebus.windows.net',
    'CONTOSO-1.servicebus.windows.net',
    'contoso.servicebus.chinacloudapi.cn',
    'contoso.servicebus.usgovcloudapi.net',
  ])('may be the namespace %s', (fullyQualifiedNamespace) => {
    expect(namespaceOf(` ${fullyQualifiedNamespace} `)).toEqual({
      kind: 'managed-identity',
      fullyQualifiedNamespace,
    });
  });

  it.each([
    'evil.example',
    'contoso.servicebus.windows.net.evil.example',
    'evil.example/contoso.servicebus.windows.net',
    'contoso.servicebusxwindows.net',
    'contoso.servicebus.windowsxnet',
    'contosoxservicebus.windows.net',
    'a.contoso.servicebus.windows.net',
    '.servicebus.windows.net',
    `${'x'.repeat(51)}.servicebus.windows.net`,
    'contoso.servicebus.windows.net:443',
    'sb://contoso.servicebus.windows.net',
  ])('is never the host %s, to which the identity’s token would go', (namespace) => {
    expect(namespaceOf(namespace)).toMatch(
      /^ServiceBusConnection__fullyQualifiedNamespace must be the host name of .*, but is "/,
    );
  });

  it('may have the client id of an identity, and no other text', () => {
    const id = 'cccccccc-0000-0000-0000-000000000003';
    const namespace = 'contoso.servicebus.windows.net';
    expect(namespaceOf(namespace, ` ${id} `)).toMatchObject({ clientId: id });
    expect(namespaceOf(namespace, ' ')).not.toHaveProperty('clientId');
    expect(namespaceOf(namespace, 'my-identity')).toMatch(
      /^ServiceBusConnection__clientId must be the client id of .*, but is "my/,
    );
  });

  it('is missing where neither is set, and ambiguous where both are', () => {
    expect(readServiceBusConnection({})).toContain('ServiceBusConnection is missing; set it to');
    expect(
      readServiceBusConnection({
        [CONNECTION]: 'Endpoint=sb://x/;SharedAccessKey=k',
        [`${CONNECTION}__fullyQualifiedNamespace`]: 'contoso.servicebus.windows.net',
      }),
    ).toContain('are both set; keep one of them');
    const withIdentity = (clientId: string) =>
      readServiceBusConnection({
        [CONNECTION]: 'Endpoint=sb://x/;SharedAccessKey=key-beside-an-identity',
        [`${CONNECTION}__clientId`]: clientId,
      });
    expect(withIdentity('x')).toBe(
      'ServiceBusConnection__clientId has no effect with a connection string; remove one of them.',
    );
    expect(withoutKnownSecrets('a key-beside-an-identity b')).toBe('a [secret] b');
    expect(withIdentity(' ')).toMatchObject({ kind: 'connection-string' });
  });

  it('may be a string with blanks around it and in it', () => {
    const connectionString = 'SharedAccessKeyName=n; Endpoint=sb://x/; SharedAccessKey=k';
    expect(readServiceBusConnection({ [CONNECTION]: ` ${connectionString}\n` })).toEqual({
      kind: 'connection-string',
      connectionString,
    });
  });

  it('has its string and each key in it redacted from every text', () => {
    const text =
      'Endpoint=sb://x/;SharedAccessKey=key-of-a-namespace;SharedAccessSignature=sig-of-it';
    readServiceBusConnection({ [CONNECTION]: text });
    for (const part of [text, 'key-of-a-namespace', 'sig-of-it']) {
      expect(withoutKnownSecrets(`a ${part} b`)).toBe('a [secret] b');
    }
  });
});

it('the secret of the app is redacted from every text as soon as it is read', () => {
  settingsOf({ PARTNER_CENTER_CLIENT_SECRET: 'an-app-secret-read' });
  expect(withoutKnownSecrets('x an-app-secret-read y')).toBe('x [secret] y');
});
