import { expect, test } from 'vitest';
import { parseNcrontab } from '../src/ncrontab.ts';

const START_MS = Date.UTC(2026, 10, 22, 1, 2, 3); // a Sunday

test.each([
  ['0 */5 * * * *', '2026-11-22T01:05:00.000Z'],
  ['*/5 * * * *', '2026-11-22T01:05:00.000Z'],
  ['10 * * * * *', '2026-11-22T01:02:10.000Z'],
  ['0 0 2 * * *', '2026-11-22T02:00:00.000Z'],
  ['0 30 9 * Jan Mon', '2027-01-04T09:30:00.000Z'],
  ['0 0 0 13 * 5', '2027-08-13T00:00:00.000Z'],
  ['0 10/20 * * * *', '2026-11-22T01:10:00.000Z'],
  ['0 0 9-17/4,20 * * 1-5', '2026-11-23T09:00:00.000Z'],
])('after 2026-11-22T01:02:03Z "%s" is next due at %s', (expression, next) => {
  const nextMs = parseNcrontab(expression).nextMs(START_MS);
  expect(new Date(nextMs ?? 0).toISOString()).toBe(next);
});

test('a step without an end runs to the end of the field', () => {
  const { nextMs } = parseNcrontab('0 10/20 * * * *');
  const second = nextMs(Date.UTC(2026, 10, 22, 1, 10));
  const third = nextMs(Date.UTC(2026, 10, 22, 1, 30));
  expect([second, third]).toEqual([Date.UTC(2026, 10, 22, 1, 30), Date.UTC(2026, 10, 22, 1, 50)]);
});

test.each([
  ['00:05:00', 'is a time span, which only runs on dedicated plans'],
  ['* * * *', 'has 4 fields; NCRONTAB has six'],
  ['0 0 0 * * * *', 'has 7 fields'],
  ['@daily', 'has 1 fields'],
  ['0 0 25 * * *', '"25" is not an NCRONTAB hour'],
  ['0 0 0 * * 7', '"7" is not an NCRONTAB day of the week'],
  ['0 0 0 L * *', '"L" is not an NCRONTAB day'],
  ['0 0 0 ? * *', '"?" is not an NCRONTAB day'],
  ['0 0 0 * * 5#2', '"5#2" is not an NCRONTAB day of the week'],
  ['0 0 0 * Foo *', 'is not an NCRONTAB expression'],
])('the schedule "%s" is refused: %s', (expression, message) => {
  expect(() => parseNcrontab(expression)).toThrow(message);
});
