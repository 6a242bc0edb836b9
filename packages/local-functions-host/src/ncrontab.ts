import { errorMessage } from '@sandbox-teardown/shared/error-message';
import { Cron } from 'croner';

/** When a timer function is due. */
export interface Schedule {
  /** The expression as the app gave it. */
  expression: string;
  /** The first due time after `afterMs`, in milliseconds since the epoch; `undefined` if there is none. */
  nextMs(afterMs: number): number | undefined;
}

const FIELDS = [
  { name: 'second', highest: 59 },
  { name: 'minute', highest: 59 },
  { name: 'hour', highest: 23 },
  { name: 'day', highest: 31 },
  { name: 'month', highest: 12 },
  { name: 'day of the week', highest: 6 },
] as const;

/** One element of a field's list: `*`, a value or a range, each with an optional step. */
const ELEMENT =
  /^(?:\*|(?<from>\d{1,2}|[a-z]{3,9})(?:-(?<to>\d{1,2}|[a-z]{3,9}))?)(?:\/(?<step>\d{1,2}))?$/i;

/**
 * Reads an NCRONTAB expression of six fields (with seconds) or five, in UTC: the only zone a Flex Consumption app has.
 * NCRONTAB differs from other crontabs, so croner is given a normalised pattern: a day must match both day fields,
 * `n/s` runs from n to the field's end, and there is no `L`, `W`, `#`, `?` and no 7 for Sunday.
 * @throws Error with a message, if the text is not such an expression or never comes due.
 */
export function parseNcrontab(expression: string): Schedule {
  const given = expression.trim().split(/\s+/);
  if (expression.includes(':')) {
    throw new Error(
      `schedule "${expression}" is a time span, which only runs on dedicated plans; give an NCRONTAB expression of six fields.`,
    );
  }
  if (given.length !== 5 && given.length !== 6) {
    throw new Error(
      `schedule "${expression}" has ${given.length} fields; NCRONTAB has six: second, minute, hour, day, month, day of the week.`,
    );
  }
  const fields = given.length === 5 ? ['0', ...given] : given;
  const pattern = FIELDS.map((field, index) => normaliseField(expression, field, fields[index]));
  const cron = createCron(expression, pattern.join(' '));
  return {
    expression,
    nextMs: (afterMs) => cron.nextRun(new Date(afterMs))?.getTime(),
  };
}

function normaliseField(
  expression: string,
  field: (typeof FIELDS)[number],
  text: string | undefined,
): string {
  const refuse = (): never => {
    throw new Error(
      `schedule "${expression}": "${text}" is not an NCRONTAB ${field.name}; use values up to ${field.highest}, ranges, lists and steps.`,
    );
  };
  return (text ?? refuse())
    .split(',')
    .map((element) => {
      const parts = ELEMENT.exec(element)?.groups;
      if (parts === undefined) return refuse();
      const { from, to, step } = parts;
      if ([from, to].some((value) => Number(value) > field.highest)) return refuse();
      return from !== undefined && to === undefined && step !== undefined
        ? `${from}-${field.highest}/${step}`
        : element;
    })
    .join(',');
}

function createCron(expression: string, pattern: string): Cron {
  try {
    return new Cron(pattern, { timezone: 'UTC', domAndDow: true, paused: true });
  } catch (error) {
    const reason = errorMessage(error);
    throw new Error(`schedule "${expression}" is not an NCRONTAB expression: ${reason}.`);
  }
}
