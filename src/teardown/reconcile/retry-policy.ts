/** When to check again. All durations in milliseconds. */
export interface Backoff {
  readonly firstDelayMs: number;
  /** Each delay is this many times the one before. */
  readonly multiplier: number;
  readonly maxDelayMs: number;
  /** A share of the delay, 0 to 1, by which it may be longer or shorter. */
  readonly jitter: number;
  /** Checks after which a teardown is parked. */
  readonly maxChecks: number;
  /** Age at which a teardown is parked. */
  readonly deadlineMs: number;
}

/** Is this the check that ends the teardown, whatever it finds? */
export function isLastCheck(
  { attempt, startedMs }: { readonly attempt: number; readonly startedMs: number },
  { maxChecks, deadlineMs }: Backoff,
  nowMs: number,
): boolean {
  return attempt + 1 >= maxChecks || nowMs - startedMs >= deadlineMs;
}

/** A longer `Retry-After` than this is not believed. */
export const MAX_RETRY_AFTER_MS = 60 * 60 * 1000;

/**
 * The delay before the check that follows check number `attempt` (0 is the first look at a request).
 * A delay the server asked for is never shortened and gets no jitter; but a server that goes on asking for
 * little, or for nothing, is asked less and less often all the same.
 *
 * @param random a number from 0 (inclusive) to 1 (exclusive)
 */
export function nextDelayMs(
  backoff: Backoff,
  attempt: number,
  random: number,
  retryAfterMs = 0,
): number {
  const growing = backoff.firstDelayMs * backoff.multiplier ** attempt;
  const plain = Math.min(growing, backoff.maxDelayMs);
  const askedMs = Math.min(retryAfterMs, MAX_RETRY_AFTER_MS);
  if (askedMs >= plain) return askedMs;
  return Math.max(askedMs, Math.round(plain * (1 + backoff.jitter * (2 * random - 1))));
}
