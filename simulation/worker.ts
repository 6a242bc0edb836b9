import { parentPort } from 'node:worker_threads';
import { bySeed } from './choices.ts';
import { run } from './run.ts';
import type { Batch } from './seeds.ts';
import { addRun, emptyTally } from './tally.ts';

// One thread of a simulation: plays the seeds it is given, and hands back their tally.
parentPort?.on('message', async ({ firstSeed, seeds }: Batch) => {
  const tally = emptyTally();
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    addRun(tally, seed, await run(bySeed(seed)));
  }
  parentPort?.postMessage(tally);
});
