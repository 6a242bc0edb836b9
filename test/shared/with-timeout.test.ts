import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withTimeout } from '../../src/shared/with-timeout.ts';

describe('work with a time-out', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('gives its result where that comes in time, and leaves no timer behind', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const answer = withTimeout(1_000, promise, 'Too late.');
    await vi.advanceTimersByTimeAsync(999);
    resolve('here');
    expect(await answer).toBe('here');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('fails with its own error, and leaves no timer behind', async () => {
    const bug = new TypeError('a bug');
    await expect(withTimeout(1_000, Promise.reject(bug), 'Too late.')).rejects.toBe(bug);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('fails with the given message once the time is over, whatever comes later', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const answer = withTimeout(1_000, promise, 'Too late.');
    const failed = expect(answer).rejects.toThrow('Too late.');
    await vi.advanceTimersByTimeAsync(1_000);
    resolve('here');
    await failed;
  });
});
