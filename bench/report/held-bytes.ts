import { setTimeout } from 'node:timers/promises';

const MEASUREMENTS = 5;

/** What this process holds, after a collection: the least of a few, because buffers are freed late. Needs --expose-gc. */
export async function heldBytes(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error('Run this program with node --expose-gc.');
  let least = Infinity;
  for (let count = 0; count < MEASUREMENTS; count += 1) {
    globalThis.gc();
    await setTimeout(10);
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
  }
  return least;
}
