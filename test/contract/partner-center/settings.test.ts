import { describe, expect, test } from 'vitest';
import { describeTarget, readTarget, requireTenant } from './settings.ts';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000000';
const CUSTOMER = 'bbbbbbbb-0000-4000-8000-000000000000';
const complete = {
  PARTNER_CENTER_CONTRACT_TENANT: TENANT.toUpperCase(),
  PARTNER_CENTER_CONTRACT_CLIENT_ID: 'client',
  PARTNER_CENTER_CONTRACT_CLIENT_SECRET: 'secret',
  PARTNER_CENTER_CONTRACT_CUSTOMER: CUSTOMER,
};

/** Read where the command names the suite. */
const readTargetOf = (environment: Readonly<Record<string, string>>) =>
  readTarget(environment, ['test/contract/partner-center']);

describe('the contract suite', () => {
  test('runs against the simulated sandbox by default', () => {
    expect(readTargetOf({ PATH: '/bin' })).toEqual({ kind: 'simulated' });
    expect(describeTarget({ kind: 'simulated' })).toMatch(/simulated sandbox\.$/);
  });

  test('runs read-only against a real account with complete settings', () => {
    const target = readTargetOf(complete);
    expect(target).toMatchObject({ kind: 'real', tenantId: TENANT, customerId: CUSTOMER });
    expect(target).not.toHaveProperty('writesCustomerId');
    expect(describeTarget(target)).toMatch(/real tenant .*, read-only\.$/);
    expect(describeTarget(target)).not.toContain('secret');
  });

  test.each([
    ['completely', complete],
    ['half', { PARTNER_CENTER_CONTRACT_WRITES: CUSTOMER }],
  ])(
    'ignores a real account that is named %s, unless the command names the suite',
    (_how, environment) => {
      for (const named of [[], ['test/contract/service-bus'] as const]) {
        const target = readTarget(environment, named);
        expect(target.kind).toBe('simulated');
        expect(describeTarget(target)).toMatch(
          /simulated sandbox\. PARTNER_CENTER_CONTRACT_\* is ignored, .*: npx vitest run test\/contract\/partner-center$/,
        );
      }
    },
  );

  test('writes only to a customer that is named for it', () => {
    const target = readTargetOf({ ...complete, PARTNER_CENTER_CONTRACT_WRITES: CUSTOMER });
    expect(target).toMatchObject({ writesCustomerId: CUSTOMER });
    expect(describeTarget(target)).toContain(`WRITING to customer ${CUSTOMER}`);
  });

  test.each(Object.keys(complete))('goes nowhere when only %s is missing', (name) => {
    expect(() => readTargetOf({ ...complete, [name]: ' ' })).toThrow(name);
  });

  test('runs nowhere when only a customer is named, or an id is invalid', () => {
    expect(() => readTargetOf({ PARTNER_CENTER_CONTRACT_WRITES: CUSTOMER })).toThrow(/TENANT/);
    expect(() => readTargetOf({ ...complete, PARTNER_CENTER_CONTRACT_WRITES: 'all' })).toThrow(
      /WRITES/,
    );
  });

  test("reads the cloud, a refresh token and the permission to use up a minute's requests", () => {
    const target = readTargetOf({
      ...complete,
      PARTNER_CENTER_CONTRACT_CLOUD: 'china',
      PARTNER_CENTER_CONTRACT_REFRESH_TOKEN: 'hush',
      PARTNER_CENTER_CONTRACT_THROTTLE: 'yes',
    });
    expect(target).toMatchObject({ cloud: 'china', refreshToken: 'hush', mayThrottle: true });
    expect(describeTarget(target)).toContain('(china, App+User), read-only');
    expect(describeTarget(target)).not.toContain('hush');
    const usual = readTargetOf(complete);
    expect(usual).toMatchObject({ cloud: 'global', mayThrottle: false });
    expect(usual).not.toHaveProperty('refreshToken');
  });

  test.each([
    ['CLOUD', 'mars'],
    ['THROTTLE', 'perhaps'],
  ])('runs nowhere when %s is %s, or is set alone', (name, value) => {
    const variable = `PARTNER_CENTER_CONTRACT_${name}`;
    expect(() => readTargetOf({ ...complete, [variable]: value })).toThrow(variable);
    expect(() => readTargetOf({ [variable]: value })).toThrow(/TENANT/);
  });

  test('stops with a token of another tenant, or without a token', () => {
    const token = (claims: object) =>
      `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
    expect(() => requireTenant(token({ tid: TENANT.toUpperCase() }), TENANT)).not.toThrow();
    expect(() => requireTenant(token({ tid: CUSTOMER }), TENANT)).toThrow(CUSTOMER);
    expect(() => requireTenant(token({}), TENANT)).toThrow(/unknown/);
    expect(() => requireTenant('', TENANT)).toThrow(/unknown/);
  });
});
