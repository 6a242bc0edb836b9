import { describe, expect, it } from 'vitest';
import { tenantOf } from '../../../src/partner-center/auth/token.ts';
import {
  RENEW_AGAIN_MS,
  RENEW_BEFORE_MS,
  tokenCache,
} from '../../../src/partner-center/auth/token-cache.ts';
import { redact } from '../../../src/redaction/redact.ts';

const HOUR_MS = 60 * 60 * 1000;

/** A login endpoint that numbers its tokens, and answers when it is told to. */
function login(clock: { nowMs: number }, lifeMs = HOUR_MS) {
  const state = { requests: 0, fails: false };
  const cache = tokenCache(
    async () => {
      state.requests += 1;
      if (state.fails) throw new Error('no answer');
      return { token: `token-${state.requests}`, expiresMs: clock.nowMs + lifeMs };
    },
    () => clock.nowMs,
  );
  return { cache, state };
}

describe('the token cache', () => {
  it('makes one request for concurrent invocations', async () => {
    const { cache, state } = login({ nowMs: 0 });
    const tokens = await Promise.all([cache.current(), cache.current(), cache.current()]);
    expect(tokens.map(({ token }) => token)).toEqual(['token-1', 'token-1', 'token-1']);
    expect(state.requests).toBe(1);
  });

  it('redacts its token from every text', async () => {
    const cache = tokenCache(
      async () => ({ token: 'quite-an-opaque-token', expiresMs: HOUR_MS }),
      () => 0,
    );
    await cache.current();
    expect(redact('It is quite-an-opaque-token.')).not.toContain('opaque');
  });

  it('keeps a token until shortly before its end', async () => {
    const clock = { nowMs: 0 };
    const { cache } = login(clock);
    await cache.current();
    clock.nowMs = HOUR_MS - RENEW_BEFORE_MS - 1;
    expect((await cache.current()).token).toBe('token-1');
    clock.nowMs += 1;
    expect((await cache.current()).token).toBe('token-2');
  });

  it('keeps a token with a shorter life for half of it', async () => {
    const clock = { nowMs: Date.UTC(2026, 10, 22) };
    const { cache } = login(clock, RENEW_BEFORE_MS);
    await cache.current();
    clock.nowMs += RENEW_BEFORE_MS / 2 - 1;
    expect((await cache.current()).token).toBe('token-1');
    clock.nowMs += 1;
    expect((await cache.current()).token).toBe('token-2');
  });

  it('replaces a refused token once, however many invocations got the refusal', async () => {
    const { cache, state } = login({ nowMs: 0 });
    const refused = await cache.current();
    await Promise.all([cache.after(refused), cache.after(refused)]);
    expect((await cache.after(refused)).token).toBe('token-2');
    expect(state.requests).toBe(2);
  });

  describe('while the login endpoint is down', () => {
    /** A token in its last minutes, which cannot be renewed. */
    async function inItsLastMinutes() {
      const clock = { nowMs: 0 };
      const { cache, state } = login(clock);
      const token = await cache.current();
      clock.nowMs = token.expiresMs - RENEW_BEFORE_MS;
      state.fails = true;
      return { clock, cache, state, token };
    }

    it('uses the token that is still valid, until it ends', async () => {
      const { clock, cache, token } = await inItsLastMinutes();
      expect(await cache.current()).toEqual(token);
      clock.nowMs = token.expiresMs - 1;
      expect(await cache.current()).toEqual(token);
      clock.nowMs = token.expiresMs;
      await expect(cache.current()).rejects.toThrow('no answer');
    });

    it('asks for a new one only now and then, once for all invocations', async () => {
      const { clock, cache, state } = await inItsLastMinutes();
      await Promise.all([cache.current(), cache.current()]);
      clock.nowMs += RENEW_AGAIN_MS - 1;
      await cache.current();
      expect(state.requests).toBe(2);
      clock.nowMs += 1;
      await Promise.all([cache.current(), cache.current()]);
      expect(state.requests).toBe(3);
    });

    it('asks again no later than when the token ends', async () => {
      const { clock, cache, state, token } = await inItsLastMinutes();
      clock.nowMs = token.expiresMs - 1;
      await cache.current();
      state.fails = false;
      clock.nowMs = token.expiresMs;
      expect((await cache.current()).token).toBe('token-3');
    });

    it('renews the token as soon as the endpoint is up again', async () => {
      const { clock, cache, state } = await inItsLastMinutes();
      await cache.current();
      state.fails = false;
      clock.nowMs += RENEW_AGAIN_MS;
      expect((await cache.current()).token).toBe('token-3');
    });

    it('never uses a token that was refused', async () => {
      const { cache, token } = await inItsLastMinutes();
      const [asked, renewed] = await Promise.allSettled([cache.after(token), cache.current()]);
      expect([asked.status, renewed.status]).toEqual(['rejected', 'rejected']);
      await expect(cache.current()).rejects.toThrow('no answer');
    });
  });

  it('forgets a refused token, even if there is no other', async () => {
    const { cache, state } = login({ nowMs: 0 });
    const refused = await cache.current();
    state.fails = true;
    await expect(cache.after(refused)).rejects.toThrow('no answer');
    await expect(cache.current()).rejects.toThrow('no answer');
    state.fails = false;
    expect((await cache.current()).token).not.toBe(refused.token);
  });

  it('does not cache a failure', async () => {
    const { cache, state } = login({ nowMs: 0 });
    state.fails = true;
    await expect(cache.current()).rejects.toThrow('no answer');
    state.fails = false;
    expect((await cache.current()).token).toBe('token-2');
  });
});

describe('the tenant of a token', () => {
  const token = (payload: string) => ({
    token: `header.${Buffer.from(payload).toString('base64url')}.signature`,
    expiresMs: 0,
  });

  it('is its claim "tid"', () => {
    expect(tenantOf(token('{"tid":"tenant"}'))).toBe('tenant');
  });

  it.each(['{}', '{"tid":7}', 'null', 'not JSON'])('is not known from %s', (payload) => {
    expect(tenantOf(token(payload))).toBeUndefined();
    expect(tenantOf({ token: 'opaque', expiresMs: 0 })).toBeUndefined();
  });
});
