import { describe, expect, it } from 'vitest';
import { dryRun } from '../../../src/teardown/execute/dry-run.ts';
import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import { LISTING_LAG_MS } from '../../../src/teardown/inventory/listing-lag.ts';
import { skipped } from '../../../src/teardown/model/outcome.ts';
import { decide } from '../../../src/teardown/release/decide.ts';
import { planFingerprint } from '../../../src/teardown/release/plan-items.ts';
import {
  aCheck,
  CUSTOMER_ID,
  course,
  inventory,
  line,
  NOW_MS,
  order,
  subscription,
} from '../builders.ts';

/** What a dry run says of a customer that can be released. */
async function planOf(held: Inventory, startedMs = NOW_MS) {
  const todo = decide(held, NOW_MS, startedMs);
  return dryRun(aCheck(), held, todo, course);
}

describe('a dry run', () => {
  it('lists every call of a teardown in its order, waits included, and the deletion last', async () => {
    const held = inventory({
      orders: [order()],
      subscriptions: [subscription({ productType: 'azure', orderId: 'order-2' })],
      azureEntitlements: [{ id: 'azure-1', planId: 'subscription-1', status: 'active' }],
    });
    const path = `/v1/customers/${CUSTOMER_ID}`;
    expect(await planOf(held)).toEqual({
      kind: 'planned',
      reason: 'dry-run',
      explanation: 'Dry run: a teardown would make 4 writing calls; this check made none.',
      calls: [
        `PATCH ${path}/orders/order-1 (status cancelled)`,
        `POST ${path}/subscriptions/subscription-1/azureEntitlements/azure-1/cancel`,
        `PATCH ${path}/subscriptions/subscription-1 (status suspended)`,
        `DELETE ${path}`,
      ],
      fingerprint: planFingerprint(held),
    });
  });

  it('does not plan a purchase that cannot be judged before the lists have settled', async () => {
    const held = inventory({
      orders: [order()],
      subscriptions: [subscription({ productType: 'x' })],
    });
    expect(await planOf(held)).toEqual({ kind: 'requeue' });
  });

  it('waits until the lists have settled for a purchase that is not listed yet', async () => {
    const orders = [order({ lines: [line({ subscriptionId: 'late' })] })];
    const held = inventory({ orders });
    expect(await planOf(held)).toEqual({ kind: 'requeue' });
    expect(await planOf(held, NOW_MS - LISTING_LAG_MS)).toMatchObject({ kind: 'planned' });
  });

  it('lists the calls for pending purchases too', async () => {
    const held = inventory({ orders: [order({ status: 'pending' })] });
    expect(await planOf(held)).toMatchObject({
      calls: [
        `PATCH /v1/customers/${CUSTOMER_ID}/orders/order-1 (status cancelled)`,
        `DELETE /v1/customers/${CUSTOMER_ID}`,
      ],
    });
  });

  it('asks the guards before it lists what it would do', async () => {
    const no = skipped('protected', 'Ada.');
    const asked = dryRun(
      aCheck(),
      inventory(),
      { kind: 'delete' },
      {
        ...course,
        objection: async () => no,
      },
    );
    expect(await asked).toBe(no);
  });

  it('reports a purchase that can never be released', async () => {
    const held = inventory({
      subscriptions: [subscription({ isTrial: true, autoRenewEnabled: true })],
    });
    expect(await planOf(held)).toMatchObject({ kind: 'parked', reason: 'trial' });
  });

  it('lists only the deletion of a customer that holds nothing', async () => {
    expect(await planOf(inventory())).toMatchObject({
      explanation: 'Dry run: a teardown would make 1 writing call; this check made none.',
      calls: [`DELETE /v1/customers/${CUSTOMER_ID}`],
    });
  });
});
