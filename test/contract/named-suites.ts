/** The suites that can leave this machine, by the folder that a command names. */
export const CONTRACT_SUITES = [
  'test/contract/partner-center',
  'test/contract/service-bus',
] as const;
export type ContractSuite = (typeof CONTRACT_SUITES)[number];

declare module 'vitest' {
  interface ProvidedContext {
    /** Those that the command names; `vitest.config.ts` provides them, because only the command's own process knows. */
    readonly contractSuites: readonly ContractSuite[];
  }
}

/**
 * The suites that a command names by a path, their folder's or a file's in it. What follows an option may be the
 * option's value, so it names nothing.
 *
 * @param words the command's arguments
 */
export function suitesNamedIn(words: readonly string[]): readonly ContractSuite[] {
  const paths = words
    .filter((word, place) => !word.startsWith('-') && !words[place - 1]?.startsWith('-'))
    .map((word) => `/${word.replaceAll('\\', '/')}/`);
  return CONTRACT_SUITES.filter((suite) => paths.some((path) => path.includes(`/${suite}/`)));
}

/** Why variables that would run a suite outside this machine are ignored. */
export function whyIgnored(variables: string, suite: ContractSuite): string {
  return `${variables} is ignored, because the command does not name this suite. To leave this machine: npx vitest run ${suite}`;
}
