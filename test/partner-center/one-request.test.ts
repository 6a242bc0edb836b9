import { describe, expect, it } from 'vitest';
import { type ApiOptions, api } from '../../src/partner-center/api.ts';
import { apiError } from '../../src/partner-center/api-error.ts';
import type { Reply } from '../../src/partner-center/http/transport.ts';
import { answerTo } from './answering-client.ts';

/** The API for one check, with what it logs; each request is answered, or takes its time and fails. */
function oneCheck(answer: () => Reply, more: Partial<ApiOptions> = {}) {
  const lines: unknown[] = [];
  const state = { sent: 0, nowMs: 0 };
  const token = { token: 'token', expiresMs: Number.POSITIVE_INFINITY };
  const one = api(
    {
      apiUrl: 'https://partner-center.invalid',
      tokens: { current: async () => token, after: async () => token },
      limiter: { take: () => undefined, pause: () => undefined },
      timeoutMs: 10_000,
      nowMs: () => state.nowMs,
      log: (event, fields) => lines.push([event, fields]),
      transport: async () => {
        state.sent += 1;
        return answer();
      },
      ...more,
    },
    'teardown-1',
  );
  const ask = (path = '/x') => one.send({ operation: 'list-orders', method: 'get', path });
  return { ask, lines, state };
}

const answered = (status: number, body: string, headers: Record<string, string> = {}) =>
  oneCheck(() => ({ status, headers: new Headers(headers), body }));

describe('a request that is refused', () => {
  it.each([
    [429, { 'retry-after': '7' }, [7_000]],
    [429, {}, [0]],
    [503, { 'retry-after': '7' }, []],
  ] as const)(
    'with %i and %j pauses the other checks of its instance for %j ms',
    async (status, headers, ms) => {
      const paused: number[] = [];
      const limiter = { take: () => undefined, pause: (forMs: number) => void paused.push(forMs) };
      const { ask } = oneCheck(() => ({ status, headers: new Headers(headers), body: '' }), {
        limiter,
      });
      await answerTo(ask());
      expect(paused).toEqual(ms);
    },
  );

  it('has all that is known, and nothing else', async () => {
    const body = JSON.stringify({ code: 2005, description: 'No.' });
    expect(await answerTo(answered(400, body).ask())).toStrictEqual({
      operation: 'list-orders',
      status: 400,
      code: '2005',
      description: 'No.',
      body,
    });
    const headers = { 'retry-after': '5', 'ms-requestid': 'their-id' };
    expect(await answerTo(answered(503, '', headers).ask())).toStrictEqual({
      operation: 'list-orders',
      status: 503,
      description: 'The answer has no body.',
      body: '',
      retryAfterMs: 5_000,
      requestId: 'their-id',
    });
  });

  it('keeps only the beginning of the body, and less of a name or a text', async () => {
    const body = JSON.stringify({ code: 'c'.repeat(101), description: 'd'.repeat(1_025) });
    const headers = { 'ms-requestid': 'i'.repeat(101) };
    const refused = await answerTo(answered(400, body.padEnd(2_001), headers).ask());
    expect(refused).toMatchObject({
      code: 'c'.repeat(100),
      requestId: 'i'.repeat(100),
      description: 'd'.repeat(1_024),
    });
    expect(refused?.body).toHaveLength(2_000);
    expect(apiError('list-orders', 200, 'd'.repeat(1_025)).response.description).toHaveLength(
      1_024,
    );
  });

  it('has no code and no body where the answer has none', () => {
    expect(apiError('list-orders', 200, 'No.').response).toStrictEqual({
      operation: 'list-orders',
      status: 200,
      description: 'No.',
      body: '',
    });
  });
});

describe('a request that is not sent', () => {
  it('because of the requests a minute is logged, with the time to wait', async () => {
    const { ask, lines, state } = oneCheck(() => expect.unreachable(), {
      limiter: { take: () => 7_000, pause: () => undefined },
    });
    const why = expect.stringMatching(/^Not sent.* minute/);
    expect(await answerTo(ask())).toStrictEqual({
      operation: 'list-orders',
      status: 429,
      description: why,
      body: '',
      retryAfterMs: 7_000,
      rateLimited: true,
    });
    expect(lines).toEqual([['rate-limited', { operation: 'list-orders', why, delayMs: 7_000 }]]);
    expect(state.sent).toBe(0);
  });

  it('because the time of the check is over is logged', async () => {
    const { ask, lines, state } = oneCheck(() => expect.unreachable());
    state.nowMs = 60_000;
    const why = expect.stringMatching(/^Not sent.* check/);
    expect(await answerTo(ask())).toMatchObject({ status: 0, description: why });
    expect(lines).toEqual([['rate-limited', { operation: 'list-orders', why }]]);
  });

  it.each(['/customers/.', '/customers/..', '/customers/./orders', '/customers/..?size=1'])(
    'because its path leads elsewhere: %s',
    async (path) => {
      const { ask, state } = oneCheck(() => expect.unreachable());
      expect(await answerTo(ask(path))).toMatchObject({
        status: 200,
        description: expect.stringContaining(`The path ${path} leads`),
      });
      expect(state.sent).toBe(0);
    },
  );

  it.each(['/customers/...', '/customers/.hidden', '/customers/a..', '/customers/..a/orders'])(
    'is not one with a similar path: %s',
    async (path) => {
      const { ask, state } = oneCheck(() => ({ status: 200, headers: new Headers(), body: '' }));
      await ask(path);
      expect(state.sent).toBe(1);
    },
  );
});

describe('a request without an answer', () => {
  /** How often it is sent where each time it fails after so long, and what is said then. */
  async function failing(thrown: unknown, afterMs: number) {
    const { ask, state } = oneCheck(() => {
      state.nowMs += afterMs;
      throw thrown;
    });
    return { refused: await answerTo(ask()), sent: state.sent };
  }

  it('is sent once more only if it failed within two seconds', async () => {
    expect((await failing(new Error('x'), 2_000)).sent).toBe(2);
    expect((await failing(new Error('x'), 2_001)).sent).toBe(1);
  });

  it.each([
    [new TypeError('fetch failed'), 'TypeError: fetch failed'],
    [new TypeError('x', { cause: new Error('read ECONNRESET') }), 'Error: read ECONNRESET'],
    [new TypeError('fetch failed', { cause: 'no error' }), 'TypeError: fetch failed'],
    ['whatever', 'whatever'],
    [{ cause: new Error('of no error') }, '[object Object]'],
  ])('has the reason: %s', async (thrown, why) => {
    expect((await failing(thrown, 0)).refused).toMatchObject({ status: 0, description: why });
  });
});

it('a request without a token is not sent, and has the reason why there is none', async () => {
  const failed = async () => Promise.reject(new Error('AADSTS7000215: Invalid client secret.'));
  const { ask, state } = oneCheck(() => expect.unreachable(), {
    tokens: { current: failed, after: failed },
  });
  expect(await answerTo(ask())).toMatchObject({
    operation: 'sign-in',
    status: 401,
    description: 'AADSTS7000215: Invalid client secret.',
  });
  expect(state.sent).toBe(0);
});

it('an answer that refuses the token is logged with the tenant of the token, and no other answer is', async () => {
  const claims = Buffer.from(JSON.stringify({ aud: 'an-api', iss: 'a-cloud' })).toString(
    'base64url',
  );
  const token = { token: `x.${claims}.x`, expiresMs: Number.POSITIVE_INFINITY };
  const tokens = { current: async () => token, after: async () => token };
  const body = JSON.stringify({ code: 1, description: 'No.' });
  const descriptionOf = async (status: number) => {
    const { ask } = oneCheck(() => ({ status, headers: new Headers(), body }), { tokens });
    return (await answerTo(ask()))?.description;
  };
  expect(await descriptionOf(401)).toBe('No. The token is for an-api, issued by a-cloud.');
  expect(await descriptionOf(403)).toBe('No.');
});
