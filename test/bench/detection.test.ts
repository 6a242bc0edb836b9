import { expect, it } from 'vitest';
import { DEFAULTS, EVERY_FIVE_SECONDS, measureDetection } from '../../bench/detection/measure.ts';
import { detect, overshootBoundMs } from '../../bench/detection/schedule.ts';
import { betterThanDefaults } from '../../bench/detection/show.ts';
import { BACKOFF } from '../../bench/night/night.ts';
import { teardownRun } from '../../bench/waits/teardown-run.ts';
import { World } from '../../bench/waits/world.ts';
import { settingDefaults } from '../../src/settings/settings.ts';

const MINUTE_MS = 60_000;

it('the bench takes the delays that the settings have by default', () => {
  expect(settingDefaults).toMatchObject({
    CHECK_FIRST_DELAY: `PT${BACKOFF.firstDelayMs / 1000}S`,
    CHECK_MAX_DELAY: `PT${BACKOFF.maxDelayMs / MINUTE_MS}M`,
    CHECK_DELAY_MULTIPLIER: String(BACKOFF.multiplier),
    CHECK_DELAY_JITTER: String(BACKOFF.jitter),
  });
});

it('an end is seen late by at most half of the wait and the first delay, and the longest delay', async () => {
  const { schedules, app } = await measureDetection('quick');
  const withoutJitter = schedules.find(
    ({ multiplier, jitter }) => multiplier === DEFAULTS.multiplier && jitter === 0,
  );
  for (const { mostOfBound } of withoutJitter?.overshoots ?? []) {
    expect(mostOfBound).toBeGreaterThan(0.5);
    expect(mostOfBound).toBeLessThanOrEqual(1.0001);
  }
  expect(app).toHaveLength(2);
  // With its jitter, and the time that its own requests take.
  for (const { mostOfBound } of app) expect(mostOfBound).toBeLessThan(1.25);
  const loop = schedules.find(({ multiplier }) => multiplier === EVERY_FIVE_SECONDS.multiplier);
  for (const { p99Ms } of loop?.overshoots ?? []) expect(p99Ms).toBeLessThanOrEqual(5_000);
});

it.each([0, 4_000, 3 * MINUTE_MS, 60 * MINUTE_MS])(
  'delays alone foretell how often the app checks for a wait of %i ms',
  async (waitMs) => {
    const { executions } = await teardownRun(new World([waitMs, waitMs, waitMs], 0), 7);
    // Which of the two last delays sees it is a matter of jitter.
    const { checks } = detect(BACKOFF, waitMs, () => 0.5);
    expect(Math.abs(executions - 1 - checks)).toBeLessThanOrEqual(1);
  },
);

it('a schedule is better only if it is so in everything', () => {
  const overshoot = { checks: 10, meanMs: 10, medianMs: 10, p99Ms: 10, mostOfBound: 1 };
  const later = { ...overshoot, p99Ms: 11 };
  const sooner = { ...overshoot, medianMs: 9 };
  const [usual, worse, better] = [
    { ...DEFAULTS, overshoots: [overshoot] },
    { ...DEFAULTS, multiplier: 2, overshoots: [{ ...later, checks: 1 }] },
    { ...DEFAULTS, multiplier: 1.2, overshoots: [sooner] },
  ];
  expect(betterThanDefaults([usual, worse, better])).toEqual([better]);
  expect(overshootBoundMs(BACKOFF, 10_000)).toBe(10_000);
  expect(overshootBoundMs(BACKOFF, 60 * MINUTE_MS)).toBe(5 * MINUTE_MS);
});
