import type { Clock } from '@sandbox-teardown/shared/clock';

/** A lock is renewed this long before it ends, or halfway if it is shorter than twice that. */
const RENEWAL_MARGIN_MS = 10_000;
/** Between renewals at the least: a broker whose clock is behind must not be called without pause. */
const MIN_DELAY_MS = 400;
/** After a renewal that failed without the lock being lost. */
const RETRY_DELAY_MS = 1_000;

export interface LockRenewalOptions {
  /** When the lock ends unless renewed, in milliseconds since the epoch. */
  lockedUntilMs: number;
  /** How long renewal goes on from now; `Infinity` for as long as it takes. */
  maxRenewalMs: number;
  clock: Clock;
  /** Renews the lock and tells its new end. */
  renew(): Promise<number>;
  onError(error: unknown): void;
}

/**
 * Keeps a message's lock while its invocation runs. The SDK's own renewal goes by MessageId: it cannot handle messages
 * without one, and two deliveries with the same id disturb each other.
 * @returns a function that stops the renewal.
 */
export function startLockRenewal(options: LockRenewalOptions): () => void {
  const { clock, renew, onError } = options;
  const deadlineMs = clock.nowMs() + options.maxRenewalMs;
  let isStopped = false;
  let cancel = () => {};

  const scheduleAt = (atMs: number, lockedUntilMs: number) => {
    if (isStopped || atMs >= deadlineMs) return;
    cancel = clock.schedule(atMs, () => void renewOnce(lockedUntilMs));
  };
  const scheduleBefore = (lockedUntilMs: number) => {
    const nowMs = clock.nowMs();
    scheduleAt(nowMs + renewalDelayMs(lockedUntilMs - nowMs), lockedUntilMs);
  };
  const renewOnce = async (lockedUntilMs: number) => {
    try {
      scheduleBefore(await renew());
    } catch (error) {
      if (isStopped) return;
      onError(error);
      const retryMs = clock.nowMs() + RETRY_DELAY_MS;
      if (retryMs < lockedUntilMs) scheduleAt(retryMs, lockedUntilMs);
    }
  };

  scheduleBefore(options.lockedUntilMs);
  return () => {
    isStopped = true;
    cancel();
  };
}

/** How long to wait before renewing a lock that has `remainingMs` left. */
export function renewalDelayMs(remainingMs: number): number {
  const delayMs = remainingMs - Math.min(RENEWAL_MARGIN_MS, remainingMs / 2);
  return Math.max(MIN_DELAY_MS, delayMs);
}
