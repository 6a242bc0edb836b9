/**
 * The `Retry-After` header in milliseconds from now: seconds, or an HTTP date. Undefined where it is
 * absent or unreadable; a date in the past is 0. Of several, which arrive joined by commas, the longest counts.
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  let maxMs: number | undefined;
  // What a comma parts from a date is its day of the week, which is no time and changes none.
  for (const value of header.split(',')) {
    const waitMs = oneRetryAfterMs(value.trim(), nowMs);
    if (waitMs !== undefined) maxMs = Math.max(waitMs, maxMs ?? 0);
  }
  return maxMs;
}

function oneRetryAfterMs(value: string, nowMs: number): number | undefined {
  if (/^\d{1,9}(?:\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  // Only a date with names: Date.parse also takes "-5" for a year.
  const atMs = /[a-z]{3}/i.test(value) ? Date.parse(inUtc(value)) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

/** The oldest of the three forms of an HTTP date names no zone, but is in UTC too (RFC 9110, 5.6.7). */
function inUtc(date: string): string {
  return /[+-]\d{4}$/.test(date) ? date : `${date} GMT`;
}
