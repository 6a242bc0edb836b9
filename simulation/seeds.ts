import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { addTally, emptyTally, type Tally } from './tally.ts';

export interface Batch {
  readonly firstSeed: number;
  readonly seeds: number;
}

/** Small enough that the threads end together, large enough that handing over costs nothing. */
const SEEDS_A_BATCH = 250;
/** More failures than these add nothing new. */
const ENOUGH_FAILURES = 10;

/** Runs many seeds on every core; `onProgress` gets the growing tally. */
export async function simulateSeeds(
  { firstSeed, seeds }: Batch,
  onProgress: (tally: Tally) => void = () => undefined,
): Promise<Tally> {
  const total = emptyTally();
  let next = firstSeed;
  const end = firstSeed + seeds;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    try {
      while (next < end && total.failures.length < ENOUGH_FAILURES) {
        const batch: Batch = { firstSeed: next, seeds: Math.min(SEEDS_A_BATCH, end - next) };
        next += batch.seeds;
        const done = once(worker, 'message') as Promise<[Tally]>;
        worker.postMessage(batch);
        const [tally] = await done;
        addTally(total, tally);
        onProgress(total);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  total.failures.sort((one, other) => one.seed - other.seed);
  return total;
}
