import { type Duration, parse } from 'tinyduration';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Months and years count as the longest ones, so that "at least this long" is never too short. */
const MAX_MONTH_MS = 31 * DAY_MS;
const MAX_YEAR_MS = 366 * DAY_MS;

/** Longer than any real duration; the library's pattern takes minutes for a text of many kilobytes. */
const MAX_DURATION_LENGTH = 100;

/** An ISO 8601 duration in milliseconds; undefined where the text is not a positive duration. */
export function parseDurationMs(text: string): number | undefined {
  if (text.length > MAX_DURATION_LENGTH) return undefined;
  let totalMs = 0;
  try {
    totalMs = millisecondsOf(parse(text));
  } catch {
    // Not a duration: stays 0.
  }
  return totalMs > 0 ? totalMs : undefined;
}

function millisecondsOf(duration: Duration): number {
  const totalMs =
    (duration.years ?? 0) * MAX_YEAR_MS +
    (duration.months ?? 0) * MAX_MONTH_MS +
    (duration.weeks ?? 0) * 7 * DAY_MS +
    (duration.days ?? 0) * DAY_MS +
    (duration.hours ?? 0) * HOUR_MS +
    (duration.minutes ?? 0) * MINUTE_MS +
    (duration.seconds ?? 0) * SECOND_MS;
  return duration.negative ? -totalMs : totalMs;
}

/** Milliseconds as an ISO 8601 duration, for people and for messages: PT12H, PT1M30S. */
export function durationText(ms: number): string {
  const parts = [
    [Math.floor(ms / HOUR_MS), 'H'],
    [Math.floor((ms % HOUR_MS) / MINUTE_MS), 'M'],
    [(ms % MINUTE_MS) / SECOND_MS, 'S'],
  ] as const;
  return `PT${parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('')}`;
}
