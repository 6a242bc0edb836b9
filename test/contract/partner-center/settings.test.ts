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

describe('the contract suite', () => {
  test('runs against the simulated sandbox unless told otherwise', () => {
    expect(readTarget({ PATH: '/bin' })).toEqual({ kind: 'simulated' });
    expect(describeTarget({ kind: 'simulated' })).toContain('simulated');
  });

  test('runs read-only against a real one that is named completely', () => {
    const target = readTarget(complete);
    expect(target).toMatchObject({ kind: 'real', tenantId: TENANT, customerId: CUSTOMER });
    expect(target).not.toHaveProperty('writesCustomerId');
    expect(describeTarget(target)).toMatch(/real tenant .*, read-only\.$/);
    expect(describeTarget(target)).not.toContain('secret');
  });

  test.each(['test', 'unit'])('goes nowhere among all tests (npm run %s)', (script) => {
    const among = { npm_lifecycle_event: script };
    expect(() => readTarget({ ...complete, ...among })).toThrow(/by itself: npx vitest run test/);
    expect(readTarget(among)).toEqual({ kind: 'simulated' });
    expect(readTarget({ ...complete, npm_lifecycle_event: 'npx' }).kind).toBe('real');
  });

  test('writes only to a customer that is named for it', () => {
    const target = readTarget({ ...complete, PARTNER_CENTER_CONTRACT_WRITES: CUSTOMER });
    expect(target).toMatchObject({ writesCustomerId: CUSTOMER });
    expect(describeTarget(target)).toContain(`WRITING to customer ${CUSTOMER}`);
  });

  test.each(Object.keys(complete))('goes nowhere when only %s is missing', (name) => {
    expect(() => readTarget({ ...complete, [name]: ' ' })).toThrow(name);
  });

  test('goes nowhere when only a customer to write to is named, or an id is none', () => {
    expect(() => readTarget({ PARTNER_CENTER_CONTRACT_WRITES: CUSTOMER })).toThrow(/TENANT/);
    expect(() => readTarget({ ...complete, PARTNER_CENTER_CONTRACT_WRITES: 'all' })).toThrow(
      /WRITES/,
    );
  });

  test('takes the cloud, a refresh token and leave to use up the requests of a minute', () => {
    const target = readTarget({
      ...complete,
      PARTNER_CENTER_CONTRACT_CLOUD: 'china',
      PARTNER_CENTER_CONTRACT_REFRESH_TOKEN: 'hush',
      PARTNER_CENTER_CONTRACT_THROTTLE: 'yes',
    });
    expect(target).toMatchObject({ cloud: 'china', refreshToken: 'hush', mayThrottle: true });
    expect(describeTarget(target)).toContain('(china, App+User), read-only');
    expect(describeTarget(target)).not.toContain('hush');
    const usual = readTarget(complete);
    expect(usual).toMatchObject({ cloud: 'global', mayThrottle: false });
    expect(usual).not.toHaveProperty('refreshToken');
  });

  test.each([
    ['CLOUD', 'mars'],
    ['THROTTLE', 'perhaps'],
  ])('goes nowhere when %s is %s, or stands alone', (name, value) => {
    const variable = `PARTNER_CENTER_CONTRACT_${name}`;
    expect(() => readTarget({ ...complete, [variable]: value })).toThrow(variable);
    expect(() => readTarget({ [variable]: value })).toThrow(/TENANT/);
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
