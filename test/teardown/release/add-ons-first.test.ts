import { describe, expect, it } from 'vitest';
import type { Purchase } from '../../../src/teardown/inventory/purchase.ts';
import { addOnsFirst, readyInOrder } from '../../../src/teardown/release/add-ons-first.ts';
import { order, subscription } from '../builders.ts';

const bought = (id: string, parentSubscriptionId?: string): Purchase => ({
  subscription: subscription({ id, ...(parentSubscriptionId && { parentSubscriptionId }) }),
  azureEntitlements: [],
});
const parent = bought('parent');
const middle = bought('middle', 'parent');
const deepest = bought('deepest', 'middle');
const other = bought('other');
/** Hangs on nothing, and nothing hangs on it. */
const once: Purchase = { order: order(), azureEntitlements: [] };

describe('add-ons', () => {
  it('come before their parents, and nothing else is moved', () => {
    expect(addOnsFirst([other, parent, once, middle, deepest])).toStrictEqual([
      other,
      deepest,
      middle,
      parent,
      once,
    ]);
  });

  it('hold back their parents while they wait, and nothing else', () => {
    expect(readyInOrder([parent, other, once, middle], [deepest])).toStrictEqual({
      now: [other, once],
      blocked: [middle, parent],
    });
  });

  it('hold back nothing where nothing waits, or what waits has no parent', () => {
    const all = { now: [middle, parent, once], blocked: [] };
    expect(readyInOrder([parent, once, middle], [])).toStrictEqual(all);
    expect(readyInOrder([parent, once, middle], [other, once])).toStrictEqual(all);
  });
});
