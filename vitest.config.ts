import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { suitesNamedIn } from './test/contract/named-suites.ts';
import { projects } from './test/projects.ts';

/** A limit is for what hangs: no machine is so busy that it takes as long for any test. */
const LIMIT_MS = 600_000;

export default defineConfig({
  test: {
    provide: { contractSuites: suitesNamedIn(process.argv.slice(2)) },
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    projects: projects.map((project, place) => ({
      extends: true,
      test: {
        name: project.name,
        include: [...project.include],
        exclude: [...(project.without ?? [])],
        isolate: project.sharesModules !== true,
        env: { ...project.settings, ...alreadySet(project.settings) },
        globalSetup: project.needsBundle === true ? ['test/build-bundle.ts'] : [],
        sequence: { groupOrder: project.isAlone === true ? place + 1 : 0 },
        // On two processors Vitest would use one; much of a test is waiting.
        maxWorkers: project.isAlone === true ? 1 : Math.max(2, availableParallelism() - 1),
      },
    })),
  },
});

function alreadySet(settings: Readonly<Record<string, string>> = {}): Record<string, string> {
  const chosen = Object.keys(settings).map((name) => [name, process.env[name]]);
  return Object.fromEntries(chosen.filter(([, value]) => value !== undefined));
}
