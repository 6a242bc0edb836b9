import { beforeAll, describe, expect, it } from 'vitest';
import { kept } from '../../bench/report/results.ts';
import { storageTransactions } from '../../bench/waits/durable-timer.ts';
import { type Figures, measureWaits, type WaitResults } from '../../bench/waits/measure.ts';
import { waits } from '../../bench/waits/section.ts';
import { throwingFunction } from '../../bench/waits/throwing-function.ts';
import type { Way } from '../../bench/waits/ways.ts';
import { World } from '../../bench/waits/world.ts';

const HOUR_MS = 60 * 60 * 1000;

let results: WaitResults;
beforeAll(async () => {
  results = await measureWaits('quick');
});

const runsOf = (waitMs: number | 'mix', way: Way): readonly Figures[] => {
  const found = results.cases.find((each) => each.waitMs === waitMs)?.ways[way] ?? [];
  expect(found.length).toBeGreaterThan(0);
  return found;
};

describe('three orders that take an hour', () => {
  it('need a sixtieth of the requests of the published loop, and less than its hundredth is billed', () => {
    const [loop] = runsOf(HOUR_MS, 'loop');
    for (const app of runsOf(HOUR_MS, 'app')) {
      expect(app.deletedShare).toBe(1);
      expect(loop?.requests).toBeGreaterThanOrEqual(60 * app.requests);
      expect(loop?.billedMs).toBeGreaterThanOrEqual(150 * app.billedMs);
    }
  });

  it('need today what bench/results says (npm run bench -- --write)', async () => {
    const { cases } = (await kept(waits)) as WaitResults;
    const published = cases.find((each) => each.answerMs === 50 && each.waitMs === HOUR_MS);
    expect(published?.ways.app.slice(0, 2)).toEqual(runsOf(HOUR_MS, 'app'));
    expect(published?.ways.loop.slice(0, 2)).toEqual(runsOf(HOUR_MS, 'loop'));
  });

  it('are asked for by the loop once each in every pass', () => {
    // A pass is five seconds of sleep and three answers of 50 ms; three reads and cancellations, the list, the deletion.
    const [loop] = runsOf(HOUR_MS, 'loop');
    const passes = Math.ceil(HOUR_MS / (5_000 + 3 * 50));
    expect(loop?.requests).toBeGreaterThanOrEqual(3 * passes + 8);
    expect(loop?.requests).toBeLessThanOrEqual(3 * (passes + 1) + 8);
    expect(loop?.heldMs).toBeGreaterThan(HOUR_MS);
  });

  it('are too much for a queue function that throws, asleep with the lock or not', () => {
    for (const way of ['throws', 'sleeps'] as const) {
      expect(runsOf(HOUR_MS, way)).toMatchObject([{ deletedShare: 0, executions: 10 }, {}]);
    }
  });
});

it('the loop as published does not end once an order was pending', () => {
  const { run, waitMs, stoppedAfterMs } = results.published;
  expect(stoppedAfterMs).toBeGreaterThan(100 * waitMs);
  expect(run.overshootMs).toBeUndefined();
  expect(run.heldMs).toBeGreaterThanOrEqual(stoppedAfterMs);
});

it('every way deletes a customer whose orders are cancelled at once', () => {
  for (const way of ['app', 'loop', 'throws', 'sleeps', 'durable'] as const) {
    for (const { deletedShare } of runsOf(0, way)) expect(deletedShare).toBe(1);
  }
});

it('a queue function that sleeps with its lock sees the end when it wakes', async () => {
  const sleepMs = 60_000;
  const run = await throwingFunction(new World([90_000, 0, 0], 50), sleepMs);
  expect(run.executions).toBe(3);
  expect(run.overshootMs).toBeLessThan(sleepMs);
  expect(run.heldMs).toBeGreaterThan(2 * sleepMs);
});

it('an orchestration is replayed after every activity and every timer', () => {
  const [app] = runsOf(HOUR_MS, 'app');
  const [durable] = runsOf(HOUR_MS, 'durable');
  expect(durable?.executions).toBe(3 * (app?.executions ?? 0));
  expect(durable?.requests).toBe(app?.requests);
  // One activity and no timer: two replays, with five transactions each, the activity's four, and two to start.
  expect(storageTransactions(1)).toBe(2 * 5 + 4 + 2);
  expect(storageTransactions(2) - storageTransactions(1)).toBe(15);
});
