import { type Duration, parse } from 'tinyduration';

const DAY_MS = 86_400_000;

/**
 * An ISO 8601 duration of days, hours, minutes and seconds, as ARM writes them, in milliseconds.
 * @throws when the text is none, is negative, or counts in months or years, which have no fixed length
 */
export function durationMs(text: string): number {
  const duration: Duration = parse(text);
  if (duration.negative || duration.years || duration.months) {
    throw new Error(`"${text}" is no duration of days, hours, minutes and seconds.`);
  }
  const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = duration;
  return (
    (weeks * 7 + days) * DAY_MS + hours * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1000)
  );
}
