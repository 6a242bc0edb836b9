import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText, parseDurationMs } from '../../src/shared/duration.ts';
import { runs } from '../runs.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('an ISO 8601 duration', () => {
  it.each([
    ['PT2S', 2_000],
    ['PT0.5S', 500],
    ['PT2M', 120_000],
    ['PT2H', 2 * HOUR_MS],
    ['P2D', 2 * DAY_MS],
    ['P2W', 14 * DAY_MS],
    ['P2M', 62 * DAY_MS],
    ['P2Y', 732 * DAY_MS],
    ['P1Y1M1DT1H1M1S', 398 * DAY_MS + HOUR_MS + 61_000],
  ])('%s is %i ms, months and years at their longest', (text, expected) => {
    expect(parseDurationMs(text)).toBe(expected);
  });

  it.each(['', 'P', 'PT', '7 days', '7', 'P0D', 'PT0S', '-P1D', 'P1X'])(
    '"%s" is none, or not more than nothing',
    (text) => {
      expect(parseDurationMs(text)).toBeUndefined();
    },
  );

  it('of more than a hundred characters is not parsed', () => {
    const seconds = (digits: number) => `PT${'1'.repeat(digits)}S`;
    expect(parseDurationMs(seconds(97))).toBeGreaterThan(1e98);
    expect(parseDurationMs(seconds(98))).toBeUndefined();
  });
});

describe('a time in ISO 8601', () => {
  it.each([
    [12 * HOUR_MS, 'PT12H'],
    [3 * DAY_MS, 'PT72H'],
    [90_500, 'PT1M30.5S'],
    [1, 'PT0.001S'],
    [HOUR_MS + 1_000, 'PT1H1S'],
  ])('of %i ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it('is read as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 * DAY_MS }), (ms) => {
        expect(Math.round(parseDurationMs(durationText(ms)) ?? 0)).toBe(ms);
      }),
      { seed: 20261201, numRuns: runs(2_000) },
    );
  });
});
