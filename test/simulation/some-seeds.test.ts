import { expect, it } from 'vitest';
import { bySeed } from '../../simulation/choices.ts';
import { run } from '../../simulation/run.ts';

const SEEDS_A_TEST = 20;
const firsts = Array.from({ length: 6 }, (_, index) => 1 + index * SEEDS_A_TEST);

/** A few seeds in this very thread, where a mutant can be met; the many are in invariants.test.ts. */
it.each(firsts)('no invariant breaks in the seeds from %i on', async (first) => {
  for (let seed = first; seed < first + SEEDS_A_TEST; seed += 1) {
    const { violations } = await run(bySeed(seed));
    expect(violations, `seed ${seed}`).toEqual([]);
  }
});

// The line of a mixed order read quantity 0, and its subscription, read a moment before, still active.
it.each([494_390])('no invariant breaks in seed %i, which was broken once', async (seed) => {
  expect((await run(bySeed(seed))).violations).toEqual([]);
});
