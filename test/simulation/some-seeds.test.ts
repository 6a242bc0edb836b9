import { expect, it } from 'vitest';
import { bySeed } from '../../simulation/choices.ts';
import { describeFailure } from '../../simulation/report.ts';
import { run } from '../../simulation/run.ts';

const SEEDS_A_TEST = 20;
const firsts = Array.from({ length: 6 }, (_, index) => 1 + index * SEEDS_A_TEST);

/** A few seeds in this very thread, where a mutant can be met; the many are in invariants.test.ts. */
it.each(firsts)('no invariant breaks in the seeds from %i on', async (first) => {
  for (let seed = first; seed < first + SEEDS_A_TEST; seed += 1) {
    const [violation] = (await run(bySeed(seed))).violations;
    if (violation !== undefined) expect.fail(describeFailure({ seed, violation }));
  }
});
