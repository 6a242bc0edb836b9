import { describe, expect, it, vi } from 'vitest';
import { retryAfterMs } from '../../../src/partner-center/http/retry-after.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 12, 0, 0);

describe('Retry-After', () => {
  it.each([
    ['57', 57_000],
    ['0', 0],
    [' 1.5 ', 1_500],
    ['1.25', 1_250],
    ['0.0004', 1],
    ['Sun, 22 Nov 2026 12:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
    ['Sunday, 22-Nov-26 12:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 14:00:30 +0200', 30_000],
    ['57, 60', 60_000],
    ['60,57', 60_000],
    ['soon, 57', 57_000],
    ['57, Sun, 22 Nov 2026 12:00:30 GMT', 57_000],
    ['Sun, 22 Nov 2026 12:00:30 GMT, Sunday, 22-Nov-26 12:00:40 GMT, 7', 40_000],
    ['57, -5', 57_000],
    ['60, -5', 60_000],
    ['57;', undefined],
    ['1.', undefined],
    ['1Z', undefined],
    ['2026-11-22T12:00:30Z', undefined],
    ['2026-11-22 12:00:30', undefined],
    ['Sunday, 22-Nov-2026 12:00:30', 30_000],
    ['Sun, 22 Nov 2026 10:00:30 -0200', 30_000],
    ['Sun, 22 Nov 2026 12:00:30 UTC', 30_000],
    ['Sun, 22 Nov 2026 12:00:00 GMT', 0],
    ['soon', undefined],
    ['soon, later', undefined],
    ['-5', undefined],
    ['', undefined],
    [null, undefined],
  ])('"%s" is %s ms', (header, expected) => {
    expect(retryAfterMs(header, NOW_MS)).toBe(expected);
  });

  it('as a date without a zone is in UTC, wherever the machine is', () => {
    vi.stubEnv('TZ', 'America/New_York');
    try {
      expect(new Date(NOW_MS).getTimezoneOffset()).not.toBe(0);
      expect(retryAfterMs('Sun Nov 22 12:00:30 2026', NOW_MS)).toBe(30_000);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
