import { ManualClock } from '@sandbox-teardown/shared/clock';
import { expect, test } from 'vitest';
import { timeOf } from './simulated.ts';
import { patience, until } from './waiting.ts';

const MINUTE_MS = 60_000;

/** Reads a result that is there at a time: when it was read, and the last value. */
async function checksAt(doneMs: number, everyMs: number, maxMs: number) {
  const time = timeOf(new ManualClock(0));
  const checks: number[] = [];
  const seen = await until(
    time,
    { everyMs, maxMs },
    async () => {
      checks.push(time.nowMs());
      return time.nowMs() >= doneMs;
    },
    (done) => done,
  );
  return { checks, seen };
}

test('a result that is there at once needs no wait', async () => {
  expect(await checksAt(0, 10, 100)).toEqual({ checks: [0], seen: true });
});

test('a result that takes time is read until it is there', async () => {
  expect(await checksAt(25, 10, 100)).toEqual({ checks: [0, 10, 20, 30], seen: true });
});

test('a result that never comes is given up after the maximum wait', async () => {
  expect(await checksAt(1_000, 10, 30)).toEqual({ checks: [0, 10, 20, 30], seen: false });
});

test('the suite waits as long as the articles say, and some more', () => {
  expect(patience.azureSubscription.maxMs).toBeGreaterThanOrEqual(15 * MINUTE_MS);
  expect(patience.purchase.maxMs).toBeGreaterThan(15 * MINUTE_MS);
  expect(patience.conflict.everyMs).toBe(2 * MINUTE_MS);
});
