import { defineConfig } from 'vitest/config';

/** The quick tests of the decisions, run against every mutant of them. */
export default defineConfig({
  test: {
    include: [
      'test/teardown/**/*.test.ts',
      'test/partner-center/every-purchase.test.ts',
      'test/partner-center/answers-through-the-teardown.test.ts',
      'test/docs/request-schema.test.ts',
      'test/partner-center/requests-of-a-look.test.ts',
      'test/security/known-secrets.test.ts',
      'test/simulation/some-seeds.test.ts',
    ],
    testTimeout: 20_000,
  },
});
