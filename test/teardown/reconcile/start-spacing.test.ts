import { describe, expect, it } from 'vitest';
import {
  REQUESTS_PER_TEARDOWN,
  SHARE_PLANNED,
  startSpacingMs,
} from '../../../src/teardown/reconcile/start-spacing.ts';

describe('the time between two starts', () => {
  it.each([
    [500, 1_462, 1_600],
    [100, 7_310, 8_000],
    [10, 73_097, 80_000],
  ])(
    'is, with %i requests a minute, %i ms in a sweep and %i ms for requests',
    (limit, sweep, ms) => {
      expect(startSpacingMs(limit, SHARE_PLANNED.sweep)).toBe(sweep);
      expect(startSpacingMs(limit)).toBe(ms);
    },
  );

  it.each([10, 20, 100, 166, 500])('keeps %i requests a minute, and nearly uses them', (limit) => {
    for (const share of Object.values(SHARE_PLANNED)) {
      const requestsAMinute = (60_000 / startSpacingMs(limit, share)) * REQUESTS_PER_TEARDOWN;
      // Both are rounded, in binary.
      const rounding = limit * Number.EPSILON;
      expect(requestsAMinute).toBeLessThanOrEqual(limit * share + rounding);
      expect(requestsAMinute).toBeGreaterThan(limit * share * 0.99);
    }
  });
});
