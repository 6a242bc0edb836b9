import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { MAX_CHARACTERS } from '../../src/partner-center/api.ts';
import { readSettings, settingNames } from '../../src/settings/settings.ts';
import { REQUESTS_PER_TEARDOWN } from '../../src/teardown/reconcile/start-spacing.ts';
import { deployments, theOnly } from './snapshots.ts';

/** Of a tenant. Source: https://learn.microsoft.com/partner-center/developer/api-throttling-guidance */
const ALLOWED_PER_MINUTE = 500;

/** What Azure gives only once it has made the resources. */
const known: readonly [RegExp, string][] = [
  [/^\[reference\(.*\)\.clientId\]$/, '55555555-5555-5555-5555-555555555555'],
  [/^\[parseUri\(.*serviceBusEndpoint\)\.host\]$/, 'sb-teardown.servicebus.windows.net'],
  [/^\[format\('\{0\}secrets\/([\w-]+)', reference.*\]$/, 'https://kvteardown.vault/secrets/$1'],
  [/^\[reference\(.*\)\.primaryEndpoints\.blob\]$/, 'https://stteardown.blob.windows.net/'],
  [/^\[reference\(.*\)\.ConnectionString\]$/, 'InstrumentationKey=0'],
  [/^\[format\('ClientId=\{0\};Authorization=AAD'.*\]$/, 'ClientId=0;Authorization=AAD'],
];

function environmentOf(deployment: (typeof deployments)[number]): Record<string, string> {
  const settings = theOnly(deployment.resources, 'Microsoft.Web/sites/config').properties ?? {};
  const vault = settings['PARTNER_CENTER_CLOUD'] === 'china' ? 'vault.azure.cn' : 'vault.azure.net';
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      asInAzure(String(value)).replace('kvteardown.vault', `kvteardown.${vault}`),
    ]),
  );
}

function asInAzure(value: string): string {
  const [pattern, written] = known.find(([each]) => each.test(value)) ?? [];
  if (pattern !== undefined && written !== undefined) return value.replace(pattern, written);
  if (value.startsWith('[') && value.endsWith(']') && value.includes('(')) {
    throw new Error(`No value is known for ${value}.`);
  }
  return value;
}

const environments = deployments.map(environmentOf);
const [usual, certificate, everything] = environments;

it('the app starts with the settings of a default deployment, and writes nothing', () => {
  const settings = readSettings(usual ?? {});
  expect(settings.mode).toBe('dry-run');
  expect(settings.sweep.rules.include).toEqual([]);
  expect(settings.partnerCenter.signIn.kind).toBe('federated-identity');
  expect(settings.serviceBus).toEqual({
    kind: 'managed-identity',
    fullyQualifiedNamespace: 'sb-teardown.servicebus.windows.net',
    clientId: '55555555-5555-5555-5555-555555555555',
  });
});

it('the app accepts every setting of a deployment that sets them all', () => {
  const settings = readSettings(everything ?? {});
  expect(settings).toMatchObject({
    mode: 'enforce',
    sandboxDomain: 'sandbox.partner.onmschina.cn',
    deniedTenantIds: [
      '44444444-4444-4444-4444-444444444444',
      '55555555-5555-5555-5555-555555555555',
    ],
    protections: [{ owner: 'somebody@contoso.com' }],
    backoff: { deadlineMs: 48 * 60 * 60 * 1000 },
    partnerCenter: { cloud: 'china', signIn: { kind: 'app-and-user' } },
    sweep: {
      schedule: '0 30 1 * * *',
      graceMs: 12 * 60 * 60 * 1000,
      minIdleMs: 24 * 60 * 60 * 1000,
      maxPastDueMs: 2 * 60 * 60 * 1000,
      rules: { include: ['*.onmicrosoft.com'], maxCustomers: 75 },
    },
  });
});

it('the app reads its certificate from the vault that the deployment makes', () => {
  expect(readSettings(certificate ?? {}).partnerCenter.signIn).toMatchObject({
    kind: 'client-certificate',
    certificate: { kind: 'key-vault', secret: { name: 'partner-center-certificate' } },
  });
});

it('the host reaches its storage, Service Bus and telemetry as the one identity', () => {
  const identity = {
    credential: 'managedidentity',
    clientId: '55555555-5555-5555-5555-555555555555',
  };
  for (const environment of environments) {
    const part = (connection: string) =>
      Object.fromEntries(
        Object.entries(environment)
          .filter(([name]) => name.startsWith(`${connection}__`))
          .map(([name, value]) => [name.slice(connection.length + 2), value]),
      );
    // The name besides the address, but not where the host would make another address of it.
    const global = environment['PARTNER_CENTER_CLOUD'] === 'global';
    expect(part('AzureWebJobsStorage')).toEqual({
      ...identity,
      blobServiceUri: 'https://stteardown.blob.windows.net/',
      ...(global ? { accountName: expect.stringMatching(/^stteardown[a-z\d]{13}$/) } : {}),
    });
    expect(part('ServiceBusConnection')).toEqual({
      ...identity,
      fullyQualifiedNamespace: 'sb-teardown.servicebus.windows.net',
    });
    expect(environment['APPLICATIONINSIGHTS_AUTHENTICATION_STRING']).toMatch(
      /^ClientId=.+;Authorization=AAD$/,
    );
  }
});

it('no setting of a deployment is a secret', () => {
  for (const name of environments.flatMap((environment) => Object.keys(environment))) {
    expect(name).not.toMatch(
      /CLIENT_SECRET$|KEY$|PASSWORD|^ServiceBusConnection$|^AzureWebJobsStorage$/,
    );
  }
});

it('an extra setting is a setting of the app, and neither a secret nor one with a parameter', async () => {
  const types = await readFile(new URL('../../infra/modules/types.bicep', import.meta.url), 'utf8');
  const [, listed = ''] = /type moreSettings = \{(.*?)^\}/ms.exec(types) ?? [];
  const more = [...listed.matchAll(/^ {2}(\w+): string\?$/gm)].map(([, name = '']) => name);
  const own = Object.keys(usual ?? {});
  const notFromThere = [
    // Secrets, or where they are kept, which the deployment decides.
    'PARTNER_CENTER_CLIENT_SECRET',
    'PARTNER_CENTER_CERTIFICATE_FILE',
    'PARTNER_CENTER_REFRESH_TOKEN_SECRET',
    // Only a simulated sandbox has other addresses than its cloud's.
    'PARTNER_CENTER_API_URL',
    'PARTNER_CENTER_LOGIN_URL',
    // The alerts reckon with its ten minutes.
    'DEAD_LETTER_SCHEDULE',
  ];
  const rest = settingNames.filter((name) => ![...own, ...notFromThere].includes(name));
  expect(more.toSorted()).toEqual(rest.toSorted());
});

it('no deployment divides the requests a minute: the app plans with its own default, or with what an operator says', () => {
  const planned = environments.map(
    (environment) => readSettings(environment).partnerCenter.requestsPerMinute,
  );
  expect(planned).toEqual([ALLOWED_PER_MINUTE, ALLOWED_PER_MINUTE, 300]);
});

describe('the messages that an instance takes at once', () => {
  it('keep up with what Partner Center allows a tenant where an answer takes a second, and are few more', async () => {
    // All but the first three lists of a teardown are asked for one after the other.
    const answersInARow = REQUESTS_PER_TEARDOWN - 2;
    const teardownsPerSecond = ALLOWED_PER_MINUTE / 60 / REQUESTS_PER_TEARDOWN;
    const needed = teardownsPerSecond * answersInARow;
    expect(await maxConcurrentCalls()).toBeGreaterThanOrEqual(needed);
    expect(await maxConcurrentCalls()).toBeLessThan(1.5 * needed);
  });

  it('have all their answers in a quarter of the smallest memory, however long these are', async () => {
    const bytes = 2 * MAX_CHARACTERS * (await maxConcurrentCalls());
    expect(bytes).toBeLessThanOrEqual((512 * 1024 * 1024) / 4);
  });
});

async function maxConcurrentCalls(): Promise<number> {
  const text = await readFile(new URL('../../host.json', import.meta.url), 'utf8');
  const { extensions } = JSON.parse(text) as {
    extensions: { serviceBus: { maxConcurrentCalls: number } };
  };
  return extensions.serviceBus.maxConcurrentCalls;
}
