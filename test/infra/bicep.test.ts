import { beforeAll, describe, expect, it } from 'vitest';
import * as check from '../../scripts/infra/check.ts';
import { type Compiler, findCompiler } from '../../scripts/infra/compiler.ts';

// The real compiler; about fifteen seconds. By hand, with what to mend: npm run infra

const LIMIT_MS = 60_000;

const bicep = await findCompiler();

if (typeof bicep !== 'string') {
  describe(`the infrastructure, by Bicep ${bicep.version}`, () => checkedBy(bicep));
} else if (process.env['CI'] === 'true') {
  it('the infrastructure is checked', () => expect.fail(bicep));
} else {
  console.warn(`The infrastructure was NOT CHECKED. ${bicep}`);
  it.skip(`the infrastructure was NOT CHECKED: ${bicep}`, () => {});
}

function checkedBy(compiler: Compiler): void {
  let built = { template: '', objections: '' };
  beforeAll(async () => {
    built = await check.build(compiler);
  }, LIMIT_MS);

  it('builds without a warning', () => {
    expect(built.objections).toBe('');
  });

  it('has nothing that any rule of the linter objects to', { timeout: LIMIT_MS }, async () => {
    expect(await check.lint(compiler)).toBe('');
  });

  it('is formatted', { timeout: LIMIT_MS }, async () => {
    expect(await check.unformatted(compiler)).toEqual([]);
  });

  it.each(check.snapshots)(
    'does what the snapshot "%s" shows, resource by resource',
    { timeout: LIMIT_MS },
    async (name) => {
      expect(await check.compareSnapshot(compiler, name)).toBe('');
    },
  );

  it('gives no secret out, and asks Azure for none', () => {
    expect(built.template).not.toMatch(/\blist(?:Keys|Secrets|ConnectionStrings|\w*Sas)?\(/i);
    expect(built.template).not.toMatch(/AccountKey|SharedAccessKey|"secure(?:string|object)"/i);
  });

  it('names the environment variable that is missing', { timeout: LIMIT_MS }, async () => {
    const ran = await check.buildParameters(compiler, { AZURE_LOCATION: 'westeurope' });
    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toContain('"SANDBOX_TENANT_ID" does not exist');
  });

  it('refuses a mode that there is not', { timeout: LIMIT_MS }, async () => {
    const ran = await check.buildParameters(compiler, { ...required, TEARDOWN_MODE: 'enforced' });
    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toContain("of type \"'dry-run' | 'enforce' | 'off'\"");
  });

  it('takes its parameters from the environment of azd', { timeout: LIMIT_MS }, async () => {
    const ran = await check.buildParameters(compiler, {
      ...required,
      SWEEP_INCLUDE: '*.onmicrosoft.com,*.example.com',
      SWEEP_MOST_CUSTOMERS: '0',
      PROTECTED_CUSTOMERS: '[{"customer":"*.keep.com","owner":"somebody"}]',
      // A pipeline hands on what is not set as empty.
      TEARDOWN_MODE: '',
      MAXIMUM_INSTANCE_COUNT: '',
      INSTANCE_MEMORY_MB: '',
      MORE_SETTINGS: '',
    });
    expect(ran.stderr).toBe('');
    expect(parametersIn(ran.stdout)).toMatchObject({
      environmentName: { value: 'nightly' },
      teardownMode: { value: 'dry-run' },
      partnerCenterSignIn: { value: 'federated-identity' },
      sweepInclude: { value: ['*.onmicrosoft.com', '*.example.com'] },
      sweepMostCustomers: { value: 0 },
      protectedCustomers: { value: [{ customer: '*.keep.com', owner: 'somebody' }] },
      maximumInstanceCount: { value: 2 },
      instanceMemoryMB: { value: 512 },
      moreSettings: { value: {} },
    });
  });

  it('takes every value of the environment that is not its default', {
    timeout: LIMIT_MS,
  }, async () => {
    const ran = await check.buildParameters(compiler, { ...required, ...chosen });
    expect(ran.stderr).toBe('');
    expect(parametersIn(ran.stdout)).toMatchObject({
      teardownMode: { value: 'enforce' },
      partnerCenterCloud: { value: 'us-government' },
      partnerCenterSignIn: { value: 'client-certificate' },
      sweepSchedule: { value: '0 30 1 * * *' },
      maximumInstanceCount: { value: 12 },
      instanceMemoryMB: { value: 2048 },
      logQuotaGb: { value: 3 },
      alertEmail: { value: 'somebody@contoso.com' },
      moreSettings: { value: { SWEEP_GRACE: 'PT12H' } },
    });
  });

  it.each([
    ['INSTANCE_MEMORY_MB', '4096', 'does not contain property "4096"'],
    ['MORE_SETTINGS', '{"PARTNER_CENTER_CLIENT_SECRET":"s3cret"}', 'is not allowed on objects'],
    ['MORE_SETTINGS', '{"DEAD_LETTER_SCHEDULE":"0 0 * * * *"}', 'is not allowed on objects'],
  ])('refuses %s=%s', { timeout: LIMIT_MS }, async (name, value, why) => {
    const ran = await check.buildParameters(compiler, { ...required, [name]: value });
    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toContain(why);
    expect(ran.stdout + ran.stderr).not.toContain('s3cret');
  });
}

/** What has no default. */
const required = {
  AZURE_ENV_NAME: 'nightly',
  AZURE_LOCATION: 'westeurope',
  SANDBOX_TENANT_ID: '11111111-1111-1111-1111-111111111111',
  PARTNER_CENTER_CLIENT_ID: '22222222-2222-2222-2222-222222222222',
};

/** What has one, and another value. */
const chosen = {
  TEARDOWN_MODE: 'enforce',
  PARTNER_CENTER_CLOUD: 'us-government',
  PARTNER_CENTER_SIGN_IN: 'client-certificate',
  SWEEP_SCHEDULE: '0 30 1 * * *',
  MAXIMUM_INSTANCE_COUNT: '12',
  INSTANCE_MEMORY_MB: '2048',
  LOG_QUOTA_GB: '3',
  ALERT_EMAIL: 'somebody@contoso.com',
  MORE_SETTINGS: '{"SWEEP_GRACE":"PT12H"}',
};

function parametersIn(stdout: string): unknown {
  const { parametersJson } = JSON.parse(stdout) as { parametersJson: string };
  return (JSON.parse(parametersJson) as { parameters: unknown }).parameters;
}
