import { describe, expect, it } from 'vitest';
import { purchasesOf } from '../../../src/teardown/inventory/purchases-of.ts';
import { hintsOf } from '../../../src/teardown/release/hints.ts';
import { inventory, line, order, subscription } from '../builders.ts';

type Subscription = ReturnType<typeof subscription>;

/** What is said of a customer's only purchase. */
const hints = (more: Partial<Subscription>) =>
  purchasesOf(inventory({ subscriptions: [subscription(more)] })).flatMap(hintsOf);

describe('the hints about a purchase whose release was refused are', () => {
  it('none for an ordinary subscription', () => {
    expect(hints({})).toEqual([]);
  });

  it('none without a subscription', () => {
    const [purchase] = purchasesOf(inventory({ orders: [order({ lines: [line()] })] }));
    expect(purchase && hintsOf(purchase)).toEqual([]);
  });

  it('that it is a trial', () => {
    expect(hints({ isTrial: true })).toEqual(['It is a trial.']);
  });

  it('that it is a trial, and when that ends', () => {
    expect(hints({ isTrial: true, commitmentEndMs: Date.UTC(2026, 11, 24) })).toEqual([
      'It is a trial, which ends on 2026-12-24.',
    ]);
  });

  it('why an Azure plan is disabled', () => {
    expect(hints({ productType: 'azure', status: 'disabled' })).toEqual([
      expect.stringContaining('spent $2,000 in a billing cycle'),
    ]);
  });

  it.each([
    ['an Azure plan that is active', { productType: 'azure' }],
    ['another subscription that is disabled', { status: 'disabled' }],
  ])('nothing about spending where it is %s', (_what, more) => {
    expect(hints(more)).toEqual([]);
  });
});
