/** What the host says about a run of a timer. */
export interface TimerRun {
  /** It replaces a run that was missed while no host was running. */
  readonly isPastDue: boolean;
  /**
   * The next due time that the host has stored: the one due now in a run of the timer itself, a future one in a run by
   * hand.
   */
  readonly nextMs?: number;
}

/** A run of the sweep. */
export interface Firing {
  /** The same for every run for the same due time. */
  readonly id: string;
  /** The time since then; 0 for an early run, and by hand. */
  readonly lateMs: number;
}

/**
 * A timer fires up to some milliseconds early, or more if the clock was set back. Source:
 * Azure/azure-webjobs-sdk-extensions, TimerListener.InvokeJobFunction, which counts such a run for the due time ahead.
 * A run by hand in that last minute cannot be distinguished from it, and counts as that sweep too.
 */
export const MAX_EARLY_MS = 60_000;

/**
 * Which sweep a run of the timer is. It is named by its due time, whenever and however often the timer fires. A run by
 * hand has a name of its own; only its stored due time, which is in the future, shows that it is one.
 */
export function firingOf(
  { isPastDue, nextMs = Number.NaN }: TimerRun,
  lastDueMs: (atMs: number) => number | undefined,
  nowMs: number,
): Firing {
  const aheadMs = nextMs - nowMs;
  if (!isPastDue && aheadMs > MAX_EARLY_MS) {
    return { id: `sweep-by-hand-${compact(nowMs, 'milliseconds')}`, lateMs: 0 };
  }
  const isEarly = aheadMs > 0 && aheadMs <= MAX_EARLY_MS;
  const dueMs = lastDueMs(isEarly ? nextMs : nowMs) ?? nowMs;
  return { id: `sweep-${compact(dueMs, 'minutes')}`, lateMs: Math.max(0, nowMs - dueMs) };
}

/** 20261122T0200Z, or 20261122T020000123Z. */
function compact(ms: number, to: 'minutes' | 'milliseconds'): string {
  const length = to === 'minutes' ? '2026-11-22T02:00'.length : '2026-11-22T02:00:00.000'.length;
  return `${new Date(ms).toISOString().slice(0, length).replace(/[-:.]/g, '')}Z`;
}
