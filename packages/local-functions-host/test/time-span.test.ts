import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTimeSpanMs } from '../src/time-span.ts';

test.each([
  ['00:05:00', 300_000],
  ['00:00:00.100', 100],
  ['1.02:03:04.5', 93_784_500],
  ['-00:00:00.0010000', -1],
  ['00:30', 1_800_000],
])('the time span %s is %d ms', (text, ms) => {
  expect(parseTimeSpanMs(text)).toBe(ms);
});

test.each(['', '5', '25:00:00', '00:60:00', '00:00:60', '00:05:00Z', 'PT5M', '00:00:00.'])(
  'the text "%s" is no time span',
  (text) => {
    expect(parseTimeSpanMs(text)).toBeUndefined();
  },
);

test('every time span reads back as the parts it was written from', () => {
  const parts = fc.record({
    days: fc.nat(99_999),
    hours: fc.nat(23),
    minutes: fc.nat(59),
    seconds: fc.nat(59),
  });
  fc.assert(
    fc.property(parts, ({ days, hours, minutes, seconds }) => {
      const text = `${days}.${hours}:${minutes}:${seconds}`;
      const ms = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
      expect(parseTimeSpanMs(text)).toBe(ms);
    }),
    { seed: 20_261_122 },
  );
});
