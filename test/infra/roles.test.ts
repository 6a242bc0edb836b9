import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { roleNames } from './role-names.ts';
import { deployments, ofType, type Resource } from './snapshots.ts';

/** What the app needs, and where: nothing above it. */
const ofTheApp = [
  'app: Azure Service Bus Data Receiver on queues/teardown-checks',
  'app: Azure Service Bus Data Receiver on queues/teardown-requests',
  'app: Azure Service Bus Data Sender on queues/teardown-checks',
  'app: Azure Service Bus Data Sender on queues/teardown-requests',
  'app: Azure Service Bus Data Sender on topics/teardown-outcomes',
  'app: Monitoring Metrics Publisher on components',
  'app: Storage Blob Data Owner on storageAccounts',
];

const ofACertificate = 'app: Key Vault Secrets User on vaults';

const ofTheOthers = [
  'app: Key Vault Secrets Officer on vaults',
  'operator: Azure Service Bus Data Receiver on topics/teardown-outcomes/subscriptions/attention',
  'operator: Azure Service Bus Data Receiver on topics/teardown-outcomes/subscriptions/audit',
  'operator: Azure Service Bus Data Sender on queues/teardown-requests',
  'operator: Key Vault Secrets Officer on vaults',
];

function grants(resources: readonly Resource[]): string[] {
  return ofType(resources, 'Microsoft.Authorization/roleAssignments').map(message).toSorted();
}

function message({ id, properties }: Resource): string {
  const role = String(properties?.['roleDefinitionId']).split('/').at(-1) ?? '';
  const who = properties?.['principalId'] === operator ? 'operator' : 'app';
  return `${who}: ${roleNames[role] ?? role} on ${scopeIn(id)}`;
}

const operator = '33333333-3333-3333-3333-333333333333';

/** The resource a grant is for, without the name of the namespace or the account. */
function scopeIn(id: string): string {
  const scope = id.slice(0, id.indexOf('/providers/Microsoft.Authorization/'));
  const path = scope.split('/providers/').at(-1)?.split('/').slice(1) ?? [];
  const [type, , ...below] = path;
  return below.length > 0 ? below.join('/') : String(type);
}

it('grants the app what it needs, each on the lowest resource, and nothing else', () => {
  const [usual, certificate, everything] = deployments.map(({ resources }) => grants(resources));
  expect(usual).toEqual(ofTheApp);
  expect(certificate).toEqual([...ofTheApp, ofACertificate].toSorted());
  expect(everything).toEqual([...ofTheApp, ...ofTheOthers].toSorted());
});

it('grants nothing on the subscription, the resource group or the namespace', () => {
  for (const { resources } of deployments) {
    for (const { id } of ofType(resources, 'Microsoft.Authorization/roleAssignments')) {
      expect(id).toMatch(/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\./);
      expect(id).not.toMatch(/\/namespaces\/[^/]+\/providers\/Microsoft\.Authorization\//);
    }
  }
});

it('the table of roles in infra/README.md lists every grant, and says why', async () => {
  const text = await readFile(new URL('../../infra/README.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| (app|operator) \| ([^|]+) \| `([^|]+)` \| [^|]{20,} \|$/gm)];
  const listed = rows.map(([, who, role, scope]) => `${who}: ${role} on ${scope}`);
  expect(listed.toSorted()).toEqual([...ofTheApp, ...ofTheOthers, ofACertificate].toSorted());
});
