import { describe, expect, it } from 'vitest';
import {
  claimsOf,
  describeToken,
  MAX_TOKEN_LENGTH,
  soundAccess,
  soundToken,
  tenantOf,
} from '../../../src/partner-center/auth/token.ts';
import { RENEW_AGAIN_MS, RENEW_BEFORE_MS } from '../../../src/partner-center/auth/token-cache.ts';

const HOUR_MS = 60 * 60 * 1_000;
const saying = (claims: unknown) => ({
  token: `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`,
  expiresMs: 0,
});

describe('a token', () => {
  it('has its claims in its middle part', () => {
    expect(claimsOf(saying({ tid: 't', name: 'Zoë' }))).toEqual({ tid: 't', name: 'Zoë' });
  });

  it.each([saying(null), saying(7), saying([]), { token: 'opaque' }, { token: 'a.b.c' }])(
    'is nothing where it is no JSON object: %j',
    (token) => {
      expect(Object.keys(claimsOf(token))).toEqual([]);
    },
  );

  it('names its tenant and its audience', () => {
    const [aud, iss] = ['an-api', 'a-cloud'];
    expect(describeToken(saying({ aud, iss }))).toBe('The token is for an-api, issued by a-cloud.');
    for (const claims of [{}, { aud }, { iss }, { aud, iss: 7 }, { aud: [aud], iss }]) {
      expect(describeToken(saying(claims))).toBe('');
    }
    expect(tenantOf(saying({ tid: 't' }))).toBe('t');
    expect(tenantOf(saying({ tid: ['t'] }))).toBeUndefined();
  });
});

it('a token is valid until its expiry, and for at most 28 hours', () => {
  const until = (expiresMs: number) => soundAccess({ token: 't', expiresMs }, HOUR_MS).expiresMs;
  expect([until(2 * HOUR_MS), until(30 * HOUR_MS)]).toEqual([2 * HOUR_MS, 29 * HOUR_MS]);
});

it('an invalid token is reported with the maximum length', () => {
  expect(soundToken(' ~')).toBe(' ~');
  for (const text of ['', '\u001f', '\u007f', 'a\u007f', '\u007fa']) {
    expect(() => soundToken(text)).toThrow('1 to 16384 characters of ASCII');
  }
  expect(MAX_TOKEN_LENGTH).toBe(16_384);
});

it('a token is renewed five minutes before its end, and half a minute after that failed', () => {
  expect([RENEW_BEFORE_MS, RENEW_AGAIN_MS]).toEqual([300_000, 30_000]);
});
