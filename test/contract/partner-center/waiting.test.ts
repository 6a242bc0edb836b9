import { expect, test } from 'vitest';
import { ManualClock } from '../../../local/clock.ts';
import { timeOf } from './simulated.ts';
import { patience, until } from './waiting.ts';

const MINUTE_MS = 60_000;

/** Looks at something that is done at a time: when it was looked at, and what was seen last. */
async function looksAt(doneMs: number, everyMs: number, mostMs: number) {
  const time = timeOf(new ManualClock(0));
  const looks: number[] = [];
  const seen = await until(
    time,
    { everyMs, mostMs },
    async () => {
      looks.push(time.nowMs());
      return time.nowMs() >= doneMs;
    },
    (done) => done,
  );
  return { looks, seen };
}

test('what is done at once is not waited for', async () => {
  expect(await looksAt(0, 10, 100)).toEqual({ looks: [0], seen: true });
});

test('what takes its time is looked at until it is done', async () => {
  expect(await looksAt(25, 10, 100)).toEqual({ looks: [0, 10, 20, 30], seen: true });
});

test('what is never done is given up after the longest wait', async () => {
  expect(await looksAt(1_000, 10, 30)).toEqual({ looks: [0, 10, 20, 30], seen: false });
});

test('the suite waits as long as the articles say, and some more', () => {
  expect(patience.azureSubscription.mostMs).toBeGreaterThanOrEqual(15 * MINUTE_MS);
  expect(patience.purchase.mostMs).toBeGreaterThan(15 * MINUTE_MS);
  expect(patience.conflict.everyMs).toBe(2 * MINUTE_MS);
});
