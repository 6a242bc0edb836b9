import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { deployments, ofType, type Resource, theOnly } from './snapshots.ts';

const BUS = 'Microsoft.ServiceBus/namespaces';

interface Entity {
  readonly name: string;
  readonly properties: object;
}
interface Entities {
  readonly queues: readonly Entity[];
  readonly topics: readonly (Entity & {
    readonly subscriptions: readonly (Entity & { readonly rules: readonly Entity[] })[];
  })[];
}

const entities: Entities = JSON.parse(
  await readFile(new URL('../../infra/service-bus.entities.json', import.meta.url), 'utf8'),
);

/** Every entity by its path below the namespace. */
function declared(): Record<string, object> {
  const paths: Record<string, object> = {};
  for (const queue of entities.queues) paths[queue.name] = queue.properties;
  for (const topic of entities.topics) {
    paths[topic.name] = topic.properties;
    for (const subscription of topic.subscriptions) {
      paths[`${topic.name}/${subscription.name}`] = subscription.properties;
      for (const { name, properties } of subscription.rules) {
        paths[`${topic.name}/${subscription.name}/${name}`] = properties;
      }
    }
  }
  return paths;
}

function deployed(resources: readonly Resource[]): Record<string, unknown> {
  const kinds = ['queues', 'topics', 'topics/subscriptions', 'topics/subscriptions/rules'];
  const all = kinds.flatMap((kind) => ofType(resources, `${BUS}/${kind}`));
  return Object.fromEntries(
    all.map(({ name, properties }) => [name.slice(name.indexOf('/') + 1), properties]),
  );
}

describe.each(deployments)('the deployment "$name"', ({ resources }) => {
  it('has every entity of service-bus.entities.json with its properties, and no other', () => {
    expect(deployed(resources)).toEqual(declared());
  });

  it('loses no message: an expired one is a dead letter, a duplicate is dropped', () => {
    const queues = ofType(resources, `${BUS}/queues`);
    expect(queues).toHaveLength(2);
    for (const { properties } of queues) {
      expect(properties).toMatchObject({
        deadLetteringOnMessageExpiration: true,
        requiresDuplicateDetection: true,
        duplicateDetectionHistoryTimeWindow: 'P7D',
        requiresSession: false,
      });
    }
    const outcomes = theOnly(resources, `${BUS}/topics`).properties;
    expect(outcomes).toMatchObject({
      requiresDuplicateDetection: true,
      duplicateDetectionHistoryTimeWindow: 'P7D',
    });
  });

  it('accepts no key and no password', () => {
    const properties = (type: string) => theOnly(resources, type).properties;
    expect(properties(BUS)).toMatchObject({ disableLocalAuth: true });
    expect(properties('Microsoft.Storage/storageAccounts')).toMatchObject({
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
    });
    expect(properties('Microsoft.Insights/components')).toMatchObject({ DisableLocalAuth: true });
    expect(properties('Microsoft.OperationalInsights/workspaces')).toMatchObject({
      features: { disableLocalAuth: true },
    });
    const passwords = ofType(resources, 'Microsoft.Web/sites/basicPublishingCredentialsPolicies');
    expect(passwords.map(({ name, properties }) => [name.split('/').at(-1), properties])).toEqual([
      ['ftp', { allow: false }],
      ['scm', { allow: false }],
    ]);
    for (const vault of ofType(resources, 'Microsoft.KeyVault/vaults')) {
      expect(vault.properties).toMatchObject({ enableRbacAuthorization: true });
    }
  });

  it('uses at least TLS 1.2 everywhere', () => {
    expect(theOnly(resources, BUS).properties).toMatchObject({ minimumTlsVersion: '1.2' });
    expect(theOnly(resources, 'Microsoft.Storage/storageAccounts').properties).toMatchObject({
      minimumTlsVersion: 'TLS1_2',
      supportsHttpsTrafficOnly: true,
    });
    expect(theOnly(resources, 'Microsoft.Web/sites').properties).toMatchObject({
      httpsOnly: true,
      siteConfig: { minTlsVersion: '1.2', scmMinTlsVersion: '1.2' },
    });
  });

  it('is a Flex Consumption app on Node 24 with an identity of its own', () => {
    expect(theOnly(resources, 'Microsoft.Web/serverfarms').sku?.name).toBe('FC1');
    const app = theOnly(resources, 'Microsoft.Web/sites');
    expect(app.properties).toMatchObject({
      functionAppConfig: {
        runtime: { name: 'node', version: '24' },
        deployment: { storage: { authentication: { type: 'UserAssignedIdentity' } } },
      },
    });
    expect(app).toMatchObject({ identity: { type: 'UserAssigned' } });
  });

  it('needs only the Standard tier of Service Bus', () => {
    expect(theOnly(resources, BUS).sku).toMatchObject({ name: 'Standard' });
  });

  it('has the tags by which azd finds it', async () => {
    const tagged = resources.filter(({ location }) => location !== undefined);
    expect(tagged.length).toBeGreaterThan(8);
    for (const { tags } of tagged) expect(tags).toMatchObject({ 'azd-env-name': 'snapshot' });

    const services = resources.filter(({ tags }) => tags?.['azd-service-name'] !== undefined);
    expect(services.map(({ type, tags }) => [type, tags?.['azd-service-name']])).toEqual([
      ['Microsoft.Web/sites', 'teardown'],
    ]);
    const azd = await readFile(new URL('../../azure.yaml', import.meta.url), 'utf8');
    expect(azd).toMatch(/^services:\n {2}teardown:$/m);
  });
});

it.each([
  ['default', 'api://AzureADTokenExchange'],
  ['everything', 'api://AzureADTokenExchangeChina'],
] as const)('outputs the subject that the application must trust: "%s"', async (name, audience) => {
  const file = new URL(`../../infra/snapshots/${name}.snapshot.json`, import.meta.url);
  const { outputs } = JSON.parse(await readFile(file, 'utf8')) as {
    outputs: { FEDERATED_CREDENTIAL: string };
  };
  expect(outputs.FEDERATED_CREDENTIAL).toContain(`'audiences', createArray('${audience}')`);
  expect(outputs.FEDERATED_CREDENTIAL).toMatch(
    /'issuer', uri\(replace\(environment\(\)\.authentication\.loginEndpoint, 'login\.chinacloudapi\.cn', 'login\.partner\.microsoftonline\.cn'\), format\('\{0\}\/v2\.0', reference\(.*\)\.tenantId\)\), 'subject', reference\(.*\)\.principalId/,
  );
});

it('creates a Key Vault only for a way to sign in that needs one', () => {
  const vaults = deployments.map(
    ({ resources }) => ofType(resources, 'Microsoft.KeyVault/vaults').length,
  );
  expect(vaults).toEqual([0, 1, 1]);
});
