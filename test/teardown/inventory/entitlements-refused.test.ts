import { describe, expect, it } from 'vitest';
import {
  ASK_AGAIN_AFTER_MS,
  skipRefusedEntitlements,
} from '../../../src/teardown/inventory/entitlements-refused.ts';
import { takeInventory } from '../../../src/teardown/inventory/inventory.ts';
import type { Log } from '../../../src/teardown/log/log.ts';
import { PartnerCenterError } from '../../../src/teardown/model/partner-center-error.ts';
import { customer, entitlement } from '../builders.ts';

const error = (code: string) =>
  new PartnerCenterError({
    operation: 'list-entitlements',
    status: 403,
    code,
    description: 'No.',
    body: '',
  });

/** One instance whose every check reads through a new reader. */
function instance() {
  const state: { nowMs: number; asked: number; answer: PartnerCenterError | undefined } = {
    nowMs: 0,
    asked: 0,
    answer: error('900329'),
  };
  const warnings: string[] = [];
  const words: unknown[] = [];
  const log: Log = (event, fields) => {
    warnings.push(event);
    words.push(fields);
  };
  const skipRefused = skipRefusedEntitlements(() => state.nowMs);
  const aCheck = () => {
    const reader = skipRefused(
      {
        signedInTenant: async () => undefined,
        organizationDomain: async () => undefined,
        listCustomers: async () => [],
        getCustomer: async () => customer,
        async listEntitlements() {
          state.asked += 1;
          if (state.answer !== undefined) throw state.answer;
          return [entitlement()];
        },
        listOrders: async () => [],
        listSubscriptions: async () => [],
        listAzureEntitlements: async () => [],
      },
      log,
    );
    return takeInventory(reader, customer);
  };
  return { state, warnings, words, aCheck };
}

describe('entitlements that the credentials may not read', () => {
  it('are skipped, requested once, and logged once', async () => {
    const { state, warnings, aCheck } = instance();
    for (let checks = 0; checks < 5; checks += 1) {
      expect((await aCheck()).entitlements).toBeUndefined();
    }
    expect(state.asked).toBe(1);
    expect(warnings).toEqual(['entitlements-refused']);
  });

  it('are logged with the answer, and requested again after an hour', async () => {
    const { words, aCheck } = instance();
    await aCheck();
    expect(words).toEqual([{ why: 'Partner Center refused list-entitlements (403/900329): No.' }]);
    expect(ASK_AGAIN_AFTER_MS).toBe(3_600_000);
  });

  it('are not requested a moment before that', async () => {
    const { state, aCheck } = instance();
    await aCheck();
    state.nowMs = ASK_AGAIN_AFTER_MS - 1;
    await aCheck();
    expect(state.asked).toBe(1);
  });

  it('are requested again after an hour, and read if that is allowed by then', async () => {
    const { state, warnings, aCheck } = instance();
    await aCheck();
    state.nowMs = ASK_AGAIN_AFTER_MS;
    await aCheck();
    expect([state.asked, warnings.length]).toEqual([2, 1]);
    state.nowMs += ASK_AGAIN_AFTER_MS;
    state.answer = undefined;
    expect((await aCheck()).entitlements).toHaveLength(1);
    expect((await aCheck()).entitlements).toHaveLength(1);
    expect(state.asked).toBe(4);
  });

  it('are requested each time where another error occurred', async () => {
    const { state, warnings, aCheck } = instance();
    state.answer = error('20002');
    await expect(aCheck()).rejects.toThrow('20002');
    await expect(aCheck()).rejects.toThrow('20002');
    expect([state.asked, warnings.length]).toEqual([2, 0]);
  });
});
