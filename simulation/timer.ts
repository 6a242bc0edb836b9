import { SWEEP_PERIOD_MS, type SweepRun, type SweepTimer, sweepDueMs } from './sweep-plan.ts';
import type { World } from './world.ts';

/** No timer of its own fires earlier than this. */
const MAX_EARLY_MS = 1_000;

/** The time of the schedule that a run of the timer's own stands for. */
export const occurrenceOf = (nowMs: number): number => sweepDueMs(nowMs + MAX_EARLY_MS);

/** What the host says of a run now: of one past due, the time that it missed, an older one, or the next. */
export function timerOf(why: SweepRun, { time, choices }: World): SweepTimer {
  const dueMs = occurrenceOf(time.nowMs);
  if (why === 'due') return { isPastDue: false, nextMs: dueMs };
  const comingMs = dueMs + SWEEP_PERIOD_MS;
  if (why === 'by hand') return { isPastDue: false, nextMs: comingMs };
  const nextMs = choices.among([dueMs, dueMs - 2 * SWEEP_PERIOD_MS, comingMs]);
  return { isPastDue: true, nextMs };
}
