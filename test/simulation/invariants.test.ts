import { describe, expect, it } from 'vitest';
import { simulate } from './simulate.ts';

/**
 * The invariants of a teardown under faults. A failing seed replays in one line:
 * `SIMULATION_SEED=123 SIMULATION_RUNS=1 npx vitest run test/simulation`.
 */
const FIRST_SEED = Number(process.env['SIMULATION_SEED'] ?? 1);
const RUNS = Number(process.env['SIMULATION_RUNS'] ?? 3_000);

const seeds = Array.from({ length: RUNS }, (_, index) => FIRST_SEED + index);

describe(`over ${RUNS} simulated teardowns from seed ${FIRST_SEED} on`, () => {
  it('each ends with one outcome, the customer deleted once, after everything was released', async () => {
    let crashes = 0;
    for (const seed of seeds) {
      const { world, bus, blindDeletions } = await simulate(seed);
      crashes += bus.crashes;
      expect(
        {
          outcomes: bus.outcomes.map(({ outcome }) => outcome.kind),
          deletions: world.deletions,
          tooEarly: world.tooEarly,
          blindDeletions,
          messagesLeft: bus.messages.length,
        },
        `seed ${seed}`,
      ).toEqual({
        outcomes: ['deleted'],
        deletions: 1,
        tooEarly: 0,
        blindDeletions: 0,
        messagesLeft: 0,
      });
    }
    // The faults really happen.
    if (RUNS >= 100) expect(crashes).toBeGreaterThan(RUNS / 10);
  });

  it('dry run never writes, and ends with one plan', async () => {
    for (const seed of seeds) {
      const { world, bus } = await simulate(seed, 'dry-run');
      expect(
        { writes: world.writes, outcomes: bus.outcomes.map(({ outcome }) => outcome.kind) },
        `seed ${seed}`,
      ).toEqual({ writes: 0, outcomes: ['planned'] });
    }
  });

  it('switched off never writes, and ends skipped', async () => {
    for (const seed of seeds.slice(0, 200)) {
      const { world, bus } = await simulate(seed, 'off');
      expect(
        { writes: world.writes, outcomes: bus.outcomes.map(({ outcome }) => outcome.kind) },
        `seed ${seed}`,
      ).toEqual({ writes: 0, outcomes: ['skipped'] });
    }
  });
});
