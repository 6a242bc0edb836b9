import { afterEach, describe, expect, it, vi } from 'vitest';
import { readSecret } from '../../../src/partner-center/auth/key-vault.ts';
import {
  isTransientError,
  isTransientStatus,
} from '../../../src/partner-center/auth/login-errors.ts';
import { loginNetwork } from '../../../src/partner-center/auth/login-network.ts';
import type { Network } from '../../../src/partner-center/auth/network.ts';
import { signInBy } from '../../../src/partner-center/auth/sign-in.ts';
import { signInHarness } from './sign-in-harness.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a sign-in times out after eight seconds, and not before', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  const application = { loginUrl: 'https://x', tenantId: 't', clientId: 'c', scope: 's' };
  const signIn = { kind: 'client-secret', clientSecret: 'x' } as const;
  let ended = false;
  const asked = signInBy({ ...application, signIn, log: () => undefined, nowMs: Date.now })()
    .catch(String)
    .finally(() => {
      ended = true;
    });
  await vi.advanceTimersByTimeAsync(7_999);
  expect(ended).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await asked).toContain('was not answered within 8000 ms');
});

it('a sign-in that is over leaves no request open', async () => {
  const signals: (AbortSignal | null | undefined)[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    signals.push(init.signal);
    throw new TypeError('fetch failed');
  });
  const application = { loginUrl: 'https://x', tenantId: 't', clientId: 'c', scope: 's' };
  const signIn = { kind: 'client-secret', clientSecret: 'x' } as const;
  const request = signInBy({ ...application, signIn, log: () => undefined, nowMs: Date.now });
  await expect(request()).rejects.toThrow();
  expect(signals.map((signal) => signal?.aborted)).toContain(true);
});

describe('a Key Vault that asks for a token', () => {
  /** Answers the first request with a challenge, and keeps what is sent. */
  const challenging = (resource: string) => {
    const sent: string[] = [];
    const by: Network = {
      send: async (_url, { headers }) => {
        const { authorization = '' } = headers as Record<string, string>;
        const given = Object.entries(headers ?? {}).find(
          ([name]) => name.toLowerCase() === 'authorization',
        );
        sent.push(given?.[1] ?? authorization);
        const challenge = `Bearer authorization="https://login.microsoftonline.com/t", resource="${resource}"`;
        return sent.length === 1
          ? { status: 401, headers: new Headers({ 'www-authenticate': challenge }), text: '' }
          : { status: 200, headers: new Headers(), text: '{"id":"x","value":"the-value"}' };
      },
      close: () => undefined,
    };
    return { by, sent };
  };
  const address = { vaultUrl: 'https://contoso.vault.azure.net', name: 'token' };

  it('for another domain than its own gets none', async () => {
    const { by, sent } = challenging('https://vault.evil.example');
    await expect(readSecret(address, by)).rejects.toThrow('does not match the requested domain');
    expect(sent).toEqual(['']);
  });

  it('for its own domain gets one', async () => {
    const { identity, keyVault } = await signInHarness();
    const { by, sent } = challenging('https://vault.azure.net');
    const own = { ...address, name: 'own', identityClientId: identity.clientId };
    await readSecret(own, by).catch(() => undefined);
    expect(sent).toEqual(['', `Bearer ${keyVault.accessToken}`]);
  });

  it('on this machine gets one for a domain of the cloud', async () => {
    const { identity, keyVault } = await signInHarness();
    const { by, sent } = challenging('https://vault.azure.net');
    const { clientId: identityClientId } = identity;
    const local = { vaultUrl: 'https://127.0.0.1:8443', name: 'local', identityClientId };
    await readSecret(local, by).catch(() => undefined);
    expect(sent).toEqual(['', `Bearer ${keyVault.accessToken}`]);
  });
});

describe('an answer of a login endpoint', () => {
  it.each([50196, 90006, 90012, 90024, 90025, 90033, 90055, 90090, 90091])(
    'passes with AADSTS%i',
    (code) => {
      expect(isTransientError(`AADSTS${code}: It will pass.`)).toBe(true);
      expect(isTransientError(`AADSTS${code}0: Another number.`)).toBe(false);
      expect(isTransientError(`aadsts${code}: It will pass.`)).toBe(true);
      expect(isTransientError(`Error(s): ${code} - Timestamp: Not Available`)).toBe(true);
      expect(isTransientError(`Error(s): 50000,${code},1 - Timestamp`)).toBe(true);
      expect(isTransientError(`Error(s): ${code}0 - Timestamp: ${code}`)).toBe(false);
    },
  );

  it.each(['temporarily_unavailable', 'server_error'])('passes with %s', (word) => {
    expect(isTransientError(`{"error":"${word}"}`)).toBe(true);
    expect(isTransientError(`not_${word}`)).toBe(false);
  });

  it.each(['AADSTS90023', 'AADSTS90026', 'AADSTS90089', 'AADSTS90092', 'AADSTS90013', ''])(
    'does not pass with "%s"',
    (said) => {
      expect(isTransientError(said)).toBe(false);
    },
  );

  it.each([408, 429, 500, 503, 599])('is trouble of its own with status %i', (status) => {
    expect(isTransientStatus(status)).toBe(true);
  });

  it.each([400, 401, 407, 409, 428, 430, 499, '500', undefined])('is none with %j', (status) => {
    expect(isTransientStatus(status)).toBe(false);
  });

  it('that is a redirect is not followed, and is reported as such', async () => {
    const headers = new Headers({ location: 'https://evil.example/x' });
    const by: Network = {
      send: async () => ({ status: 302, headers, text: '' }),
      close: () => undefined,
    };
    await expect(loginNetwork(by).sendPostRequestAsync('https://x', {})).rejects.toThrow(
      'a redirect to the host "evil.example", which is not followed',
    );
  });

  it('that is no JSON is reported with its status', async () => {
    const by: Network = {
      send: async () => ({ status: 200, headers: new Headers(), text: '<html>' }),
      close: () => undefined,
    };
    await expect(loginNetwork(by).sendGetRequestAsync('https://x')).rejects.toThrow(
      'The login endpoint answered 200 without JSON.',
    );
  });
});
