import { describe, expect, it } from 'vitest';
import { readSettings, settingNames } from '../../src/settings/settings.ts';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';

const good: Readonly<Record<string, string>> = {
  ServiceBusConnection:
    'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=hush',
  SANDBOX_TENANT_ID: TENANT,
  PARTNER_CENTER_CLIENT_ID: 'bbbbbbbb-0000-0000-0000-000000000002',
  PARTNER_CENTER_CLIENT_SECRET: 'hush',
};

describe('settings', () => {
  it('have safe defaults: dry run, the global cloud, no sweep, the documented delays', () => {
    expect(readSettings(good)).toMatchObject({
      mode: 'dry-run',
      protections: [],
      backoff: {
        firstDelayMs: 5_000,
        multiplier: 1.5,
        maxDelayMs: 300_000,
        deadlineMs: 86_400_000,
      },
      partnerCenter: {
        apiUrl: 'https://api.partnercenter.microsoft.com',
        loginUrl: 'https://login.microsoftonline.com',
        scope: 'https://api.partnercenter.microsoft.com/.default',
      },
      sweep: {
        rules: { include: [] },
        schedule: '0 0 2 * * *',
        minIdleMs: 12 * 3_600_000,
        maxPastDueMs: 3_600_000,
      },
    });
    expect(readSettings(good)).not.toHaveProperty('sandboxDomain');
  });

  it('can name the namespace instead of a connection string', () => {
    const { ServiceBusConnection: _gone, ...rest } = good;
    const settings = readSettings({
      ...rest,
      ServiceBusConnection__fullyQualifiedNamespace: 'contoso.servicebus.windows.net',
      ServiceBusConnection__clientId: 'cccccccc-0000-0000-0000-000000000003',
    });
    expect(settings.serviceBus).toEqual({
      kind: 'managed-identity',
      fullyQualifiedNamespace: 'contoso.servicebus.windows.net',
      clientId: 'cccccccc-0000-0000-0000-000000000003',
    });
  });

  it('read a protection with a day as protecting through that day', () => {
    const PROTECTED_CUSTOMERS = JSON.stringify([
      { customer: '*.contoso.com', owner: 'Ada', until: '2027-01-31', why: 'demo' },
    ]);
    expect(readSettings({ ...good, PROTECTED_CUSTOMERS }).protections).toEqual([
      { customer: '*.contoso.com', owner: 'Ada', untilMs: Date.UTC(2027, 1, 1), why: 'demo' },
    ]);
  });

  it('allow more requests to a sandbox on this machine than the service allows', () => {
    const settings = readSettings({
      ...good,
      PARTNER_CENTER_API_URL: 'http://127.0.0.1:1',
      PARTNER_CENTER_LOGIN_URL: 'https://127.0.0.1:2',
      PARTNER_CENTER_REQUESTS_PER_MINUTE: '10000',
    });
    expect(settings.partnerCenter.requestsPerMinute).toBe(10_000);
  });

  it.each([
    ['0 0 2 * * *', 'P1D'],
    ['0 0 2,14 * * *', 'PT12H'],
    ['0 0 2,3 * * *', 'PT1H'],
    ['0 0 2 * * Mon', 'P7D'],
  ])(
    'let a sweep of "%s" be announced %s before its requests, and no longer',
    (schedule, grace) => {
      const read = (SWEEP_GRACE: string) =>
        readSettings({ ...good, SWEEP_SCHEDULE: schedule, SWEEP_GRACE }).sweep.graceMs;
      const ms = read(grace);
      expect(() => read(`PT${ms / 1_000 + 0.001}S`)).toThrow(/SWEEP_GRACE must/);
    },
  );

  it('name the maximum grace period', () => {
    const environment = { ...good, SWEEP_SCHEDULE: '0 0 2,14 * * *', SWEEP_GRACE: 'P1D' };
    expect(() => readSettings(environment)).toThrow(
      'SWEEP_GRACE must not be longer than the time from one sweep to the next, which is PT12H by SWEEP_SCHEDULE, but is PT24H.',
    );
  });

  const appAndUser = {
    PARTNER_CENTER_SIGN_IN: 'app-and-user',
    PARTNER_CENTER_REFRESH_TOKEN_SECRET: 'https://contoso.vault.azure.net/secrets/token',
  };

  it('accept the domain of the sandbox in its ASCII form, with app-and-user', () => {
    const environment = { ...good, ...appAndUser, SANDBOX_DOMAIN: ' BÜCHER.example. ' };
    expect(readSettings(environment).sandboxDomain).toBe('xn--bcher-kva.example');
  });

  it('say why the domain of the sandbox has no effect with other credentials', () => {
    expect(() => readSettings({ ...good, SANDBOX_DOMAIN: 'contoso.onmicrosoft.com' })).toThrow(
      'SANDBOX_DOMAIN has no effect with PARTNER_CENTER_SIGN_IN "client-secret": Partner Center shows the account\'s organisation only to "app-and-user". Remove it, or choose that sign-in.',
    );
  });

  it('treat a blank one as not set', () => {
    expect(readSettings({ ...good, TEARDOWN_MODE: ' ' }).mode).toBe('dry-run');
  });

  const wrong: readonly (readonly [string, string | undefined])[] = [
    ['TEARDOWN_MODE', 'on'],
    ['SANDBOX_TENANT_ID', undefined],
    ['SANDBOX_TENANT_ID', 'contoso.onmicrosoft.com'],
    ['SANDBOX_DOMAIN', 'contoso.onmicrosoft.com'],
    ['SANDBOX_DOMAIN', '*.onmicrosoft.com'],
    ['SANDBOX_DOMAIN', 'https://contoso.com'],
    ['SANDBOX_DOMAIN', 'contoso'],
    ['DENIED_TENANT_IDS', 'production'],
    ['PROTECTED_CUSTOMERS', 'everybody'],
    ['PROTECTED_CUSTOMERS', '{"customer":"*.contoso.com","owner":"Ada"}'],
    ['PROTECTED_CUSTOMERS', '[{"customer":"*.contoso.com"}]'],
    ['PROTECTED_CUSTOMERS', '[{"customer":"contoso","owner":"Ada"}]'],
    ['PROTECTED_CUSTOMERS', '[{"customer":"*.contoso.com","owner":"Ada","until":"soon"}]'],
    ['PROTECTED_CUSTOMERS', '[{"customer":"*.contoso.com","owner":"Ada","untill":"2027-01-31"}]'],
    ['PARTNER_CENTER_CLOUD', 'germany'],
    ['PARTNER_CENTER_API_URL', 'https://partner.partnercenterapi.microsoftonline.cn'],
    ['PARTNER_CENTER_API_URL', 'http://api.partnercenter.microsoft.com'],
    ['PARTNER_CENTER_LOGIN_URL', 'https://login.chinacloudapi.cn'],
    ['PARTNER_CENTER_LOGIN_URL', 'nonsense'],
    ['PARTNER_CENTER_CLIENT_ID', undefined],
    ['PARTNER_CENTER_CLIENT_ID', 'my-app'],
    ['PARTNER_CENTER_CLIENT_SECRET', undefined],
    ['PARTNER_CENTER_SIGN_IN', 'password'],
    ['PARTNER_CENTER_CERTIFICATE_FILE', 'app.pem'],
    ['PARTNER_CENTER_CERTIFICATE_SECRET', 'https://contoso.vault.azure.net/secrets/app'],
    ['PARTNER_CENTER_REFRESH_TOKEN_SECRET', 'https://contoso.vault.azure.net/secrets/token'],
    ['PARTNER_CENTER_IDENTITY_CLIENT_ID', 'cccccccc-0000-0000-0000-000000000003'],
    ['PARTNER_CENTER_TIMEOUT', 'PT0S'],
    ['PARTNER_CENTER_TIMEOUT', '10'],
    ['PARTNER_CENTER_REQUESTS_PER_MINUTE', '0'],
    ['PARTNER_CENTER_REQUESTS_PER_MINUTE', '501'],
    ['CHECK_FIRST_DELAY', 'PT0S'],
    ['CHECK_FIRST_DELAY', '5 seconds'],
    ['CHECK_FIRST_DELAY', '-PT5S'],
    ['CHECK_MAX_DELAY', 'PT2H'],
    ['CHECK_MAX_DELAY', 'PT1S'],
    ['CHECK_DELAY_MULTIPLIER', '0'],
    ['CHECK_DELAY_MULTIPLIER', 'Infinity'],
    ['CHECK_DELAY_JITTER', '1'],
    ['TEARDOWN_MAX_CHECKS', '1.5'],
    ['TEARDOWN_MAX_CHECKS', '0'],
    ['TEARDOWN_DEADLINE', 'P30D'],
    ['DEAD_LETTER_SCHEDULE', 'often'],
    ['SWEEP_SCHEDULE', '0 2 * * *'],
    ['SWEEP_SCHEDULE', 'every night'],
    ['SWEEP_INCLUDE', 'contoso'],
    ['SWEEP_MAX_CUSTOMERS', '76'],
    ['SWEEP_GRACE', 'PT1S'],
    ['SWEEP_GRACE', 'PT24H1S'],
    ['SWEEP_MIN_IDLE', 'PT0S'],
    ['SWEEP_MIN_IDLE', 'PT59S'],
    ['SWEEP_MIN_IDLE', 'P61D'],
    ['SWEEP_MIN_IDLE', 'half a day'],
    ['SWEEP_MAX_PAST_DUE', 'PT0S'],
    ['SWEEP_MAX_PAST_DUE', 'PT24H1S'],
    ['SWEEP_INCLUDE', 'bü*.example'],
    ['SWEEP_BELOW_FREE_SLOTS', '0'],
    ['ServiceBusConnection', undefined],
    ['ServiceBusConnection', 'hush'],
    ['ServiceBusConnection', 'Endpoint=sb://x/;SharedAccessKeyName=n'],
    ['ServiceBusConnection', 'Endpoint=sb://x/;SharedAccessKeyName=n;SharedAccessKey='],
    ['ServiceBusConnection', 'Endpoint=sb://x/;SharedAccessKey=k;EntityPath=q'],
    ['teardown_mode', 'off'],
    ['PARTNER_CENTER_LOGIN_URL', 'http://127.0.0.1:1'],
    ['PROTECTED_CUSTOMERS', '[{"customer":"*.contoso.com","owner":"Ada","until":"2026-02-30"}]'],
    ['ServiceBusConnection__fullyQualifiedNamespace', 'https://x.servicebus.windows.net'],
    ['TEARDOWN_MODUS', 'enforce'],
  ];

  it.each(wrong)('stop the app when %s is %s, with a message that names it', (name, value) => {
    const { [name]: _replaced, ...rest } = good;
    expect(() => readSettings({ ...rest, [name]: value })).toThrow(name);
  });

  it.each([
    ['PARTNER_CENTER_API_URL', 'http://127.0.0.1:1'],
    ['PARTNER_CENTER_LOGIN_URL', 'https://localhost:1'],
  ])('send no token past this machine: %s alone on %s is rejected', (name, value) => {
    const both = /must both be on this machine, or neither/;
    expect(() => readSettings({ ...good, [name]: value })).toThrow(both);
    const local = {
      PARTNER_CENTER_API_URL: 'http://127.0.0.1:1',
      PARTNER_CENTER_LOGIN_URL: 'https://localhost:1',
    };
    expect(readSettings({ ...good, ...local }).partnerCenter.apiUrl).toBe('http://127.0.0.1:1');
  });

  it('report a missing one with its format', () => {
    const { SANDBOX_TENANT_ID: _gone, ...rest } = good;
    expect(() => readSettings(rest)).toThrow(/SANDBOX_TENANT_ID is missing; it must be the tenant/);
  });

  it('has a wrong value tested for every setting there is', () => {
    const tested = new Set(wrong.map(([name]) => name));
    expect(settingNames.filter((name) => !tested.has(name))).toEqual([]);
  });

  it('never show a secret in the error', () => {
    const environment = { ...good, ServiceBusConnection: 'hush', TEARDOWN_MODE: 'on' };
    expect(() => readSettings(environment)).toThrow(/^(?!.*hush)/s);
    expect(() => readSettings(environment)).toThrow(/TEARDOWN_MODE.*ServiceBusConnection/s);
  });
});
