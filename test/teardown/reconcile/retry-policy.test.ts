import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Backoff,
  MAX_ADDED_MS,
  MAX_RETRY_AFTER_MS,
  nextDelayMs,
} from '../../../src/teardown/reconcile/retry-policy.ts';

const backoff: Backoff = {
  firstDelayMs: 5_000,
  multiplier: 1.5,
  maxDelayMs: 300_000,
  jitter: 0.1,
  maxChecks: 500,
  deadlineMs: 86_400_000,
};
const MIDDLE = 0.5;

describe('the delay before the next check', () => {
  it('begins with the first delay and grows by the multiplier', () => {
    expect(nextDelayMs(backoff, 0, MIDDLE)).toBe(5_000);
    expect(nextDelayMs(backoff, 1, MIDDLE)).toBe(7_500);
    expect(nextDelayMs(backoff, 2, MIDDLE)).toBe(11_250);
  });

  it('stops growing at the longest delay', () => {
    expect(nextDelayMs(backoff, 11, MIDDLE)).toBe(300_000);
    expect(nextDelayMs(backoff, 5_000, MIDDLE)).toBe(300_000);
  });

  it('is what the server asks for, and by chance up to twice that', () => {
    expect(nextDelayMs(backoff, 3, 0, 57_000)).toBe(57_000);
    expect(nextDelayMs(backoff, 3, MIDDLE, 57_000)).toBe(85_500);
    expect(nextDelayMs(backoff, 0, 0, 5_001)).toBe(5_001);
    expect(nextDelayMs(backoff, 0, 0, 5_000)).toBe(5_000);
  });

  it('is no more than a minute longer than the server asks for', () => {
    expect(nextDelayMs(backoff, 0, MIDDLE, 60_000)).toBe(90_000);
    expect(nextDelayMs(backoff, 0, MIDDLE, 61_000)).toBe(91_000);
  });

  it('is an hour at most, and that minute, whatever the server asks for', () => {
    expect(nextDelayMs(backoff, 0, 0, 10 * MAX_RETRY_AFTER_MS)).toBe(MAX_RETRY_AFTER_MS);
    expect(nextDelayMs(backoff, 0, MIDDLE, MAX_RETRY_AFTER_MS)).toBe(
      MAX_RETRY_AFTER_MS + MAX_ADDED_MS / 2,
    );
  });

  it('is the least delay that the policy asks for, without jitter', () => {
    expect(nextDelayMs(backoff, 0, 0.99, 0, 120_000)).toBe(120_000);
    expect(nextDelayMs(backoff, 0, 0, 120_000, 60_000)).toBe(120_000);
  });

  it('is shorter at the lowest random number, and longer at the highest', () => {
    expect(nextDelayMs(backoff, 0, 0)).toBe(4_500);
    expect(nextDelayMs(backoff, 0, 0.75)).toBe(5_250);
  });

  it('is not made shorter by a server that asks for less', () => {
    expect(nextDelayMs(backoff, 3, MIDDLE, 0)).toBe(16_875);
    expect(nextDelayMs(backoff, 3, 0, 16_874)).toBe(16_874);
    expect(nextDelayMs(backoff, 3, MIDDLE, 1_000)).toBe(16_875);
  });

  it('is never shorter than the server asks for, even by jitter', () => {
    for (const random of [0, 0.5, 0.999]) {
      expect(nextDelayMs(backoff, 0, random, 4_900)).toBeGreaterThanOrEqual(4_900);
    }
  });

  it('stays within its jitter, whatever the attempt', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, random) => {
          const delayMs = nextDelayMs(backoff, attempt, random);
          const plain = nextDelayMs(backoff, attempt, MIDDLE);
          expect(Math.abs(delayMs - plain)).toBeLessThanOrEqual(plain * backoff.jitter + 1);
        },
      ),
      { seed: 20261122 },
    );
  });
});
