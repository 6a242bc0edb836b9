import type { Timer } from '@azure/functions';
import type { TimerRun } from '../teardown/sweep/firing.ts';

/**
 * What the host says of a timer's run. It says no status of a timer that is due more than once a minute, although the
 * type has one (Azure/azure-webjobs-sdk-extensions, TimerInfo: `ScheduleStatus` is null without a monitor).
 */
export function timerRun(timer: Partial<Timer> | undefined): TimerRun {
  const next: unknown = timer?.scheduleStatus?.next;
  const nextMs = typeof next === 'string' ? utcMs(next) : Number.NaN;
  return {
    isPastDue: timer?.isPastDue === true,
    ...(!Number.isNaN(nextMs) && { nextMs }),
  };
}

/** .NET writes a time without its zone where it does not know any; with two zones it is no time. */
function utcMs(time: string): number {
  const ms = Date.parse(`${time}Z`);
  return Number.isNaN(ms) ? Date.parse(time) : ms;
}
