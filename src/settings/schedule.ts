import * as v from 'valibot';
import { shown } from './shown.ts';

const FIELD =
  /^(?:\*|[0-9a-z]+(?:-[0-9a-z]+)?)(?:\/\d+)?(?:,(?:\*|[0-9a-z]+(?:-[0-9a-z]+)?)(?:\/\d+)?)*$/i;

/** A six-field NCRONTAB schedule: second, minute, hour, day, month, day of the week; in UTC. */
export const schedule = (name: string) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.check(
      (value) => {
        const fields = value.split(/\s+/);
        return fields.length === 6 && fields.every((field) => FIELD.test(field));
      },
      ({ input }) =>
        `${name} must be a schedule of six fields (second minute hour day month day-of-week, UTC) such as "0 0 2 * * *", but is ${shown(input)}.`,
    ),
  );
