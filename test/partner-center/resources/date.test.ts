import fc from 'fast-check';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { optionalDateMs } from '../../../src/partner-center/resources/date.ts';

// On the far side of the date line: what is read in the host's zone is hours off.
beforeEach(() => void vi.stubEnv('TZ', 'Pacific/Kiritimati'));
afterEach(() => void vi.unstubAllEnvs());

const read = (written: string): number | undefined => v.parse(optionalDateMs, written);

/** Blanks at any place, and any letter case. */
const carelessly = (written: string, blanks: readonly number[], isLower: boolean): string => {
  const text = isLower ? written.toLowerCase() : written;
  return blanks.reduce((all, at) => `${all.slice(0, at)} ${all.slice(at)}`, text);
};

const zones = fc.oneof(
  fc.constantFrom(['', 0], ['Z', 0]),
  fc
    .tuple(fc.constantFrom(1, -1), fc.nat(14), fc.nat(59), fc.constantFrom(':', ''))
    .map(([sign, hours, minutes, colon]) => {
      const digits = [hours, minutes].map((part) => String(part).padStart(2, '0')).join(colon);
      return [`${sign > 0 ? '+' : '-'}${digits}`, sign * (hours * 60 + minutes)] as const;
    }),
);

describe('a date of an answer', () => {
  it('means the same in every zone of the host, however it is written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2000, 0, 2) / 1_000, max: Date.UTC(2099, 0) / 1_000 }),
        fc.stringMatching(/^\d{0,20}$/),
        zones,
        fc.array(fc.nat(45), { maxLength: 5 }),
        fc.boolean(),
        (seconds, digits, [zone, offsetMinutes], blanks, isLower) => {
          const local = new Date(seconds * 1_000).toISOString().slice(0, 19);
          const written = `${local}${digits && `.${digits}`}${zone}`;
          const fraction = Number(digits.slice(0, 3).padEnd(3, '0'));
          expect(read(carelessly(written, blanks, isLower))).toBe(
            seconds * 1_000 + fraction - offsetMinutes * 60_000,
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['a part of a fraction', '2026-11-22T00:00:00.'],
    ['a single digit', '2026-11-22T00:00:5'],
    ['a digit more', '2026-11-22T00:00:000'],
    ['a comma', '2026-11-22T00:00:00,5'],
    ['an hour alone for a zone', '2026-11-22T00:00:00+05'],
    ['a zone by name', '2026-11-22T00:00:00 PST'],
    ['half of a day', '2026-11-22T00:00:00 AM'],
    ['two zones', '2026-11-22T00:00:00Z+05:00'],
  ])('with %s is not known, rather than read by guesswork', (_what, written) => {
    expect(read(written)).toBeUndefined();
  });
});
