import { describe, expect, it } from 'vitest';
import { byRefreshToken } from '../../../src/partner-center/auth/app-and-user.ts';
import type { RefreshToken } from '../../../src/partner-center/auth/refresh-token.ts';
import { signInError } from '../../../src/partner-center/auth/sign-in-error.ts';
import { answeringLogin, application, granted } from './answering-login.ts';

const NOW_MS = Date.UTC(2026, 10, 22);
const refused = (error: string, error_description = 'AADSTS50000: No.') => ({
  error,
  error_description,
});
const CONSENT = 'Sign in again with "npm run sandbox-teardown -- consent".';

/** A sign-in by what is stored, at a login endpoint that gives these answers to its requests for a token. */
function signInWith(stored: readonly (string | undefined)[], answers: readonly object[]) {
  const { by, forms } = answeringLogin(...answers);
  const written: RefreshToken[] = [];
  const lines: unknown[] = [];
  const state = { failing: false };
  const reads = [...stored];
  const request = byRefreshToken({
    ...application,
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
    signInError(await request(by).catch((error: unknown) => error)).response;
  const redeemed = () => forms.map((form) => form['refresh_token']);
  return { signIn: () => request(by), failure, forms, redeemed, written, lines, state };
}

describe('a refresh token that is redeemed', () => {
  it('is replaced by the one that comes with the access token', async () => {
    const one = signInWith(['kept'], [{ ...granted, refresh_token: 'next' }]);
    expect((await one.signIn()).token).toBe('access');
    expect(one.redeemed()).toEqual(['kept']);
    expect(one.forms[0]?.['scope']).toContain(application.scope);
    expect(one.written[0]).toEqual({ token: 'next', consentedMs: 1, issuedMs: NOW_MS });
  });

  it('is replaced also where the answer says who signed in', async () => {
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const [oid, tid] = ['22222222-3333-4444-5555-666666666666', application.tenantId];
    const answer = {
      ...granted,
      refresh_token: 'next',
      id_token: `x.${encoded({ oid, tid, sub: 's', iss: application.loginUrl, aud: 'c' })}.x`,
      client_info: encoded({ uid: oid, utid: tid }),
    };
    const one = signInWith(['kept'], [answer]);
    await one.signIn();
    expect(one.written[0]?.token).toBe('next');
  });

  it('is kept where none comes with the access token', async () => {
    const one = signInWith(['kept'], [granted]);
    await one.signIn();
    expect(one.written[0]).toEqual({ token: 'kept', consentedMs: 1, issuedMs: NOW_MS });
  });

  it('is kept where no access token comes', async () => {
    const one = signInWith(['kept'], [{ token_type: 'Bearer', expires_in: 3_600 }]);
    expect(await one.failure()).toMatchObject({
      status: 0,
      description: 'The login endpoint answered without an access token.',
    });
    expect(one.written).toEqual([]);
  });

  it('that cannot be stored is logged with the reason', async () => {
    const one = signInWith(['kept'], [granted]);
    one.state.failing = true;
    await one.signIn();
    expect(one.lines).toEqual([['refresh-token-not-stored', { why: 'The vault is down.' }]]);
  });
});

describe('an expired refresh token', () => {
  it.each([
    ['invalid_grant', '\r\n'],
    ['interaction_required', '\n'],
  ])('by %s needs a person, who gets the first line', async (error, end) => {
    const one = signInWith(['kept'], [refused(error, `AADSTS50000: No.${end}Trace ID: x`)]);
    expect(await one.failure()).toMatchObject({
      status: 401,
      description: expect.stringMatching(/^The stored .*AADSTS50000: No\.\). Sign in again with/),
    });
    expect(one.redeemed()).toEqual(['kept']);
  });

  it.each(['invalid_grant', 'interaction_required'])(
    'is read once more, and by %s again needs a person',
    async (error) => {
      const one = signInWith(['kept', 'newer'], [refused(error), refused(error)]);
      const { status, description } = await one.failure();
      expect([status, description.endsWith(CONSENT)]).toEqual([401, true]);
      expect(one.redeemed()).toEqual(['kept', 'newer']);
    },
  );

  it('is read once more, and another error then is reported unchanged', async () => {
    const one = signInWith(
      ['kept', 'newer'],
      [refused('invalid_grant'), refused('invalid_client', 'AADSTS7000215: Invalid secret.')],
    );
    const { description } = await one.failure();
    expect(description).toContain('AADSTS7000215');
    expect(description).not.toContain('The stored refresh token');
  });

  it('is not assumed for another error, or a transient one', async () => {
    for (const answer of [
      refused('invalid_client', 'AADSTS7000215: Invalid secret.'),
      refused('invalid_grant', 'AADSTS90033: The directory service is not available.'),
    ]) {
      const one = signInWith(['kept', 'newer'], [answer]);
      expect((await one.failure()).description).not.toContain('The stored refresh token');
      expect(one.redeemed()).toEqual(['kept']);
    }
  });

  it('that is gone when it is read again needs a person', async () => {
    const one = signInWith(['kept', undefined], [refused('invalid_grant')]);
    expect(await one.failure()).toMatchObject({
      status: 401,
      description: `No one has signed in for this app yet. ${CONSENT}`,
    });
  });
});
