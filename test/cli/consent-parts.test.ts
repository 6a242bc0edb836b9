import { afterEach, describe, expect, it, vi } from 'vitest';
import { readConsentSettings } from '../../src/cli/consent/consent-settings.ts';
import { listenForCode } from '../../src/cli/consent/redirect.ts';
import { hadSeveralFactors, signedIn } from '../../src/cli/consent/signed-in.ts';
import { MAX_TOKEN_LENGTH } from '../../src/partner-center/auth/token.ts';
import { withoutKnownSecrets } from '../../src/redaction/known-secrets.ts';

afterEach(() => void vi.useRealTimers());

const tokenWith = (claims: object) =>
  `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

describe('the factors of a sign-in', () => {
  it.each([
    [{ amr: ['pwd', 'mfa'] }, true],
    [{ amr: ['ngcmfa'] }, true],
    [{ amr: ['pwd'] }, false],
    [{ amr: [] }, false],
    [{ amr: 'mfa' }, undefined],
    [{ amr: [{ toString: 5, valueOf: 6 }, 'mfa'] }, true],
    [{ amr: [['mfa']] }, false],
    [{}, undefined],
  ])('of %j are several: %s', (claims, several) => {
    expect(hadSeveralFactors(tokenWith(claims))).toBe(several);
  });
});

describe('the result of a sign-in', () => {
  const cacheOf = (secret?: string) => ({
    getTokenCache: () => ({
      serialize: () => JSON.stringify(secret ? { RefreshToken: { a: { secret } } } : {}),
    }),
  });
  const result = (accessToken: string) => ({ accessToken }) as Parameters<typeof signedIn>[0];

  it('is two tokens, which no one is ever shown', () => {
    const given = signedIn(result('access-token-given'), cacheOf('refresh-token-given'));
    expect(given).toEqual({
      accessToken: 'access-token-given',
      refreshToken: 'refresh-token-given',
    });
    expect(withoutKnownSecrets('access-token-given refresh-token-given')).toBe('[secret] [secret]');
  });

  it.each([
    [null, 'refresh-token'],
    [result('access'), undefined],
  ])('is nothing without both', (access, refresh) => {
    expect(() => signedIn(access, cacheOf(refresh))).toThrow('gave no refresh token; check');
  });

  it('is nothing where one of them is invalid', () => {
    const long = 'x'.repeat(MAX_TOKEN_LENGTH + 1);
    expect(() => signedIn(result(long), cacheOf('refresh'))).toThrow('is not a token');
    expect(() => signedIn(result('access'), cacheOf(long))).toThrow('is not a token');
  });
});

describe('the settings of a consent', () => {
  const good = {
    SANDBOX_TENANT_ID: 'aaaaaaaa-0000-0000-0000-000000000001',
    PARTNER_CENTER_CLIENT_ID: 'bbbbbbbb-0000-0000-0000-000000000002',
    PARTNER_CENTER_CLIENT_SECRET: 'hush',
    PARTNER_CENTER_REFRESH_TOKEN_SECRET: 'https://contoso.vault.azure.net/secrets/token',
  };

  it('are those of the app', () => {
    expect(readConsentSettings(good)).toMatchObject({
      tenantId: good.SANDBOX_TENANT_ID,
      credential: { kind: 'client-secret', clientSecret: 'hush' },
      signIn: { kind: 'app-and-user', refreshToken: { name: 'token' } },
    });
  });

  it.each([
    [{ SANDBOX_TENANT_ID: 'x' }, 'SANDBOX_TENANT_ID must be'],
    [{ PARTNER_CENTER_SIGN_IN: 'federated-identity' }, 'has no effect with'],
    [
      { PARTNER_CENTER_CLIENT_SECRET: '' },
      'PARTNER_CENTER_CLIENT_SECRET or a certificate is missing',
    ],
    [{ PARTNER_CENTER_REFRESH_TOKEN_SECRET: 'x' }, 'PARTNER_CENTER_REFRESH_TOKEN_SECRET must be'],
    [{ PARTNER_CENTER_CLOWD: 'china' }, 'PARTNER_CENTER_CLOWD'],
  ])('with %j are rejected', (more, message) => {
    expect(() => readConsentSettings({ ...good, ...more })).toThrow(message);
  });

  it('are rejected for a complete app-only sign-in', () => {
    const { PARTNER_CENTER_REFRESH_TOKEN_SECRET: _none, ...rest } = good;
    const appOnly = { ...rest, PARTNER_CENTER_SIGN_IN: 'client-secret' };
    expect(() => readConsentSettings(appOnly)).toThrow(
      'PARTNER_CENTER_SIGN_IN must be "app-and-user" for a consent, but is "client-secret".',
    );
  });
});

describe('the listener of a consent', () => {
  it('waits for fifteen minutes and no longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const redirect = await listenForCode('right');
    let ended = '';
    redirect.code.catch((error: unknown) => {
      ended = String(error);
    });
    await vi.advanceTimersByTimeAsync(15 * 60 * 1000 - 1);
    expect(ended).toBe('');
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toContain('No one signed in in time.');
    redirect.close();
  });

  it.each([
    ['error_description=Consent+refused', 'Consent refused'],
    ['error=x', 'The sign-in gave no code.'],
  ])('reports %s', async (query, said) => {
    const redirect = await listenForCode('right');
    const answer = await fetch(`${redirect.uri}/?state=right&${query}`);
    expect(await answer.text()).toContain('You can close this window');
    await expect(redirect.code).rejects.toThrow(said);
    redirect.close();
  });
});
