import { defineConfig } from 'vitest/config';
import { suitesNamedIn } from './test/contract/named-suites.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build-bundle.ts'],
    provide: { contractSuites: suitesNamedIn(process.argv.slice(2)) },
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
