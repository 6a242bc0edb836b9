/** A part of the source that is mutated, with the tests that must fail. */
export interface MutatedFolder {
  /** The folder, and the file of the same name beside it. */
  readonly folder: string;
  /** Quick ones; of the other folders' tests none, so that a mutant outside of functions does not meet them all. */
  readonly tests: readonly string[];
  /** Too slow to be run for each mutant. */
  readonly without?: readonly string[];
  /** Its tests mock modules, so they must not share them. */
  readonly isolate?: true;
}

export const mutatedFolders: readonly MutatedFolder[] = [
  {
    folder: 'src/teardown',
    tests: [
      'test/teardown/**/*.test.ts',
      'test/docs/log-schema.test.ts',
      'test/docs/request-schema.test.ts',
      'test/partner-center/requests-of-a-check.test.ts',
    ],
  },
  {
    folder: 'src/redaction',
    tests: ['test/redaction/**/*.test.ts', 'test/security/known-secrets.test.ts'],
  },
  {
    folder: 'src/shared',
    tests: ['test/shared/**/*.test.ts'],
  },
  {
    folder: 'src/settings',
    tests: ['test/settings/**/*.test.ts', 'test/infra/app-settings.test.ts'],
  },
  {
    folder: 'src/partner-center',
    tests: ['test/partner-center/**/*.test.ts'],
    // The last four kill nothing that the others leave, and take longer than all of these together.
    without: [
      'test/partner-center/largest-answer.test.ts',
      'test/partner-center/largest-world.test.ts',
      'test/partner-center/sandbox-fetch.test.ts',
      'test/partner-center/auth/bundle.test.ts',
      'test/partner-center/answers-through-the-teardown.test.ts',
      'test/partner-center/auth/login-errors.test.ts',
      'test/partner-center/every-purchase.test.ts',
      'test/partner-center/open-questions.test.ts',
    ],
  },
  {
    folder: 'src/service-bus',
    tests: ['test/service-bus/**/*.test.ts'],
    without: ['test/service-bus/unanswered.test.ts'],
  },
  {
    folder: 'src/functions',
    tests: ['test/functions/**/*.test.ts', 'test/logs/log-lines.test.ts'],
    isolate: true,
  },
  {
    folder: 'src/cli',
    tests: ['test/cli/**/*.test.ts'],
    // These run in other processes, in which nothing is mutated.
    without: ['test/cli/main.test.ts'],
  },
];

/** The folder that a file is in; undefined for one that is not mutated. */
export function folderOf(file: string): MutatedFolder | undefined {
  return mutatedFolders.find(
    ({ folder }) => file.startsWith(`${folder}/`) || file.startsWith(`${folder}.ts`),
  );
}
