/** What the host says of a run of a timer. */
export interface TimerRun {
  /** It makes up for a run that was missed while no host ran. */
  readonly isPastDue: boolean;
  /** The next time that the host has written down: in a run of the timer's own the one now due, by hand one to come. */
  readonly nextMs?: number;
}

/** A run of the sweep. */
export interface Firing {
  /** The same for every run that stands for the same time of the schedule. */
  readonly id: string;
  /** Since that time; 0 where it is not yet over, and by hand. */
  readonly lateMs: number;
}

/**
 * A timer fires up to some milliseconds early, and more where the clock was put back meanwhile. Source:
 * Azure/azure-webjobs-sdk-extensions, TimerListener.InvokeJobFunction, which counts such a run for the time to come. A
 * run by hand in that last minute cannot be told from one: it is the sweep of that time, a little early.
 */
export const MAX_EARLY_MS = 60_000;

/**
 * Which sweep a run of the timer is. The time of the schedule that was due names it, whenever the timer fires and
 * however often; a run by hand, which the host tells by nothing but the time to come, has a name of its own.
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
