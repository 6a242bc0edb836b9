import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { suitesNamedIn } from './test/contract/named-suites.ts';

/** Plays its seeds in threads of its own, as many as there are processors. */
const SIMULATION = 'test/simulation/invariants.test.ts';

export default defineConfig({
  test: {
    globalSetup: ['test/build-bundle.ts'],
    provide: { contractSuites: suitesNamedIn(process.argv.slice(2)) },
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: { name: 'simulation', include: [SIMULATION], sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: 'all else',
          include: ['test/**/*.test.ts'],
          exclude: [SIMULATION],
          sequence: { groupOrder: 1 },
          // On two processors Vitest would use one; much of a test is waiting.
          maxWorkers: Math.max(2, availableParallelism() - 1),
        },
      },
    ],
  },
});
