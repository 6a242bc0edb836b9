import { expect, it } from 'vitest';
import {
  isPartlyVoid,
  isUnderReview,
  isUnfulfilled,
  isVoid,
} from '../../../src/teardown/inventory/order-states.ts';
import { order } from '../builders.ts';

it.each([isUnderReview, isUnfulfilled, isPartlyVoid, isVoid])(
  'no state is that of an order that is not listed: %o',
  (has) => {
    expect(has(undefined)).toBe(false);
    expect(has(order())).toBe(false);
  },
);
