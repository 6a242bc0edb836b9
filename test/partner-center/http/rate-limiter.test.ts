import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateLimiter, WINDOW_MS } from '../../../src/partner-center/http/rate-limiter.ts';

describe('the rate limiter', () => {
  it('never lets more requests through in any minute than allowed, but always some', () => {
    const steps = fc.array(fc.nat(5_000), { minLength: 50, maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), steps, (limit, delays) => {
        let nowMs = 0;
        const limiter = rateLimiter(limit, () => nowMs);
        const taken: number[] = [];
        for (const delayMs of delays) {
          nowMs += delayMs;
          const waitMs = limiter.take();
          if (waitMs === undefined) taken.push(nowMs);
          else expect(waitMs).toBeGreaterThan(0);
          const inWindow = taken.filter((atMs) => atMs > nowMs - WINDOW_MS).length;
          expect(inWindow).toBeLessThanOrEqual(limit);
        }
        expect(taken.length).toBeGreaterThanOrEqual(Math.min(limit, delays.length));
      }),
      { seed: 20261122 },
    );
  });

  it('lets no check begin that would have to stop half-way', () => {
    let nowMs = 0;
    const limiter = rateLimiter(5, () => nowMs);
    expect([limiter.take(), limiter.take()]).toEqual([undefined, undefined]);
    nowMs = 1_000;
    expect(limiter.take(3)).toBeUndefined();
    expect(limiter.take(3)).toBe(WINDOW_MS - 1_000);
    expect(limiter.take(2)).toBeUndefined();
  });

  it('takes nothing while it is paused, and then has those who must come back come one after the other', () => {
    let nowMs = 0;
    const limiter = rateLimiter(60, () => nowMs);
    limiter.pause(5_000);
    limiter.pause(1_000);
    expect([limiter.take(), limiter.take()]).toEqual([5_000, 6_000]);
    nowMs = 4_999;
    expect(limiter.take()).toBeGreaterThan(0);
    nowMs = 5_000;
    expect(limiter.take()).toBeUndefined();
  });

  it('is paused for no longer than Partner Center counts', () => {
    let nowMs = 0;
    const limiter = rateLimiter(60, () => nowMs);
    limiter.pause(Number.MAX_VALUE);
    nowMs = WINDOW_MS - 1;
    expect(limiter.take()).toBeGreaterThan(0);
    nowMs = WINDOW_MS;
    expect(limiter.take()).toBeUndefined();
  });

  it('lets no check wait for more requests than a minute has', () => {
    expect(rateLimiter(3, () => 0).take(7)).toBeUndefined();
  });

  it('spreads the checks that must come back', () => {
    let nowMs = 0;
    const limiter = rateLimiter(6, () => nowMs);
    for (let count = 0; count < 6; count += 1) expect(limiter.take()).toBeUndefined();
    nowMs = 30_000;
    const turn = WINDOW_MS / 3;
    expect([limiter.take(2), limiter.take(2), limiter.take(2)]).toEqual([
      30_000,
      30_000 + turn,
      30_000 + 2 * turn,
    ]);
    nowMs = 10 * WINDOW_MS;
    expect(limiter.take(2)).toBeUndefined();
  });

  it('says when the next request may be sent, and then lets it through', () => {
    let nowMs = 0;
    const limiter = rateLimiter(2, () => nowMs);
    expect([limiter.take(), limiter.take()]).toEqual([undefined, undefined]);
    nowMs = 20_000;
    const waitMs = limiter.take();
    expect(waitMs).toBe(WINDOW_MS - 20_000);
    nowMs += waitMs ?? 0;
    expect(limiter.take()).toBeUndefined();
  });
});
