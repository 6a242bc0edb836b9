/** What the deployment allows: nothing, only plans, or real teardowns. */
export type TeardownMode = 'off' | 'dry-run' | 'enforce';

/** A request can ask for less than the deployment allows, never for more. */
export function effectiveMode(allowed: TeardownMode, dryRun: boolean | undefined): TeardownMode {
  return allowed === 'enforce' && dryRun === true ? 'dry-run' : allowed;
}
