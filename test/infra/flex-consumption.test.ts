import { describe, expect, it } from 'vitest';
import { deployments, ofType, theOnly } from './snapshots.ts';

/**
 * What Flex Consumption refuses, or replaces by functionAppConfig; it ends a deployment. Source: "Flex Consumption plan
 * deprecations" of the app settings reference; the same list in Azure/azure-cli, `az functionapp flex-migration`.
 */
const refusedSettings = [
  'ENABLE_ORYX_BUILD',
  'FUNCTIONS_EXTENSION_VERSION',
  'FUNCTIONS_MAX_HTTP_CONCURRENCY',
  'FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED',
  'FUNCTIONS_WORKER_PROCESS_COUNT',
  'FUNCTIONS_WORKER_RUNTIME',
  'FUNCTIONS_WORKER_RUNTIME_VERSION',
  'SCM_DO_BUILD_DURING_DEPLOYMENT',
  'WEBSITE_CONTENTAZUREFILECONNECTIONSTRING',
  'WEBSITE_CONTENTOVERVNET',
  'WEBSITE_CONTENTSHARE',
  'WEBSITE_DNS_SERVER',
  'WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT',
  'WEBSITE_NODE_DEFAULT_VERSION',
  'WEBSITE_RUN_FROM_PACKAGE',
  'WEBSITE_SKIP_CONTENTSHARE_VALIDATION',
  'WEBSITE_VNET_ROUTE_ALL',
];

/**
 * What `maximumInstanceCount` may be. Sources: "Flex Consumption plan", Considerations, for both; that fewer than 40 are a
 * preview of some regions: Azure/azure-functions-host#10523.
 */
const LOWEST_EVERYWHERE = 40;
const HIGHEST = 1_000;

describe.each(deployments)('the deployment "$name"', ({ resources }) => {
  const site = theOnly(resources, 'Microsoft.Web/sites').properties ?? {};
  const settings = theOnly(resources, 'Microsoft.Web/sites/config').properties ?? {};
  const { deployment, scaleAndConcurrency } = site['functionAppConfig'] as {
    deployment: { storage: { value: string } };
    scaleAndConcurrency: { maximumInstanceCount: number };
  };

  it('sets nothing of the site that Flex Consumption refuses: linuxFxVersion, alwaysOn, ftpsState', () => {
    expect(Object.keys(site['siteConfig'] as object)).toEqual([
      'minTlsVersion',
      'scmMinTlsVersion',
    ]);
    expect(Object.keys(site).toSorted()).toEqual([
      'functionAppConfig',
      'httpsOnly',
      'keyVaultReferenceIdentity',
      'publicNetworkAccess',
      'serverFarmId',
      'siteConfig',
    ]);
  });

  it('has no setting that Flex Consumption refuses', () => {
    const names = Object.keys(settings).map((name) => name.toUpperCase());
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => refusedSettings.includes(name))).toEqual([]);
  });

  it('may have as many instances as every region allows: below 40 is a preview of some', () => {
    const { maximumInstanceCount } = scaleAndConcurrency;
    expect(maximumInstanceCount).toBeGreaterThanOrEqual(LOWEST_EVERYWHERE);
    expect(maximumInstanceCount).toBeLessThanOrEqual(HIGHEST);
  });

  it('keeps no instance ready: it costs nothing while no message is due', () => {
    expect(Object.keys(scaleAndConcurrency).toSorted()).toEqual([
      'instanceMemoryMB',
      'maximumInstanceCount',
    ]);
  });

  it('is deployed from a container that no one can read without a role', () => {
    const container = theOnly(
      resources,
      'Microsoft.Storage/storageAccounts/blobServices/containers',
    );
    expect(container.properties).toEqual({ publicAccess: 'None' });
    const name = container.name.split('/').at(-1);
    expect(deployment.storage.value).toContain(`.primaryEndpoints.blob, '${name}')]`);
  });

  it('keeps its log as long as that is free, and a deleted vault as briefly as possible', () => {
    const { properties } = theOnly(resources, 'Microsoft.OperationalInsights/workspaces');
    expect(properties).toMatchObject({ sku: { name: 'PerGB2018' }, retentionInDays: 30 });
    for (const vault of ofType(resources, 'Microsoft.KeyVault/vaults')) {
      expect(vault.properties).toMatchObject({
        enableSoftDelete: true,
        softDeleteRetentionInDays: 7,
      });
      expect(vault.properties).not.toHaveProperty('enablePurgeProtection');
    }
  });
});
