import { beforeAll, expect, it } from 'vitest';
import type { Compiler } from '../../scripts/infra/compiler.ts';
import { roleNames } from './role-names.ts';
import { compile, declarationsIn, handed, inFull, modulesOf, type Template } from './template.ts';
import { LIMIT_MS, withCompiler } from './with-compiler.ts';

// The snapshots show three deployments; what only a fourth would grant or make stands in the template all the same.

const BUS = 'Microsoft.ServiceBus/namespaces';

/** Who is granted which role on what, if what; nothing else is. */
const grants: Readonly<Record<string, string>> = {
  'storage/hostMayKeepItsBlobs': `app: 'Storage Blob Data Owner' on Microsoft.Storage/storageAccounts`,
  'serviceBus/roles/appTakes': `app: 'Azure Service Bus Data Receiver' on ${BUS}/queues`,
  'serviceBus/roles/appPuts': `app: 'Azure Service Bus Data Sender' on ${BUS}/queues`,
  'serviceBus/roles/appTells': `app: 'Azure Service Bus Data Sender' on ${BUS}/topics`,
  'serviceBus/roles/operatorAsks': `operator: 'Azure Service Bus Data Sender' on ${BUS}/queues`,
  'serviceBus/roles/operatorReads': `operator: 'Azure Service Bus Data Receiver' on ${BUS}/topics/subscriptions`,
  'monitoring/appSendsTelemetry': `app: 'Monitoring Metrics Publisher' on Microsoft.Insights/components`,
  'vault/appUsesIt': `app: if(equals(parameters('partnerCenterSignIn'), 'app-and-user'), 'Key Vault Secrets Officer', 'Key Vault Secrets User') on Microsoft.KeyVault/vaults`,
  'vault/operatorFillsIt': `operator: 'Key Vault Secrets Officer' on Microsoft.KeyVault/vaults`,
};

/** Everything else that is made. */
const others: Readonly<Record<string, string>> = {
  group: 'Microsoft.Resources/resourceGroups',
  'identity/identity': 'Microsoft.ManagedIdentity/userAssignedIdentities',
  'storage/account': 'Microsoft.Storage/storageAccounts',
  'storage/account::blobs': 'Microsoft.Storage/storageAccounts/blobServices',
  'storage/account::blobs::packages': 'Microsoft.Storage/storageAccounts/blobServices/containers',
  'serviceBus/namespace': BUS,
  'serviceBus/queues': `${BUS}/queues`,
  'serviceBus/topics': `${BUS}/topics`,
  'serviceBus/subscriptions': `${BUS}/topics/subscriptions`,
  'serviceBus/rules': `${BUS}/topics/subscriptions/rules`,
  'monitoring/workspace': 'Microsoft.OperationalInsights/workspaces',
  'monitoring/insights': 'Microsoft.Insights/components',
  'monitoring/logQueries/saved': 'Microsoft.OperationalInsights/workspaces/savedSearches',
  'monitoring/logQueries/workbook': 'Microsoft.Insights/workbooks',
  'vault/vault': 'Microsoft.KeyVault/vaults',
  'app/plan': 'Microsoft.Web/serverfarms',
  'app/app': 'Microsoft.Web/sites',
  'app/app::configuration': 'Microsoft.Web/sites/config',
  'app/app::noFtpPassword': 'Microsoft.Web/sites/basicPublishingCredentialsPolicies',
  'app/app::noDeploymentPassword': 'Microsoft.Web/sites/basicPublishingCredentialsPolicies',
  'alerts/people': 'Microsoft.Insights/actionGroups',
  'alerts/byMetric': 'Microsoft.Insights/metricAlerts',
  'alerts/byQuery': 'Microsoft.Insights/scheduledQueryRules',
};

const GRANT = 'Microsoft.Authorization/roleAssignments';
const MODULE = 'Microsoft.Resources/deployments';
const GROUP = "[format('rg-{0}', parameters('environmentName'))]";

const principals: Readonly<Record<string, string>> = {
  "[parameters('principalId')]": 'app',
  "[parameters('operatorPrincipalId')]": 'operator',
};

await withCompiler('whatever the parameters are, the template', ofTheTemplate);

function ofTheTemplate(compiler: Compiler): void {
  let template: Template;
  beforeAll(async () => {
    template = await compile(compiler);
  }, LIMIT_MS);

  it('grants these roles, each on one resource, and no other', () => {
    expect(grantsOf(template)).toEqual(grants);
  });

  it('makes these resources and no other, so that nothing is granted by other means', () => {
    const made = declarationsIn(template).filter(({ type }) => type !== GRANT && type !== MODULE);
    expect(Object.fromEntries(made.map(({ path, type }) => [path, type]))).toEqual(others);
  });

  it('makes all of them but the vault and what the operator gets, which depend on that', () => {
    const given = "[not(empty(parameters('operatorPrincipalId')))]";
    const conditions = declarationsIn(template).flatMap((each) =>
      each.condition === undefined ? [] : [[each.path, inFull(each, each.condition)]],
    );
    expect(Object.fromEntries(conditions)).toEqual({
      vault: "[not(equals(parameters('partnerCenterSignIn'), 'federated-identity'))]",
      'serviceBus/roles/operatorAsks': given,
      'serviceBus/roles/operatorReads': given,
      'vault/operatorFillsIt': given,
    });
  });

  it('makes everything in the one resource group', () => {
    const modules = Object.values(template.resources).filter(({ type }) => type === MODULE);
    expect(modules).toHaveLength(7);
    for (const { resourceGroup } of modules) expect(resourceGroup).toBe(GROUP);
    const elsewhere = declarationsIn(template).filter(
      (each) => each.type === MODULE && each.path.includes('/') && 'resourceGroup' in each,
    );
    expect(elsewhere).toEqual([]);
    expect(JSON.stringify(template)).not.toMatch(/"(?:subscriptionId|managementGroup)":/);
  });

  it("calls no one the app but the app's own identity, and no one the operator but who was named", () => {
    const app = "[reference('identity').outputs.principalId.value]";
    expect(handed(template, 'principalId')).toEqual({
      'storage/': app,
      'serviceBus/': app,
      'serviceBus/roles/': "[parameters('principalId')]",
      'monitoring/': app,
      'vault/': app,
    });
    const operator = "[parameters('operatorPrincipalId')]";
    expect(handed(template, 'operatorPrincipalId')).toEqual({
      'serviceBus/': operator,
      'serviceBus/roles/': operator,
      'vault/': operator,
    });
    const identity = modulesOf(template).find(({ path }) => path === 'identity/');
    expect(identity?.template.outputs?.['principalId']?.value).toBe(
      "[reference('identity').principalId]",
    );
  });
}

function grantsOf(template: Template): Record<string, string> {
  const all = declarationsIn(template).filter(({ type }) => type === GRANT);
  return Object.fromEntries(
    all.map((grant) => {
      const { principalId, roleDefinitionId } = grant.properties as Record<string, string>;
      const who = principals[String(principalId)] ?? String(principalId);
      const role = roleOf(inFull(grant, roleDefinitionId));
      return [grant.path, `${who}: ${role} on ${scopeOf(grant.scope)}`];
    }),
  );
}

/** Its name, or the whole expression where it is not one of the roles that may be granted. */
function roleOf(id: string): string {
  const [, expression = id] =
    /^\[subscriptionResourceId\('Microsoft\.Authorization\/roleDefinitions', (.*)\)\]$/.exec(id) ??
    [];
  return expression.replaceAll(/'([\da-f-]{36})'/g, (guid, role: string) =>
    roleNames[role] === undefined ? guid : `'${roleNames[role]}'`,
  );
}

/** The type of the one resource, in this resource group; or what stands there instead. */
const scopeOf = (scope = 'everything'): string =>
  /^\[resourceId\('([\w./]+)', /.exec(scope)?.[1] ?? scope;
