/**
 * The schedules that the timer of Azure Functions accepts: NCrontab 3.3.3 (atifaziz/NCrontab,
 * CrontabFieldImpl.InternalParse and CrontabField.Accumulate), with seconds. Names may be abbreviated, "n/s" runs to
 * the end of the field, and a day must match both day fields. `L`, `W`, `#`, `?` and 7 for Sunday are not supported.
 *
 * Two things are rejected that NCrontab accepts with another meaning: a step of 0 (it takes 1), and a range that runs
 * backwards (it swaps the ends).
 */

interface Kind {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** English names, in ascending order. */
  readonly names?: readonly string[];
}

const MONTHS =
  'january february march april may june july august september october november december'.split(
    ' ',
  );
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

const DAY: Kind = { name: 'day', min: 1, max: 31 };
const MONTH: Kind = { name: 'month', min: 1, max: 12, names: MONTHS };
const KINDS: readonly Kind[] = [
  { name: 'second', min: 0, max: 59 },
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  DAY,
  MONTH,
  { name: 'day of the week', min: 0, max: 6, names: WEEKDAYS },
];

const ELEMENT = /^(?:\*|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:\/(\d{1,9}))?$/i;

/** The maximum number of days of each month. */
const MAX_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

type Values = readonly number[];

/** The values of each field of a valid schedule, smallest first. */
export function fieldsOf(
  schedule: string,
): readonly [
  seconds: Values,
  minutes: Values,
  hours: Values,
  days: Values,
  months: Values,
  weekdays: Values,
] {
  const fields = split(schedule);
  const values = KINDS.map((kind, index) =>
    [...valuesOf(kind, fields[index])].sort((a, b) => a - b),
  );
  // One list for each kind of field.
  return values as unknown as ReturnType<typeof fieldsOf>;
}

/**
 * What is wrong with a schedule, as a clause after "but"; undefined for one that the host accepts and that comes due.
 */
export function objectionToSchedule(schedule: string): string | undefined {
  const fields = split(schedule);
  if (fields.length !== KINDS.length) {
    return `has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`;
  }
  const objection = KINDS.map((kind, index) => objectionToField(kind, fields[index] ?? '')).find(
    (each) => each !== undefined,
  );
  if (objection !== undefined) return objection;
  return isSomeDay(valuesOf(DAY, fields[3]), valuesOf(MONTH, fields[4]))
    ? undefined
    : 'none of its months has such a day, so it never comes due';
}

/** Like NCrontab, by spaces only, not tabs. */
function split(schedule: string): readonly string[] {
  return schedule.split(' ').filter((field) => field !== '');
}

function objectionToField(kind: Kind, field: string): string | undefined {
  for (const element of field.split(',')) {
    const parts = ELEMENT.exec(element);
    const [, from, to, step] = parts ?? [];
    const [first, last] = [valueIn(kind, from), valueIn(kind, to)];
    if (parts === null || Number.isNaN(first) || Number.isNaN(last)) {
      const names = kind.names === undefined ? '' : ' (or their English names)';
      return `its ${kind.name} must be from ${kind.min} to ${kind.max}${names}: values, ranges, "*", each with a step or without, separated by commas`;
    }
    if (Number(step) === 0) return `its ${kind.name} has a step of 0`;
    if (Number(first) > Number(last)) {
      return `its ${kind.name} has a range that runs backwards`;
    }
  }
  return undefined;
}

/** The value of a text in this field; NaN where it is none. */
function valueIn({ min, max, names = [] }: Kind, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const named = names.findIndex((name) => name.startsWith(text.toLowerCase()));
  // An unknown name gives a value below the minimum.
  const value = /^\d+$/.test(text) ? Number(text) : named + min;
  return value >= min && value <= max ? value : Number.NaN;
}

/** The values of a valid field. */
function valuesOf(kind: Kind, field = ''): ReadonlySet<number> {
  const values = new Set<number>();
  for (const element of field.split(',')) {
    const [, from, to, step] = ELEMENT.exec(element) ?? [];
    const first = valueIn(kind, from) ?? kind.min;
    const toTheEnd = from === undefined || step !== undefined;
    const last = valueIn(kind, to) ?? (toTheEnd ? kind.max : first);
    for (let value = first; value <= last; value += Number(step ?? 1)) values.add(value);
  }
  return values;
}

function isSomeDay(days: ReadonlySet<number>, months: ReadonlySet<number>): boolean {
  const earliest = Math.min(...days);
  return MAX_MONTHS.some((length, index) => months.has(index + 1) && earliest <= length);
}
