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
  test('runs against the simulated sandbox unless told otherwise', () => {
    expect(readTargetOf({ PATH: '/bin' })).toEqual({ kind: 'simulated' });
    expect(describeTarget({ kind: 'simulated' })).toMatch(/simulated sandbox\.$/);
  });

  test('runs read-only against a real one that is named completely', () => {
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
    'leaves a real one alone that is named %s, unless the command names the suite',
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

  test('goes nowhere when only a customer to write to is named, or an id is none', () => {
    expect(() => readTargetOf({ PARTNER_CENTER_CONTRACT_WRITES: CUSTOMER })).toThrow(/TENANT/);
    expect(() => readTargetOf({ ...complete, PARTNER_CENTER_CONTRACT_WRITES: 'all' })).toThrow(
      /WRITES/,
    );
  });

  test('takes the cloud, a refresh token and leave to use up the requests of a minute', () => {
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
  ])('goes nowhere when %s is %s, or stands alone', (name, value) => {
    const variable = `PARTNER_CENTER_CONTRACT_${name}`;
    expect(() => readTargetOf({ ...complete, [variable]: value })).toThrow(variable);
    expect(() => readTargetOf({ [variable]: value })).toThrow(/TENANT/);
  });

  test('goes no further with a token of another tenant, or with none', () => {
    const token = (claims: object) =>
      `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
    expect(() => requireTenant(token({ tid: TENANT.toUpperCase() }), TENANT)).not.toThrow();
    expect(() => requireTenant(token({ tid: CUSTOMER }), TENANT)).toThrow(CUSTOMER);
    expect(() => requireTenant(token({}), TENANT)).toThrow(/unknown/);
    expect(() => requireTenant('', TENANT)).toThrow(/unknown/);
  });
});
