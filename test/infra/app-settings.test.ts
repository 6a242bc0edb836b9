import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readSettings, settingNames } from '../../src/settings/settings.ts';
import { deployments, theOnly } from './snapshots.ts';

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

it('the app starts with as many instances as a deployment may have', async () => {
  const main = await readFile(new URL('../../infra/main.bicep', import.meta.url), 'utf8');
  const [, maxInstances] = /@maxValue\((\d+)\)\nparam maximumInstanceCount int/.exec(main) ?? [];
  const limiter = Math.floor(500 / (2 * Number(maxInstances) + 1));
  const environment = { ...usual, PARTNER_CENTER_REQUESTS_PER_MINUTE: `${limiter}` };
  expect(readSettings(environment).partnerCenter.requestsPerMinute).toBe(limiter);
});

it('all instances together keep to the 500 requests a minute of a tenant', () => {
  for (const [place, deployment] of deployments.entries()) {
    const limiter = Number(environments[place]?.['PARTNER_CENTER_REQUESTS_PER_MINUTE']);
    const { functionAppConfig } = theOnly(deployment.resources, 'Microsoft.Web/sites')
      .properties as unknown as {
      functionAppConfig: { scaleAndConcurrency: { maximumInstanceCount: number } };
    };
    const instances = 2 * functionAppConfig.scaleAndConcurrency.maximumInstanceCount + 1;
    expect(limiter * instances).toBeLessThanOrEqual(500);
    expect(limiter * instances).toBeGreaterThan(450);
  }
});

it('an instance takes only as many messages at once as its requests a minute allow, even if every check is slow', async () => {
  const text = await readFile(new URL('../../host.json', import.meta.url), 'utf8');
  const { extensions } = JSON.parse(text) as {
    extensions: { serviceBus: { maxConcurrentCalls: number } };
  };
  const maxCheckSeconds = 20;
  const requestsPerCheck = 4;
  const checksAMinute = extensions.serviceBus.maxConcurrentCalls * (60 / maxCheckSeconds);
  const limiter = Number(usual?.['PARTNER_CENTER_REQUESTS_PER_MINUTE']);
  expect(checksAMinute * requestsPerCheck).toBeLessThanOrEqual(limiter);
  expect(checksAMinute * requestsPerCheck).toBeGreaterThan(0.9 * limiter);
});
