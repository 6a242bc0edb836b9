import { type Backoff, nextDelayMs } from '../../src/teardown/reconcile/retry-policy.ts';

export interface Detected {
  /** After the first pass, which cancels. */
  readonly checks: number;
  readonly overshootMs: number;
}

/** When checks by the app's own delays see what is over after a wait, if they took no time. */
export function detect(backoff: Backoff, waitMs: number, random: () => number): Detected {
  let checks = 0;
  let atMs = 0;
  while (checks === 0 || atMs < waitMs) {
    atMs += nextDelayMs(backoff, checks, random());
    checks += 1;
  }
  return { checks, overshootMs: atMs - waitMs };
}

/** Without jitter a delay is at most the first one and so much of the time since the start, and at most the longest. */
export function overshootBoundMs(
  { firstDelayMs, multiplier, maxDelayMs }: Backoff,
  waitMs: number,
): number {
  return Math.min(firstDelayMs + (multiplier - 1) * waitMs, maxDelayMs);
}
