import { ManualClock } from '@sandbox-teardown/shared/clock';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renewalDelayMs, startLockRenewal } from '../src/lock-renewal.ts';

/** Lets the promises that are already settled have their say. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function start(lockMs: number, maxRenewalMs: number, failures: string[] = []) {
  const clock = new ManualClock(0);
  const renewedAtMs: number[] = [];
  const errors: unknown[] = [];
  const stop = startLockRenewal({
    lockedUntilMs: lockMs,
    maxRenewalMs,
    clock,
    renew: async () => {
      renewedAtMs.push(clock.nowMs());
      const failure = failures.shift();
      if (failure !== undefined) throw new Error(failure);
      return clock.nowMs() + lockMs;
    },
    onError: (error) => errors.push(error),
  });
  const pass = async (ms: number) => {
    for (let step = 0; step < ms; step += 500) {
      clock.advance(500);
      await settle();
    }
  };
  return { renewedAtMs, errors, stop, pass };
}

test('a lock is renewed 10 s before it ends, again and again', async () => {
  const { renewedAtMs, pass } = start(60_000, 300_000);
  await pass(160_000);
  expect(renewedAtMs).toEqual([50_000, 100_000, 150_000]);
});

test('a short lock is renewed halfway', async () => {
  const { renewedAtMs, pass } = start(5_000, 300_000);
  await pass(8_000);
  expect(renewedAtMs).toEqual([2_500, 5_000, 7_500]);
});

test('renewal ends when the invocation does, and after its maximum time', async () => {
  const stopped = start(60_000, 300_000);
  await stopped.pass(60_000);
  stopped.stop();
  await stopped.pass(100_000);
  expect(stopped.renewedAtMs).toEqual([50_000]);

  const bounded = start(60_000, 120_000);
  await bounded.pass(300_000);
  expect(bounded.renewedAtMs).toEqual([50_000, 100_000]);
});

test('a renewal of zero length never happens', async () => {
  const { renewedAtMs, pass } = start(60_000, 0);
  await pass(120_000);
  expect(renewedAtMs).toEqual([]);
});

test('a renewal that failed is reported and tried again while the lock lasts', async () => {
  const { renewedAtMs, errors, pass } = start(20_000, 300_000, ['one', 'two']);
  await pass(14_000);
  expect(renewedAtMs).toEqual([10_000, 11_000, 12_000]);
  expect(errors).toHaveLength(2);
});

test('a renewal that fails until the lock has ended is given up', async () => {
  const { renewedAtMs, pass } = start(3_000, 300_000, Array(50).fill('gone'));
  await pass(20_000);
  expect(renewedAtMs).toEqual([1_500, 2_500]);
});

test('a lock that seems to have ended is not renewed without pause', () => {
  expect(renewalDelayMs(-60_000)).toBe(400);
});

test('a lock of a second or more is always renewed before it ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_000, max: 300_000 }), (remainingMs) => {
      const delayMs = renewalDelayMs(remainingMs);
      expect(delayMs).toBeGreaterThan(0);
      expect(delayMs).toBeLessThan(remainingMs);
    }),
    { seed: 20_261_122 },
  );
});
