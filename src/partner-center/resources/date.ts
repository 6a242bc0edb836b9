import * as v from 'valibot';

/** Older than any sandbox: .NET writes a date in the year 1 where it was never set. */
const FIRST_DATE_MS = Date.UTC(2000);

const MAX_DATE_LENGTH = 60;

/** Day, time and zone: all there is, because what `Date.parse` only guesses at, it takes in the host's zone. */
const DATE = /^(\d{4}-\d{2}-\d{2})T*(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * A date in milliseconds since the epoch; undefined where it is absent or unreadable. The samples of the articles have
 * blanks within the time (`T08: 00: 00Z`), a second `T`, seven fractional digits, offsets (`-08:00`), no zone at all,
 * and a day alone. Without a zone it is UTC, as everywhere in this API.
 */
export const optionalDateMs = v.pipe(
  v.nullish(v.unknown()),
  v.transform((value) => {
    const ms = typeof value === 'string' ? dateMs(value) : Number.NaN;
    return ms >= FIRST_DATE_MS ? ms : undefined;
  }),
);

/** A date, or that there is one which cannot be read. */
export const dateOrUnreadable = v.pipe(
  v.nullish(v.unknown(), undefined),
  v.transform((value) =>
    value === undefined || value === ''
      ? undefined
      : (v.parse(optionalDateMs, value) ?? ('unreadable' as const)),
  ),
);

function dateMs(written: string): number {
  if (written.length > MAX_DATE_LENGTH) return Number.NaN;
  // Of more than nine digits V8 reads a wrong fraction.
  const text = written
    .replace(/\s/g, '')
    .replace(/(\.\d{3})\d+/, '$1')
    .toUpperCase();
  const match = DATE.exec(text);
  if (match === null) return Number.NaN;
  const [, day, time = '00:00', zone = 'Z'] = match;
  return Date.parse(`${day}T${time}${zone}`);
}
