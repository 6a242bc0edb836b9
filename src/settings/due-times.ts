import { fieldsOf } from './ncrontab.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The calendar repeats after 28 years, or 40 where a year that ends in 00 has no 29 February. */
const MAX_DAYS = 40 * 366;

/**
 * When a schedule comes due, in UTC: the only zone a Flex Consumption app has. Source:
 * https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan
 */
export interface DueTimes {
  /**
   * The last due time at or before that moment, in milliseconds since the epoch; undefined if there is none in forty
   * years.
   */
  lastMs(atMs: number): number | undefined;
  /** The shortest time from one due time to the next. */
  readonly minPeriodMs: number;
}

/** @param schedule a valid one: `objectionToSchedule` returns undefined for it */
export function dueTimes(schedule: string): DueTimes {
  const [seconds, minutes, hours, days, months, weekdays] = fieldsOf(schedule);
  const timesOfDay = hours.flatMap((hour) =>
    minutes.flatMap((minute) =>
      seconds.map((second) => ((hour * 60 + minute) * 60 + second) * 1_000),
    ),
  );
  const isDueOn = (dayMs: number): boolean => {
    const date = new Date(dayMs);
    return (
      days.includes(date.getUTCDate()) &&
      months.includes(date.getUTCMonth() + 1) &&
      weekdays.includes(date.getUTCDay())
    );
  };
  return {
    lastMs(atMs) {
      const todayMs = Math.floor(atMs / DAY_MS) * DAY_MS;
      for (let ago = 0; ago < MAX_DAYS; ago += 1) {
        const dayMs = todayMs - ago * DAY_MS;
        if (!isDueOn(dayMs)) continue;
        const timeMs = timesOfDay.findLast((each) => dayMs + each <= atMs);
        if (timeMs !== undefined) return dayMs + timeMs;
      }
      return undefined;
    },
    minPeriodMs: Math.min(withinADay(timesOfDay), fromDayToDay(timesOfDay, isDueOn)),
  };
}

function withinADay(timesOfDay: readonly number[]): number {
  return timesOfDay.reduce(
    (minMs, each, index) => Math.min(minMs, each - (timesOfDay[index - 1] ?? -Infinity)),
    Infinity,
  );
}

/** From the last due time of a day to the first one of the next day that has any. */
function fromDayToDay(timesOfDay: readonly number[], isDueOn: (dayMs: number) => boolean): number {
  let minDays = Infinity;
  let lastDay = -Infinity;
  for (let day = 0; day < MAX_DAYS && minDays > 1; day += 1) {
    if (!isDueOn(day * DAY_MS)) continue;
    minDays = Math.min(minDays, day - lastDay);
    lastDay = day;
  }
  return minDays * DAY_MS - ((timesOfDay.at(-1) ?? 0) - (timesOfDay[0] ?? 0));
}
