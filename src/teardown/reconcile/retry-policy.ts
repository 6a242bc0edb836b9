/** When to look again. All durations in milliseconds. */
export interface Pacing {
  readonly firstDelayMs: number;
  /** Each delay is this many times the one before. */
  readonly factor: number;
  readonly longestDelayMs: number;
  /** A share of the delay, 0 to 1, by which it may be longer or shorter. */
  readonly jitter: number;
  /** Looks after which a teardown is parked. */
  readonly mostLooks: number;
  /** Age at which a teardown is parked. */
  readonly deadlineMs: number;
}

/** Is this the look that ends the teardown, whatever it finds? */
export function isLastLook(
  { attempt, startedMs }: { readonly attempt: number; readonly startedMs: number },
  { mostLooks, deadlineMs }: Pacing,
  nowMs: number,
): boolean {
  return attempt + 1 >= mostLooks || nowMs - startedMs >= deadlineMs;
}

/** A longer `Retry-After` than this is not believed. */
export const LONGEST_RETRY_AFTER_MS = 60 * 60 * 1000;

/**
 * The delay before the look that follows look number `attempt` (0 is the first look at a request).
 * A delay the server asked for is never shortened and gets no jitter; but a server that goes on asking for
 * little, or for nothing, is asked less and less often all the same.
 *
 * @param random a number from 0 (inclusive) to 1 (exclusive)
 */
export function nextDelayMs(
  pacing: Pacing,
  attempt: number,
  random: number,
  retryAfterMs = 0,
): number {
  const growing = pacing.firstDelayMs * pacing.factor ** attempt;
  const plain = Math.min(growing, pacing.longestDelayMs);
  const askedMs = Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS);
  if (askedMs >= plain) return askedMs;
  return Math.max(askedMs, Math.round(plain * (1 + pacing.jitter * (2 * random - 1))));
}
