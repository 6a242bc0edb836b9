import { defineConfig } from 'vitest/config';
import { mutatedFolders } from './scripts/mutate/folders.ts';

// Stryker's process runs this; when it is told to stop, its children would go on for ever.
process.once('disconnect', () => process.exit());

/** Set by `npm run mutate`, for each folder in turn. */
const mutated = mutatedFolders.find(({ folder }) => folder === process.env['MUTATED_FOLDER']);

/** The quick tests of a folder, run against every mutant of it. */
export default defineConfig({
  test: {
    include: [...(mutated?.tests ?? [])],
    exclude: [...(mutated?.without ?? [])],
    // One import of the modules for all files: a static mutant costs seconds instead of half a minute.
    isolate: mutated?.isolate ?? false,
    // Each is run very often here.
    env: {
      SECRETS_RUNS: '20',
      HOSTILE_RUNS: '20',
      // Of thousands of mutants most meet a property.
      ...(mutated?.folder === 'src/teardown' && { FEWER_RUNS: '10' }),
    },
    testTimeout: 20_000,
  },
});
