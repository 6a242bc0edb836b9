import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import * as check from '../../scripts/infra/check.ts';
import type { Compiler } from '../../scripts/infra/compiler.ts';
import { defaults } from './default-parameters.ts';
import { LIMIT_MS, withCompiler } from './with-compiler.ts';

/** What has no default. */
const required = {
  AZURE_ENV_NAME: 'nightly',
  AZURE_LOCATION: 'westeurope',
  SANDBOX_TENANT_ID: '11111111-1111-1111-1111-111111111111',
  PARTNER_CENTER_CLIENT_ID: '22222222-2222-2222-2222-222222222222',
};

/** What has one, and another value. */
const chosen = {
  AZURE_PRINCIPAL_ID: '33333333-3333-3333-3333-333333333333',
  TEARDOWN_MODE: 'enforce',
  DENIED_TENANT_IDS: '44444444-4444-4444-4444-444444444444,55555555-5555-5555-5555-555555555555',
  PROTECTED_CUSTOMERS:
    '[{"customer":"*.keep.com","owner":"somebody"},{"customer":"*.demo.com","owner":"sales"}]',
  PARTNER_CENTER_CLOUD: 'us-government',
  PARTNER_CENTER_SIGN_IN: 'client-certificate',
  SWEEP_INCLUDE: '*.onmicrosoft.com,*.example.com',
  SWEEP_SCHEDULE: '0 30 1 * * *',
  SWEEP_MAX_CUSTOMERS: '0',
  MORE_SETTINGS: '{"SWEEP_GRACE":"PT12H"}',
  MAXIMUM_INSTANCE_COUNT: '1',
  INSTANCE_MEMORY_MB: '2048',
  ALERT_EMAIL: 'somebody@contoso.com',
  LOG_QUOTA_GB: '3',
};

await withCompiler('what azd hands on', fromTheEnvironment);

function fromTheEnvironment(compiler: Compiler): void {
  const built = async (environment: Readonly<Record<string, string>>) => {
    const ran = await check.buildParameters(compiler, environment);
    expect(ran.stderr).toBe('');
    return parametersIn(ran.stdout);
  };

  it('has its defaults', { timeout: LIMIT_MS }, async () => {
    expect(await built(required)).toEqual(defaults);
  });

  it('counts as its default where it is empty, as a pipeline hands on what is not set', {
    timeout: LIMIT_MS,
  }, async () => {
    const empty = Object.fromEntries(Object.keys(chosen).map((name) => [name, '']));
    expect(await built({ ...required, ...empty })).toEqual(defaults);
  });

  it('is taken as a whole', { timeout: LIMIT_MS }, async () => {
    expect(await built({ ...required, ...chosen })).toEqual({
      ...defaults,
      operatorPrincipalId: '33333333-3333-3333-3333-333333333333',
      teardownMode: 'enforce',
      deniedTenantIds: [
        '44444444-4444-4444-4444-444444444444',
        '55555555-5555-5555-5555-555555555555',
      ],
      protectedCustomers: [
        { customer: '*.keep.com', owner: 'somebody' },
        { customer: '*.demo.com', owner: 'sales' },
      ],
      partnerCenterCloud: 'us-government',
      partnerCenterSignIn: 'client-certificate',
      sweepInclude: ['*.onmicrosoft.com', '*.example.com'],
      sweepSchedule: '0 30 1 * * *',
      sweepMaxCustomers: 0,
      moreSettings: { SWEEP_GRACE: 'PT12H' },
      maximumInstanceCount: 1,
      instanceMemoryMB: 2048,
      alertEmail: 'somebody@contoso.com',
      logQuotaGb: 3,
    });
  });

  it('is all tried here', async () => {
    const file = await readFile(new URL('../../infra/main.bicepparam', import.meta.url), 'utf8');
    const read = [...file.matchAll(/readEnvironmentVariable\('([A-Z_]+)'/g)].map(
      ([, name]) => name,
    );
    expect(read.toSorted()).toEqual(Object.keys({ ...required, ...chosen }).toSorted());
  });

  it('is named where it is missing', { timeout: LIMIT_MS }, async () => {
    const ran = await check.buildParameters(compiler, { AZURE_LOCATION: 'westeurope' });
    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toContain('"SANDBOX_TENANT_ID" does not exist');
  });

  it.each([
    ['TEARDOWN_MODE', 'enforced', "of type \"'dry-run' | 'enforce' | 'off'\""],
    ['INSTANCE_MEMORY_MB', '4096', 'does not contain property "4096"'],
    ['MORE_SETTINGS', '{"PARTNER_CENTER_CLIENT_SECRET":"s3cret"}', 'is not allowed on objects'],
    ['MORE_SETTINGS', '{"DEAD_LETTER_SCHEDULE":"0 0 * * * *"}', 'is not allowed on objects'],
    ['MORE_SETTINGS', '{"TEARDOWN_MODE":"enforce"}', 'is not allowed on objects'],
  ])('is refused: %s=%s', { timeout: LIMIT_MS }, async (name, value, why) => {
    const ran = await check.buildParameters(compiler, { ...required, [name]: value });
    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toContain(why);
    expect(ran.stdout + ran.stderr).not.toContain('s3cret');
  });
}

function parametersIn(stdout: string): Record<string, unknown> {
  const { parametersJson } = JSON.parse(stdout) as { parametersJson: string };
  const { parameters } = JSON.parse(parametersJson) as {
    parameters: Record<string, { readonly value: unknown }>;
  };
  return Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value]));
}
