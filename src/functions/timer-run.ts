import type { Timer } from '@azure/functions';
import type { TimerRun } from '../teardown/sweep/firing.ts';

/**
 * What the host says about a timer's run. There is no status for a timer that is due more than once a minute, although
 * the type has one (Azure/azure-webjobs-sdk-extensions, TimerInfo: `ScheduleStatus` is null without a monitor).
 */
export function timerRun(timer: Partial<Timer> | undefined): TimerRun {
  const next: unknown = timer?.scheduleStatus?.next;
  const nextMs = typeof next === 'string' ? utcMs(next) : Number.NaN;
  return {
    isPastDue: timer?.isPastDue === true,
    ...(!Number.isNaN(nextMs) && { nextMs }),
  };
}

/** .NET leaves out a time zone that it does not know. With a second zone the text is not a time. */
function utcMs(time: string): number {
  const ms = Date.parse(`${time}Z`);
  return Number.isNaN(ms) ? Date.parse(time) : ms;
}
