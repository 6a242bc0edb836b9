/**
 * The `Retry-After` header in milliseconds from now: seconds, or an HTTP date. Undefined where it is
 * absent or unreadable; a date in the past is 0.
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  const value = header?.trim() ?? '';
  if (/^\d{1,9}(?:\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  // Only a date with names in it: Date.parse also takes "-5" for a year.
  const atMs = /[a-z]{3}/i.test(value) ? Date.parse(inUtc(value)) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

/** The oldest of the three forms of an HTTP date names no zone, and is in UTC all the same (RFC 9110, 5.6.7). */
function inUtc(date: string): string {
  return /(?:\bgmt|\butc|[+-]\d{4})$/i.test(date) ? date : `${date} GMT`;
}
