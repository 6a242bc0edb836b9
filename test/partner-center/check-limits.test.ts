import { describe, expect, it } from 'vitest';
import {
  api,
  MAX_CHARACTERS,
  MAX_CHECK_MS,
  MAX_REQUESTS,
  ROOM_FOR_A_CHECK,
} from '../../src/partner-center/api.ts';
import {
  type RateLimiter,
  rateLimiter,
  WINDOW_MS,
} from '../../src/partner-center/http/rate-limiter.ts';

/** The API for one check, on a clock that is moved by hand; every answer is empty and good. */
function check(
  body = '{}',
  limiter: RateLimiter = { take: () => undefined, pause: () => undefined },
) {
  let nowMs = 0;
  let sent = 0;
  let refusedTokens = 0;
  const token = { token: 'token', expiresMs: Number.POSITIVE_INFINITY };
  const one = api(
    {
      apiUrl: '',
      timeoutMs: 0,
      tokens: { current: async () => token, after: async () => token },
      limiter,
      nowMs: () => nowMs,
      transport: async () => {
        sent += 1;
        // Every other answer, until there were enough: each request is made again with a new token.
        const isRefused = refusedTokens > 0 && sent % 2 === 1;
        if (isRefused) refusedTokens -= 1;
        return { status: isRefused ? 401 : 200, headers: new Headers(), body };
      },
    },
    'teardown-1',
  );
  return {
    ask: () => one.send({ operation: 'list-orders', method: 'get', path: '/x' }),
    advance: (ms: number) => {
      nowMs += ms;
    },
    refuseTokens: (times: number) => {
      refusedTokens = times;
    },
    sent: () => sent,
  };
}

describe('a check that has few of the requests a minute left', () => {
  const within = (taken: number) => {
    const limiter = rateLimiter(20, () => 0);
    for (let count = 0; count < taken; count += 1) limiter.take();
    return check('{}', limiter);
  };

  it('does not begin, and gets the time to wait', async () => {
    const { ask, sent } = within(20 - ROOM_FOR_A_CHECK + 1);
    await expect(ask()).rejects.toMatchObject({
      response: { status: 429, rateLimited: true, retryAfterMs: WINDOW_MS },
    });
    expect(sent()).toBe(0);
  });

  it('uses all of them, once begun', async () => {
    const { ask, sent } = within(20 - ROOM_FOR_A_CHECK);
    for (let count = 0; count < ROOM_FOR_A_CHECK; count += 1) await ask();
    await expect(ask()).rejects.toMatchObject({ response: { rateLimited: true } });
    expect(sent()).toBe(ROOM_FOR_A_CHECK);
  });
});

const rateLimited = { response: { status: 0, description: expect.stringContaining('Not sent') } };

describe('one check', () => {
  it('sends no request after its time, which is a third of a lock', async () => {
    const { ask, advance, sent } = check();
    advance(MAX_CHECK_MS);
    await ask();
    advance(1);
    await expect(ask()).rejects.toMatchObject(rateLimited);
    expect(sent()).toBe(1);
    expect(MAX_CHECK_MS).toBe(20_000);
  });

  it('reads at most its limit, whatever each answer holds', async () => {
    const { ask } = check('x'.repeat(MAX_CHARACTERS / 4));
    for (let count = 0; count < 4; count += 1) await ask();
    await expect(ask()).rejects.toMatchObject({
      response: { status: 200, description: expect.stringContaining('longer than') },
    });
    expect(MAX_CHARACTERS).toBe(4 * 1024 * 1024);
  });

  it('also counts answers that refuse a token', async () => {
    const { ask, refuseTokens } = check('x'.repeat(MAX_CHARACTERS / 4));
    refuseTokens(2);
    await ask();
    await ask();
    await expect(ask()).rejects.toMatchObject({
      response: { status: 200, description: expect.stringContaining('longer than') },
    });
  });

  it('sends at most its limit of requests', async () => {
    const { ask, sent } = check();
    for (let count = 0; count < MAX_REQUESTS; count += 1) await ask();
    await expect(ask()).rejects.toMatchObject(rateLimited);
    expect(sent()).toBe(150);
  });
});
