/** What the deployment allows: nothing, only plans, or real teardowns. */
export type TeardownMode = 'off' | 'dry-run' | 'enforce';

/** A request can restrict the mode of the deployment, but never extend it. */
export function effectiveMode(allowed: TeardownMode, dryRun: boolean | undefined): TeardownMode {
  return allowed === 'enforce' && dryRun === true ? 'dry-run' : allowed;
}
