import { defineConfig } from 'vitest/config';

// Stryker's process runs this; when it is told to stop, its children would go on for ever.
process.once('disconnect', () => process.exit());

/** The quick tests of the decisions, run against every mutant of them. */
export default defineConfig({
  test: {
    include: [
      'test/teardown/**/*.test.ts',
      'test/docs/log-schema.test.ts',
      'test/docs/request-schema.test.ts',
      'test/partner-center/requests-of-a-look.test.ts',
      'test/security/known-secrets.test.ts',
    ],
    // One import of the modules for all files: a static mutant costs seconds instead of half a minute.
    isolate: false,
    // Each is run very often here.
    env: { SECRETS_RUNS: '20' },
    testTimeout: 20_000,
  },
});
