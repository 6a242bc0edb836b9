import { parentPort } from 'node:worker_threads';
import { bySeed } from './choices.ts';
import { run } from './run.ts';
import type { Batch } from './seeds.ts';
import { addRun, emptyTally } from './tally.ts';

// No one reads a stack here, and errors are thrown thousands of times a second.
Error.stackTraceLimit = 0;

// One thread of a simulation: runs the seeds it is given, and returns their tally.
parentPort?.on('message', async ({ firstSeed, seeds }: Batch) => {
  const tally = emptyTally();
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    addRun(tally, seed, await run(bySeed(seed)));
  }
  parentPort?.postMessage(tally);
});
