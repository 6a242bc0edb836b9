import { beforeAll, expect, it } from 'vitest';
import type { Compiler } from '../../scripts/infra/compiler.ts';
import { isExpression } from './arm-expression.ts';
import { decisionsOf } from './decisions.ts';
import { namesIn, settingsIn } from './settings-in-template.ts';
import { compile, declarationsIn, declared, handed, type Template } from './template.ts';
import { LIMIT_MS, withCompiler } from './with-compiler.ts';

// The snapshots show three deployments. What a region, a name or a cloud would decide in a fourth stands in the template.

/** What is safe, of every resource of a type: a value as it is, which no expression can change. */
const safe: Readonly<Record<string, object>> = {
  'Microsoft.ServiceBus/namespaces': { disableLocalAuth: true, minimumTlsVersion: '1.2' },
  'Microsoft.Storage/storageAccounts': {
    allowBlobPublicAccess: false,
    allowCrossTenantReplication: false,
    allowSharedKeyAccess: false,
    defaultToOAuthAuthentication: true,
    minimumTlsVersion: 'TLS1_2',
    supportsHttpsTrafficOnly: true,
  },
  'Microsoft.Storage/storageAccounts/blobServices/containers': { publicAccess: 'None' },
  'Microsoft.Web/sites': {
    httpsOnly: true,
    siteConfig: { minTlsVersion: '1.2', scmMinTlsVersion: '1.2' },
  },
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': { allow: false },
  'Microsoft.Insights/components': { DisableLocalAuth: true },
  'Microsoft.OperationalInsights/workspaces': {
    features: { disableLocalAuth: true },
    retentionInDays: 30,
  },
  'Microsoft.KeyVault/vaults': {
    enableRbacAuthorization: true,
    enableSoftDelete: true,
    softDeleteRetentionInDays: 7,
  },
};

/** Names of properties that open or close something, wherever they stand. */
const OPENS = /auth|sharedKey|tls|https|^public|^allow|^bypass$|^defaultAction$|^enable(?!d$)/i;

await withCompiler('whatever the parameters are, what is decided', ofTheTemplate);

function ofTheTemplate(compiler: Compiler): void {
  let template: Template;
  beforeAll(async () => {
    template = await compile(compiler);
  }, LIMIT_MS);

  it.each(Object.entries(safe))('is nothing that makes %s less safe', (type, properties) => {
    const all = declarationsIn(template).filter((each) => each.type === type);
    expect(all.length).toBeGreaterThan(0);
    for (const each of all) expect(each.properties).toMatchObject(properties);
  });

  it('is no property that opens or closes something', () => {
    const byExpression = declarationsIn(template).flatMap(({ path, type, properties }) =>
      type === 'Microsoft.Resources/deployments' ? [] : openedIn(properties, path),
    );
    expect(byExpression).toEqual([]);
  });

  it('is what the app may do: the parameter, and nothing besides', () => {
    const [more, own, ...forSigningIn] = settingsIn(handed(template, 'settings')['app/']);
    // Where a name stands twice, the last one counts.
    expect(more).toBe("parameters('moreSettings')");
    expect(own).toEqual({
      TEARDOWN_MODE: "parameters('teardownMode')",
      SANDBOX_TENANT_ID: "parameters('sandboxTenantId')",
      DENIED_TENANT_IDS: "join(parameters('deniedTenantIds'), ',')",
      PROTECTED_CUSTOMERS: "string(parameters('protectedCustomers'))",
      PARTNER_CENTER_CLOUD: "parameters('partnerCenterCloud')",
      PARTNER_CENTER_CLIENT_ID: "parameters('partnerCenterClientId')",
      PARTNER_CENTER_SIGN_IN: "parameters('partnerCenterSignIn')",
      PARTNER_CENTER_IDENTITY_CLIENT_ID: "reference('identity').outputs.clientId.value",
      SWEEP_INCLUDE: "join(parameters('sweepInclude'), ',')",
      SWEEP_SCHEDULE: "parameters('sweepSchedule')",
      SWEEP_MAX_CUSTOMERS: "string(parameters('sweepMaxCustomers'))",
    });
    expect(forSigningIn.map(namesIn)).toEqual([
      ['PARTNER_CENTER_CERTIFICATE_SECRET'],
      ['PARTNER_CENTER_REFRESH_TOKEN_SECRET'],
    ]);

    const [settings, ofTheHost, ...storage] = settingsIn(
      declared(template, 'app/app::configuration').properties,
    );
    expect(settings).toBe("parameters('settings')");
    expect([...namesIn(ofTheHost), ...storage.flatMap(namesIn)]).toEqual(hostSettings);
  });

  it('is how far it may go: each bound is the parameter as it is', () => {
    const app = (name: string) => ({ 'app/': `[parameters('${name}')]` });
    expect(handed(template, 'maximumInstanceCount')).toEqual(app('maximumInstanceCount'));
    expect(handed(template, 'instanceMemoryMB')).toMatchObject(app('instanceMemoryMB'));
    expect(handed(template, 'dailyQuotaGb')).toEqual({
      'monitoring/': "[parameters('logQuotaGb')]",
    });
    expect(declared(template, 'monitoring/workspace').properties).toMatchObject({
      workspaceCapping: { dailyQuotaGb: "[parameters('dailyQuotaGb')]" },
    });
    expect(declared(template, 'app/app').properties).toMatchObject({
      functionAppConfig: {
        scaleAndConcurrency: {
          maximumInstanceCount: "[parameters('maximumInstanceCount')]",
          instanceMemoryMB: "[parameters('instanceMemoryMB')]",
        },
      },
    });
  });

  it('is this, and nothing else', () => {
    expect(decisionsOf(template)).toEqual(decisions);
  });
}

/** Those of the Functions host, by which it finds its storage, Service Bus and telemetry. */
const hostSettings = [
  'AzureWebJobsStorage__blobServiceUri',
  'AzureWebJobsStorage__credential',
  'AzureWebJobsStorage__clientId',
  'ServiceBusConnection__fullyQualifiedNamespace',
  'ServiceBusConnection__credential',
  'ServiceBusConnection__clientId',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
  'AzureWebJobsStorage__accountName',
];

/** Everything that depends on something, by the module that says so. */
const decisions: Readonly<Record<string, readonly string[]>> = {
  '': [
    "and(not(empty(parameters('sweepInclude'))), endsWith(parameters('sweepSchedule'), ' * * *'))",
    "equals(parameters('partnerCenterSignIn'), 'app-and-user')",
    "equals(parameters('partnerCenterSignIn'), 'client-certificate')",
    "not(equals(parameters('partnerCenterSignIn'), 'federated-identity'))",
    "variables('clouds')[parameters('partnerCenterCloud')].findsBlobsByName",
    "variables('clouds')[parameters('partnerCenterCloud')].tokenExchangeAudience",
    "variables('hasVault')",
  ],
  'alerts/': ["empty(parameters('email'))"],
  'app/': ["empty(parameters('blobsAccountName'))"],
  'serviceBus/roles/': ["not(empty(parameters('operatorPrincipalId')))"],
  'vault/': [
    "equals(parameters('partnerCenterSignIn'), 'app-and-user')",
    "not(empty(parameters('operatorPrincipalId')))",
  ],
};

/** The properties below that open or close something, and are an expression. */
function openedIn(value: unknown, path: string): readonly string[] {
  if (typeof value === 'string') {
    const name = path.slice(path.lastIndexOf('.') + 1);
    return isExpression(value) && OPENS.test(name) ? [`${path}: ${value}`] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => openedIn(each, `${path}.${name}`));
}
