import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/teardown/guards/guard.ts';
import { firstRejection } from '../../../src/teardown/guards/guards.ts';
import type { Check } from '../../../src/teardown/model/check.ts';
import type { Customer } from '../../../src/teardown/model/purchases.ts';
import { aCheck, CUSTOMER_ID, customer, inventory, NOW_MS } from '../builders.ts';

const SWEEPS = 'sweep-20261122T0200Z-11111111-2222-3333-4444-555555555555';
const ofASweep = (more: Partial<Check> = {}): Check =>
  aCheck({
    teardownId: SWEEPS,
    request: { customerTenantId: CUSTOMER_ID, requestedBy: 'nightlySweep' },
    ...more,
  });
const endOf = (
  at: Check,
  sweepRules?: Facts['sweepRules'],
  read: () => Promise<Customer> = async () => customer,
) =>
  firstRejection(at, {
    nowMs: NOW_MS,
    mode: 'enforce',
    protections: [],
    ...(sweepRules && { sweepRules }),
    sandboxObjection: async () => undefined,
    customer: read,
    inventory: async () => inventory(),
  });
const rules = (...include: string[]) => ({ include, maxCustomers: 25 });
const gone = { kind: 'skipped', reason: 'no-longer-included' };
const unread = () => Promise.reject(new Error('must not be read'));

describe("a sweep's request", () => {
  it.each(['*', '*.onmicrosoft.com', 'CONTOSO.onmicrosoft.com.', CUSTOMER_ID.toUpperCase()])(
    'goes on while "%s" includes the customer',
    async (rule) => {
      expect(await endOf(ofASweep(), rules('*.nobody.example', rule))).toBeUndefined();
    },
  );

  it.each([
    ['the rules are empty', rules(), 'SWEEP_INCLUDE is empty now.'],
    ['there are none', undefined, 'SWEEP_INCLUDE is empty now.'],
    ['the cap is none', { include: ['*'], maxCustomers: 0 }, 'SWEEP_MAX_CUSTOMERS is 0'],
  ])('ends as no longer included once %s, without a read', async (_when, now, why) => {
    expect(await endOf(ofASweep(), now, unread)).toMatchObject({
      ...gone,
      explanation: expect.stringContaining(why),
    });
  });

  it('ends as no longer included once no rule includes the customer', async () => {
    expect(
      await endOf(ofASweep(), rules('*.test.example', '99999999-2222-3333-4444-555555555555')),
    ).toEqual({
      ...gone,
      explanation:
        'A sweep requested this customer, and its rules have changed since: No rule of SWEEP_INCLUDE includes it any more (its domain is contoso.onmicrosoft.com).',
      nextStep:
        'If the rules were changed on purpose, there is nothing to do. Otherwise correct SWEEP_INCLUDE or SWEEP_MAX_CUSTOMERS; the next sweep requests the customer again.',
    });
  });

  it('ends so where the domain is no longer known', async () => {
    const nameless = async () => ({ id: CUSTOMER_ID });
    expect(await endOf(ofASweep(), rules('*'), nameless)).toMatchObject({
      ...gone,
      explanation: expect.stringContaining('(its domain is unknown)'),
    });
  });

  it('goes on by the id alone, without a read', async () => {
    expect(await endOf(ofASweep(), rules(CUSTOMER_ID), unread)).toBeUndefined();
  });

  it('is checked so in every later check too', async () => {
    expect(await endOf(ofASweep({ begun: true, attempt: 3 }), rules())).toMatchObject(gone);
  });
});

describe('another request', () => {
  it.each([
    ['under another name', { teardownId: 'pipeline-12' }],
    [
      "under a sweep's name",
      { request: { customerTenantId: CUSTOMER_ID, requestedBy: 'pipeline 12' } },
    ],
  ])('%s has nothing to do with the rules of the sweep', async (_how, more) => {
    expect(await endOf(ofASweep(more), rules(), unread)).toBeUndefined();
  });
});
