import { expect, test } from 'vitest';
import {
  isAzureSubscriptionStatus,
  isBillingCycle,
  isOrderStatus,
  isSubscriptionStatus,
} from './spelling.ts';

test.each([
  'pending_review',
  'Pending review',
  'PendingReview',
  'PENDING_REVIEW',
  'pending-review',
])('an order status is known as %s', (status) => {
  expect(isOrderStatus(status)).toBe(true);
});

test('one of two spellings of cancelled is as good as the other', () => {
  expect(['Canceled', 'cancelled'].map(isOrderStatus)).toEqual([true, true]);
});

test('words of other resources, and unknown ones, are not taken', () => {
  expect(['active', 'uncanceled', ''].map(isOrderStatus)).toEqual([false, false, false]);
  expect(['completed', 'inactive'].map(isSubscriptionStatus)).toEqual([false, false]);
  expect(['suspended'].map(isAzureSubscriptionStatus)).toEqual([false]);
  expect(['oneTime', 'biennial'].map(isBillingCycle)).toEqual([true, false]);
});
