import { describe, expect, it } from 'vitest';
import { nightFigures } from '../../bench/nights/measure.ts';
import {
  DROPPED_AT_ONCE,
  DROPPED_SLOWLY,
  SWEEP_AT_ONCE,
  SWEEP_SLOWLY,
  SWEEP_WITH_AZURE,
} from '../../bench/nights/scenarios.ts';

describe('a night of 75 customers', () => {
  it.each([1, 40])(
    'is swept without one 429 by %i instances, in little more time than the throttle needs',
    async (instances) => {
      const night = await nightFigures(SWEEP_AT_ONCE, instances, 1);
      expect(night).toMatchObject({ deleted: 75, throttledShare: 0 });
      // 12 for each teardown, and two lists of customers: the proof's and the sweep's own.
      expect(night.requests).toBe(75 * 12 + 2);
      expect(night.boundMs / night.tookMs).toBeGreaterThan(0.94);
      expect(night.slowestToMedian).toBeLessThan(3);
    },
  );

  it.each([
    ['swept, with cancellations of up to ten minutes', SWEEP_SLOWLY, 0, 0.85],
    ['swept, with an Azure plan each', SWEEP_WITH_AZURE, 0.06, 0.9],
    ['dropped at once, beside other clients', DROPPED_AT_ONCE, 0.025, 0.9],
    ['dropped at once, and cancelled within ten minutes', DROPPED_SLOWLY, 0.025, 0.8],
  ])('that are %s end within the bounds on 40 instances', async (_name, scenario, most, least) => {
    const night = await nightFigures(scenario, 40, 1);
    expect(night.deleted).toBe(75);
    expect(night.throttledShare).toBeLessThanOrEqual(most);
    expect(night.boundMs / night.tookMs).toBeGreaterThan(least);
    expect(night.slowestToMedian).toBeLessThan(3);
  });

  it('is billed less where executions share an instance', async () => {
    const shared = await nightFigures(SWEEP_AT_ONCE, 1, 1);
    const alone = await nightFigures(SWEEP_AT_ONCE, 40, 1);
    expect(shared.billedSharedMs).toBeLessThan(0.8 * shared.billedAloneMs);
    expect(alone.billedSharedMs).toBe(alone.billedAloneMs);
  });
});
