import type { Backoff } from '../src/teardown/reconcile/retry-policy.ts';

/** The delays between checks that the settings have by default, without jitter; a run gives what differs. */
export const STEADY_BACKOFF: Backoff = {
  firstDelayMs: 5_000,
  multiplier: 1.5,
  maxDelayMs: 300_000,
  jitter: 0,
  maxChecks: 500,
  deadlineMs: 86_400_000,
};
