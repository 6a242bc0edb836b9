import { describe, expect, it } from 'vitest';
import { faultKinds } from '../../simulation/faults.ts';
import { describeFailure, stopwatch, summary } from '../../simulation/report.ts';
import { simulateSeeds } from '../../simulation/seeds.ts';

/**
 * The invariants over many seeded runs. One seed again, step by step: `npm run simulate -- --seed 123`.
 */
const FIRST_SEED = Number(process.env['SIMULATION_SEED'] ?? 1);
const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 10_000);
const MAX_MS = 3_600_000;
/** So many seeds meet every kind of fault. */
const ENOUGH_SEEDS = 1_000;

describe(`over ${SEEDS} seeds from ${FIRST_SEED} on`, () => {
  it('no invariant breaks, and every kind of fault happens', { timeout: MAX_MS }, async () => {
    const spent = stopwatch();
    const tally = await simulateSeeds({ firstSeed: FIRST_SEED, seeds: SEEDS });
    console.log(summary(tally, spent()));
    const [failure] = tally.failures;
    if (failure !== undefined) expect.fail(describeFailure(failure));
    expect(tally.seeds).toBe(SEEDS);
    const unmet = faultKinds.filter((kind) => tally.met[kind] === 0);
    if (SEEDS >= ENOUGH_SEEDS) expect(unmet).toEqual([]);
  });
});
