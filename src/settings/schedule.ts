import * as v from 'valibot';
import { objectionToSchedule } from './ncrontab.ts';

/** A six-field NCRONTAB schedule: second, minute, hour, day, month, day of the week; in UTC. */
export const schedule = (name: string) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.check(
      (value) => objectionToSchedule(value) === undefined,
      ({ input }) =>
        `${name} must be a schedule of six fields (second minute hour day month day-of-week, UTC) such as "0 0 2 * * *", but ${objectionToSchedule(input)}.`,
    ),
  );
