import { expect, it } from 'vitest';
import {
  REQUESTS_PER_TEARDOWN,
  SHARE_PLANNED,
  spacingMs,
} from '../../../src/teardown/sweep/spacing.ts';

it.each([
  [500, 1_500],
  [100, 7_500],
  [7, 107_143],
])('with %i requests a minute a sweep asks for a teardown every %i ms', (requestsPerMinute, ms) => {
  expect(spacingMs(requestsPerMinute)).toBe(ms);
});

it.each([10, 20, 100, 166, 500])('%i requests a minute are kept, and nearly used', (limit) => {
  const requestsAMinute = (60_000 / spacingMs(limit)) * REQUESTS_PER_TEARDOWN;
  // Both are rounded, in binary.
  const rounding = limit * Number.EPSILON;
  expect(requestsAMinute).toBeLessThanOrEqual(limit * SHARE_PLANNED + rounding);
  expect(requestsAMinute).toBeGreaterThan(limit * SHARE_PLANNED * 0.99);
});
