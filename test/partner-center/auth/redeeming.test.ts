import { describe, expect, it } from 'vitest';
import { byRefreshToken } from '../../../src/partner-center/auth/app-and-user.ts';
import type { Network } from '../../../src/partner-center/auth/network.ts';
import type { RefreshToken } from '../../../src/partner-center/auth/refresh-token.ts';
import { signInError } from '../../../src/partner-center/auth/sign-in-error.ts';

const NOW_MS = Date.UTC(2026, 10, 22);
const granted = { token_type: 'Bearer', expires_in: 3_600, access_token: 'access' };
const refused = (error: string, error_description = 'AADSTS50000: No.\r\nTrace ID: x') => ({
  error,
  error_description,
});
const CONSENT = 'Sign in again with "npm run sandbox-teardown -- consent".';

/** A sign-in by what is stored, at a login endpoint that gives these answers to its requests for a token. */
function signInWith(stored: readonly (string | undefined)[], answers: readonly object[]) {
  const redeemed: (string | null)[] = [];
  const written: RefreshToken[] = [];
  const lines: unknown[] = [];
  const state = { failing: false };
  const reads = [...stored];
  const network: Network = {
    async send(url, { body }) {
      const at = 'https://login.test/t';
      if (url.includes('openid-configuration')) return json(200, endpointsBelow(at));
      redeemed.push(new URLSearchParams(String(body)).get('refresh_token'));
      const answer = answers[redeemed.length - 1] ?? expect.unreachable();
      return json('error' in answer ? 400 : 200, answer);
    },
    close: () => undefined,
  };
  const request = byRefreshToken({
    loginUrl: 'https://login.test',
    tenantId: 't',
    clientId: 'c',
    scope: 'https://api.test/.default',
    credential: { kind: 'client-secret', clientSecret: 'a-secret-of-the-app' },
    store: {
      async read() {
        const token = reads.length > 1 ? reads.shift() : reads[0];
        return token === undefined ? undefined : { token, consentedMs: 1, issuedMs: 1 };
      },
      async write(token) {
        if (state.failing) throw new Error('The vault is down.');
        written.push(token);
      },
    },
    log: (event, fields) => lines.push([event, fields]),
    nowMs: () => NOW_MS,
  });
  const failure = async () =>
    signInError(await request(network).catch((error: unknown) => error)).answer;
  return { signIn: () => request(network), failure, redeemed, written, lines, state };
}

function json(status: number, body: object) {
  return { status, headers: new Headers(), text: JSON.stringify(body) };
}

function endpointsBelow(at: string) {
  return {
    token_endpoint: `${at}/oauth2/v2.0/token`,
    authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
    issuer: `${at}/v2.0`,
    jwks_uri: `${at}/keys`,
  };
}

describe('a refresh token that is redeemed', () => {
  it('is followed by the one that comes with the access token', async () => {
    const one = signInWith(['kept'], [{ ...granted, refresh_token: 'next' }]);
    expect((await one.signIn()).token).toBe('access');
    expect(one.redeemed).toEqual(['kept']);
    expect(one.written[0]).toEqual({ token: 'next', consentedMs: 1, issuedMs: NOW_MS });
  });

  it('is kept where none comes with the access token', async () => {
    const one = signInWith(['kept'], [granted]);
    await one.signIn();
    expect(one.written[0]).toEqual({ token: 'kept', consentedMs: 1, issuedMs: NOW_MS });
  });

  it('is worth nothing where no access token comes', async () => {
    const one = signInWith(['kept'], [{ token_type: 'Bearer', expires_in: 3_600 }]);
    expect(await one.failure()).toMatchObject({
      status: 0,
      description: 'The login endpoint answered without an access token.',
    });
    expect(one.written).toEqual([]);
  });

  it('that cannot be written back is told in the log, by why', async () => {
    const one = signInWith(['kept'], [granted]);
    one.state.failing = true;
    await one.signIn();
    expect(one.lines).toEqual([['refresh-token-not-stored', { why: 'The vault is down.' }]]);
  });
});

describe('a refresh token that is no longer good', () => {
  it.each(['invalid_grant', 'interaction_required'])('by %s needs a person', async (error) => {
    const one = signInWith(['kept'], [refused(error)]);
    expect(await one.failure()).toMatchObject({
      status: 401,
      description: expect.stringMatching(/^The stored .*AADSTS50000: No\.\). Sign in again with/),
    });
    expect(one.redeemed).toEqual(['kept']);
  });

  it.each(['invalid_grant', 'interaction_required'])(
    'is looked up once more, and by %s again needs a person',
    async (error) => {
      const one = signInWith(['kept', 'newer'], [refused(error), refused(error)]);
      const { status, description } = await one.failure();
      expect([status, description.endsWith(CONSENT)]).toEqual([401, true]);
      expect(one.redeemed).toEqual(['kept', 'newer']);
    },
  );

  it('is looked up once more, and other trouble then is told as it is', async () => {
    const one = signInWith(
      ['kept', 'newer'],
      [refused('invalid_grant'), refused('invalid_client', 'AADSTS7000215: Invalid secret.')],
    );
    const { description } = await one.failure();
    expect(description).toContain('AADSTS7000215');
    expect(description).not.toContain('The stored refresh token');
  });

  it('is not what another refusal says, or one that will pass', async () => {
    for (const answer of [
      refused('invalid_client', 'AADSTS7000215: Invalid secret.'),
      refused('invalid_grant', 'AADSTS90033: The directory service is not available.'),
    ]) {
      const one = signInWith(['kept', 'newer'], [answer]);
      expect((await one.failure()).description).not.toContain('The stored refresh token');
      expect(one.redeemed).toEqual(['kept']);
    }
  });

  it('and is gone when it is looked up needs a person', async () => {
    const one = signInWith(['kept', undefined], [refused('invalid_grant')]);
    expect(await one.failure()).toMatchObject({
      status: 401,
      description: `Nobody has signed in for this app yet. ${CONSENT}`,
    });
  });
});
