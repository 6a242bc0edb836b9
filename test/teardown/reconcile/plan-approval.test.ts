import { describe, expect, it } from 'vitest';
import { MAX_PLAN_ITEMS } from '../../../src/teardown/model/fingerprint.ts';
import { asReviewed } from '../../../src/teardown/reconcile/plan-approval.ts';
import { inventory, order } from '../builders.ts';

const ordered = (count: number) =>
  inventory({
    orders: Array.from({ length: count }, (_, place) => order({ id: `order-${place}` })),
  });

describe('a customer that is as it was reviewed', () => {
  it('is changed by the next check, which carries the plan', () => {
    const ending = asReviewed({ begun: true }, ordered(MAX_PLAN_ITEMS / 2));
    expect(ending).toMatchObject({ kind: 'requeue', begun: true, delayMs: 0 });
    expect(ending.kind === 'requeue' && ending.plan).toHaveLength(MAX_PLAN_ITEMS);
  });

  it('is left alone where its plan has more items than a check can carry', () => {
    expect(asReviewed({ begun: true }, ordered(MAX_PLAN_ITEMS / 2 + 1))).toEqual({
      kind: 'finish',
      outcome: {
        kind: 'skipped',
        reason: 'changed',
        explanation: expect.stringContaining('has 4002 items, and no more than 4000'),
        nextStep: 'Request the teardown again without "ifUnchanged".',
      },
    });
  });
});
