const EVERYTHING = ['test', 'unit'];

/**
 * A contract suite leaves this machine only where somebody runs it, and nothing else: variables that are still
 * exported from another day must not make `npm test` write to a real account.
 *
 * @throws Error where it runs among all tests.
 */
export function requireOwnRun(
  environment: Readonly<Record<string, string | undefined>>,
  variables: string,
  suite: string,
): void {
  const { npm_lifecycle_event: script = '' } = environment;
  if (!EVERYTHING.includes(script)) return;
  throw new Error(
    `${variables} would have "npm run ${script}" leave this machine. Unset it, or run the suite by itself: npx vitest run ${suite}`,
  );
}
