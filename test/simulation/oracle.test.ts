import { expect, it } from 'vitest';
import { blockedBy } from '../../simulation/oracle/released.ts';

/** What a look of long after read of a customer with one order. */
function blockedWith(quantity: number, status: string): string | undefined {
  const lineItems = [{ quantity, subscriptionId: 'one' }];
  const order = { id: 'mixed', status: 'completed', creationDate: '2026-11-21', lineItems };
  const subscription = { id: 'one', orderId: 'mixed', status, offerId: 'software' };
  const reads = new Map([
    ['/customers/c/orders', JSON.stringify({ items: [order] })],
    ['/customers/c/subscriptions', JSON.stringify({ items: [subscription] })],
    ['/customers/c/entitlements', JSON.stringify({ items: [] })],
  ]);
  return blockedBy(reads, 'c', { ageMs: 3_600_000, readsEntitlements: true });
}

// Seed 494,390 of an earlier simulation: the subscription was read a moment before its line.
it('the oracle takes a line of quantity 0 for cancelled, whatever its subscription read', () => {
  expect(blockedWith(0, 'active')).toBeUndefined();
});

it('the oracle finds a subscription that is active blocking', () => {
  expect(blockedWith(1, 'active')).toBe('subscription one reads active');
  expect(blockedWith(1, 'deleted')).toBeUndefined();
});
