import fc from 'fast-check';
import { parseNcrontab } from 'local-functions-host/ncrontab';
import { describe, expect, it } from 'vitest';
import { dueTimes } from '../../src/settings/due-times.ts';
import { objectionToSchedule } from '../../src/settings/ncrontab.ts';
import { runs } from '../runs.ts';

const at = (text: string): number => Date.parse(text);
const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

describe('the last time that a schedule came due', () => {
  const nightly = dueTimes('0 0 2 * * *');

  it.each([
    ['2026-11-22T02:00:00.000Z', '2026-11-22T02:00:00Z'],
    ['2026-11-22T01:59:59.999Z', '2026-11-21T02:00:00Z'],
    ['2026-11-22T23:59:59.999Z', '2026-11-22T02:00:00Z'],
    ['2026-11-23T00:00:00.000Z', '2026-11-22T02:00:00Z'],
  ])('at %s, of every night at two, is %s', (now, due) => {
    expect(nightly.lastMs(at(now))).toBe(at(due));
  });

  it.each([
    ['0 30 1,13 * * *', '2026-11-22T13:30:00Z', '2026-11-22T13:30:00Z'],
    ['0 30 1,13 * * *', '2026-11-22T13:29:59.999Z', '2026-11-22T01:30:00Z'],
    ['0 0 2 * * Mon', '2026-11-22T12:00:00Z', '2026-11-16T02:00:00Z'],
    ['0 0 0 29 2 *', '2026-11-22T12:00:00Z', '2024-02-29T00:00:00Z'],
    ['0 0 0 29 2 Mon', '2051-11-22T12:00:00Z', '2044-02-29T00:00:00Z'],
    ['0 0 0 29 2 Mon', '2112-01-01T00:00:00Z', '2072-02-29T00:00:00Z'],
    ['59 59 23 31 12 *', '2026-12-31T23:59:58.999Z', '2025-12-31T23:59:59Z'],
    ['*/20 * * * * *', '2026-12-31T23:59:58.999Z', '2026-12-31T23:59:40Z'],
  ])('of "%s" at %s is %s', (schedule, now, due) => {
    expect(dueTimes(schedule).lastMs(at(now))).toBe(at(due));
  });

  it('does not exist where there is no such day for forty years', () => {
    expect(dueTimes('0 0 0 30 2 *').lastMs(at('2026-11-22T12:00:00Z'))).toBeUndefined();
  });

  it('is the one after which the embedded host computes the next, later than now', () => {
    const field = (min: number, max: number) =>
      fc.oneof(
        fc.constant('*'),
        fc.integer({ min, max }).map(String),
        fc.integer({ min: 2, max: 6 }).map((step) => `*/${step}`),
        fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })).map((pair) => pair.join(',')),
      );
    const schedule = fc
      .tuple(field(0, 59), field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6))
      .map((fields) => fields.join(' '));
    const now = fc.integer({ min: at('2020-01-01'), max: at('2035-01-01') });
    fc.assert(
      fc.property(schedule, now, (text, nowMs) => {
        expect(objectionToSchedule(text)).toBeUndefined();
        const lastMs = dueTimes(text).lastMs(nowMs) ?? Number.NaN;
        const { nextMs } = parseNcrontab(text);
        expect(lastMs).toBeLessThanOrEqual(nowMs);
        expect(nextMs(lastMs - 1)).toBe(lastMs);
        expect(nextMs(lastMs) ?? 0).toBeGreaterThan(nowMs);
      }),
      { seed: 20261201, numRuns: runs(300) },
    );
  });
});

describe('the minimum time from one due time to the next', () => {
  it.each([
    ['0 0 2 * * *', DAY_MS],
    ['0 0 2,14 * * *', 12 * HOUR_MS],
    ['0 0 2,23 * * *', 3 * HOUR_MS],
    ['0 0 1,2,23 * * *', HOUR_MS],
    ['0 */10 * * * *', 600_000],
    ['* * * * * *', 1_000],
    ['0 0 2 * * Mon', 7 * DAY_MS],
    ['0 0 2 * * Sat,Sun', DAY_MS],
    ['0 0 2,23 * * Mon', 21 * HOUR_MS],
    ['0 0 2 1 * *', 28 * DAY_MS],
    ['0 0 2 29 2 *', 1_461 * DAY_MS],
  ])('of "%s" is %d ms', (schedule, ms) => {
    expect(dueTimes(schedule).minPeriodMs).toBe(ms);
  });
});
