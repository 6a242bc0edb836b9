import { SWEEP_PERIOD_MS, type SweepRun, type SweepTimer, sweepDueMs } from './sweep-plan.ts';
import type { World } from './world.ts';

/** The earliest that the timer fires by itself before its time. */
const MAX_EARLY_MS = 60_000;

/** The scheduled time of a run that fires by itself. */
export const occurrenceOf = (nowMs: number): number => sweepDueMs(nowMs + MAX_EARLY_MS);

/** What the host reports about a run now; about one past due, the missed time, an older one, or the next. */
export function timerOf(why: SweepRun, { time, choices }: World): SweepTimer {
  const dueMs = occurrenceOf(time.nowMs);
  if (why === 'due') return { isPastDue: false, nextMs: dueMs };
  const comingMs = dueMs + SWEEP_PERIOD_MS;
  if (why === 'by hand') return { isPastDue: false, nextMs: comingMs };
  const nextMs = choices.among([dueMs, dueMs - 2 * SWEEP_PERIOD_MS, comingMs]);
  return { isPastDue: true, nextMs };
}
