import type { Timer } from '@azure/functions';
import { expect, it } from 'vitest';
import { timerRun } from '../../src/functions/timer-run.ts';

const DUE_MS = Date.UTC(2026, 10, 22, 2);
const timer = (next: unknown, isPastDue = false) =>
  ({ isPastDue, schedule: { adjustForDST: true }, scheduleStatus: { next } }) as Timer;

it.each([
  '2026-11-22T02:00:00+00:00',
  '2026-11-22T03:00:00+01:00',
  '2026-11-22T02:00:00.000Z',
  '2026-11-22T02:00:00',
  '2026-11-22T02:00:00.0000000+00:00',
])('the next time of a timer is read in UTC: %s', (next) => {
  expect(timerRun(timer(next))).toStrictEqual({ isPastDue: false, nextMs: DUE_MS });
});

it('a timer that makes up for a missed run reports it', () => {
  expect(timerRun(timer('2026-11-22T02:00:00Z', true)).isPastDue).toBe(true);
});

it.each([
  ['without a status', { isPastDue: false, scheduleStatus: null }],
  ['with a next time that is none', timer('soon')],
  ['with a next time that is no text', timer(7)],
  ['that is nothing', undefined],
])('a timer %s has no next time', (_which, given) => {
  expect(timerRun(given as Timer | undefined)).toStrictEqual({ isPastDue: false });
});
