import { durableTimer } from './durable-timer.ts';
import { publishedLoop } from './published-loop.ts';
import type { Run } from './run.ts';
import { teardownRun } from './teardown-run.ts';
import { MAX_LOCK_MS, throwingFunction } from './throwing-function.ts';
import type { World } from './world.ts';

export const WAYS = ['app', 'loop', 'throws', 'sleeps', 'durable'] as const;
export type Way = (typeof WAYS)[number];

/** Some of the lock's time is for asking. */
const LOCKED_SLEEP_MS = MAX_LOCK_MS - 20_000;

export const WAY_NAMES: Readonly<Record<Way, string>> = {
  app: 'this app',
  loop: "Microsoft's loop, corrected",
  throws: 'queue function that throws',
  sleeps: 'the same, asleep for the lock first',
  durable: 'Durable Functions, worked out',
};

export type Rivals = Readonly<Record<Exclude<Way, 'app' | 'durable'>, Run>>;

/** What they take is the same each time: nothing in them is left to chance. */
export async function rivalRuns(newWorld: () => World): Promise<Rivals> {
  return {
    loop: await publishedLoop(newWorld(), 'corrected'),
    throws: await throwingFunction(newWorld(), 0),
    sleeps: await throwingFunction(newWorld(), LOCKED_SLEEP_MS),
  };
}

/** What a customer's teardown took, each way, in a world of its own each time. */
export async function everyWay(
  newWorld: () => World,
  seed: number,
  rivals: Rivals,
): Promise<Readonly<Record<Way, Run>>> {
  const app = await teardownRun(newWorld(), seed);
  return { app, ...rivals, durable: durableTimer(app) };
}
