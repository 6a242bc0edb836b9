import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firingOf, MAX_EARLY_MS } from '../../../src/teardown/sweep/firing.ts';
import { runs } from '../../runs.ts';
import { DAY_MS, NOW_MS } from '../builders.ts';

/** Every midnight (UTC). */
const lastDueMs = (atMs: number) => Math.floor(atMs / DAY_MS) * DAY_MS;
const MIDNIGHT_MS = lastDueMs(NOW_MS);
const ownRun = (atMs: number, isPastDue = false) =>
  firingOf({ isPastDue, nextMs: MIDNIGHT_MS }, lastDueMs, atMs);

describe('a run of the timer', () => {
  it.each([
    [-MAX_EARLY_MS, 0],
    [-3, 0],
    [-1, 0],
    [0, 0],
    [1, 1],
    [DAY_MS - 1, DAY_MS - 1],
  ])('that fires %d ms from its due time is named by that time', (fromDueMs, lateMs) => {
    expect(ownRun(MIDNIGHT_MS + fromDueMs)).toEqual({ id: 'sweep-20261122T0000Z', lateMs });
  });

  it('has one name, however early or late before the next due time, and however often', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -MAX_EARLY_MS, max: DAY_MS - 1 }),
        fc.boolean(),
        (fromDueMs, isPastDue) => {
          fc.pre(fromDueMs >= 0 || !isPastDue);
          expect(ownRun(MIDNIGHT_MS + fromDueMs, isPastDue).id).toBe('sweep-20261122T0000Z');
        },
      ),
      { seed: 20261201, numRuns: runs(2_000) },
    );
  });

  it('by hand has its own name, to the millisecond', () => {
    const byHand = (atMs: number) =>
      firingOf({ isPastDue: false, nextMs: MIDNIGHT_MS }, lastDueMs, atMs);
    expect(byHand(MIDNIGHT_MS - MAX_EARLY_MS - 1)).toEqual({
      id: 'sweep-by-hand-20261121T235859999Z',
      lateMs: 0,
    });
    expect(byHand(MIDNIGHT_MS - 10 * 3_600_000 + 1_999).id).toBe(
      'sweep-by-hand-20261121T140001999Z',
    );
  });

  it('that replaces a missed one is never taken for a run by hand', () => {
    const missed = firingOf({ isPastDue: true, nextMs: MIDNIGHT_MS + DAY_MS }, lastDueMs, NOW_MS);
    expect(missed).toEqual({ id: 'sweep-20261122T0000Z', lateMs: NOW_MS - MIDNIGHT_MS });
  });

  it('without a status from the host goes by the schedule', () => {
    const silent = firingOf({ isPastDue: false }, lastDueMs, NOW_MS);
    expect(silent).toEqual({ id: 'sweep-20261122T0000Z', lateMs: NOW_MS - MIDNIGHT_MS });
  });

  it('of a schedule that was never due is named by its own time', () => {
    const first = firingOf({ isPastDue: true }, () => undefined, NOW_MS + 59_999);
    expect(first).toEqual({ id: 'sweep-20261122T0200Z', lateMs: 0 });
  });
});
