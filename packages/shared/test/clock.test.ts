import { expect, test } from 'vitest';
import { ManualClock, systemClock } from '../src/clock.ts';

test('a manual clock calls back in the order of time, each callback at its own time', () => {
  const clock = new ManualClock(0);
  const called: [string, number][] = [];
  const at = (atMs: number, name: string) =>
    clock.schedule(atMs, () => called.push([name, clock.nowMs()]));
  at(20, 'late');
  at(10, 'early');
  clock.schedule(15, () => at(16, 'what a callback schedules'));
  at(30, 'after');
  at(12, 'cancelled')();
  clock.advance(20);
  expect(called).toEqual([
    ['early', 10],
    ['what a callback schedules', 16],
    ['late', 20],
  ]);
  expect(clock.nowMs()).toBe(20);
});

test("the machine's clock calls back when it is time, and not where that was cancelled", async () => {
  const called: string[] = [];
  systemClock.schedule(systemClock.nowMs() + 1, () => called.push('cancelled'))();
  const atMs = systemClock.nowMs() + 20;
  await new Promise<void>((resolve) => {
    const alive = setTimeout(() => undefined, 60_000);
    systemClock.schedule(atMs, () => {
      clearTimeout(alive);
      resolve();
    });
  });
  expect(systemClock.nowMs()).toBeGreaterThanOrEqual(atMs);
  expect(called).toEqual([]);
});
