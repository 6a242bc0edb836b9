import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyVaultRefreshToken } from '../../../src/partner-center/auth/key-vault-refresh-token.ts';
import {
  isNewer,
  type RefreshToken,
  writeBack,
} from '../../../src/partner-center/auth/refresh-token.ts';
import { signInHarness } from './sign-in-harness.ts';

const SEED = 20_261_122;

const tokens = fc.uniqueArray(
  fc.record(
    { consentedMs: fc.nat(3), issuedMs: fc.nat(9) },
    { requiredKeys: ['consentedMs', 'issuedMs'] },
  ),
  {
    minLength: 1,
    maxLength: 8,
    selector: ({ consentedMs, issuedMs }) => `${consentedMs}/${issuedMs}`,
  },
);

describe('writing back', () => {
  it('keeps the newest token of the newest consent, in whatever order instances write', async () => {
    await fc.assert(
      fc.asyncProperty(tokens, async (times) => {
        const all = times.map((time, index): RefreshToken => ({ ...time, token: `${index}` }));
        let stored: RefreshToken | undefined;
        const store = {
          read: async () => stored,
          write: async (token: RefreshToken) => {
            stored = token;
          },
        };
        for (const token of all) await writeBack(store, token);
        expect(all.filter((other) => stored !== undefined && isNewer(other, stored))).toEqual([]);
        expect(Math.max(...all.map(({ consentedMs }) => consentedMs))).toBe(stored?.consentedMs);
      }),
      { seed: SEED },
    );
  });
});

describe('an older token that is written between reading and writing', () => {
  const older: RefreshToken = { token: 'older', consentedMs: 0, issuedMs: 1 };
  const newer: RefreshToken = { token: 'newer', consentedMs: 0, issuedMs: 2 };

  /** A store in which another instance's older token arrives right after each of the first writes. */
  function contested(times: number) {
    const writes: string[] = [];
    let stored: RefreshToken | undefined;
    return {
      writes,
      stored: () => stored?.token,
      read: async () => stored,
      write: async (token: RefreshToken) => {
        writes.push(token.token);
        stored = writes.length <= times ? older : token;
      },
    };
  }

  it('is detected, and the newer one stays', async () => {
    const store = contested(2);
    await writeBack(store, newer);
    expect(store.stored()).toBe('newer');
    expect(store.writes).toHaveLength(3);
  });

  it('is left in place if it comes again and again', async () => {
    const store = contested(10);
    await writeBack(store, newer);
    expect(store.writes).toHaveLength(3);
  });
});

describe('the refresh token in a Key Vault', () => {
  it('comes back as it was written, times and all; the earlier ones stay as versions', async () => {
    const { secret, vault } = await signInHarness();
    const store = keyVaultRefreshToken(secret('mine'));
    expect(await store.read()).toBeUndefined();
    await store.write({ token: 'one', consentedMs: 1_000, issuedMs: 1_000 });
    await store.write({ token: 'two', consentedMs: 1_000, issuedMs: 2_000 });
    expect(await store.read()).toEqual({ token: 'two', consentedMs: 1_000, issuedMs: 2_000 });
    expect(vault.versions('mine').map(({ value }) => value)).toEqual(['one', 'two']);
  });

  it('counts as consented when it was created, where a person did that by hand', async () => {
    const { secret, vault } = await signInHarness();
    const before = Math.floor(Date.now() / 1_000) * 1_000;
    vault.put('mine', 'by hand');
    const read = await keyVaultRefreshToken(secret('mine')).read();
    expect(read?.token).toBe('by hand');
    expect(read?.consentedMs).toBeGreaterThanOrEqual(before);
    expect(read?.issuedMs).toBe(read?.consentedMs);
  });

  it.each([
    '+275760-09-13T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
    '2026-01-01',
    '1767225600000',
    '2026-13-01T00:00:00.000Z',
    'soon',
  ])('has no time where %s is in its place: then the time of the vault counts', async (time) => {
    const { secret, vault } = await signInHarness();
    const beforeMs = Math.floor(Date.now() / 1_000) * 1_000;
    vault.put('mine', 'by-hand', { consented: time, issued: time });
    const store = keyVaultRefreshToken(secret('mine'));
    const read = (await store.read()) ?? expect.unreachable();
    expect(read.consentedMs).toBeGreaterThanOrEqual(beforeMs);
    expect(read.consentedMs).toBeLessThanOrEqual(Date.now());
    expect(read.issuedMs).toBe(read.consentedMs);
    // A consent that a person gives later is newer.
    const later = Date.now() + 10_000;
    await writeBack(store, { token: 'consented', consentedMs: later, issuedMs: later });
    expect((await store.read())?.token).toBe('consented');
  });

  it.each(['a\nb', 'tokén', 'x'.repeat(16 * 1024 + 1)])('is invalid, such as %j', async (value) => {
    const { secret, vault } = await signInHarness();
    vault.put('mine', value);
    await expect(keyVaultRefreshToken(secret('mine')).read()).rejects.toThrow(
      '/secrets/mine holds no refresh token.',
    );
  });
});
