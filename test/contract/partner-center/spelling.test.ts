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
])('an order status %s is recognised', (status) => {
  expect(isOrderStatus(status)).toBe(true);
});

test('both spellings of cancelled are recognised', () => {
  expect(['Canceled', 'cancelled'].map(isOrderStatus)).toEqual([true, true]);
});

test('words of other resources, and unknown words, are not recognised', () => {
  expect(['active', 'uncanceled', ''].map(isOrderStatus)).toEqual([false, false, false]);
  expect(['completed', 'inactive'].map(isSubscriptionStatus)).toEqual([false, false]);
  expect(['suspended'].map(isAzureSubscriptionStatus)).toEqual([false]);
  expect(['oneTime', 'biennial'].map(isBillingCycle)).toEqual([true, false]);
});
