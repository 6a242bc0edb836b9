import { afterEach, describe, expect, it, vi } from 'vitest';
import { readSecret, writeSecret } from '../../../src/partner-center/auth/key-vault.ts';
import { keyVaultRefreshToken } from '../../../src/partner-center/auth/key-vault-refresh-token.ts';
import type { Network } from '../../../src/partner-center/auth/network.ts';
import { UnusableCredential } from '../../../src/partner-center/auth/unusable-credential.ts';
import { redact } from '../../../src/redaction/redact.ts';
import { signInHarness } from './sign-in-harness.ts';

/** On the same host: to another one the library goes for nothing. */
const ELSEWHERE = 'https://contoso.vault.azure.net/secrets/another/1';

afterEach(() => void vi.restoreAllMocks());

type Answer = { readonly status: number; readonly body?: object };

/** A Key Vault that asks for a token first, and then gives these answers, the last of them again and again. */
async function vaultThat(...answers: readonly Answer[]) {
  const { identity } = await signInHarness();
  const sent: { method: string; body: unknown; signal: unknown }[] = [];
  const challenge =
    'Bearer authorization="https://login.test/t", resource="https://vault.azure.net"';
  let asked = false;
  const by: Network = {
    async send(_url, { method = 'GET', body, signal }) {
      const headers = new Headers({ 'www-authenticate': challenge, location: ELSEWHERE });
      if (!asked) {
        asked = true;
        return { status: 401, headers, text: '' };
      }
      sent.push({ method, body: body && JSON.parse(String(body)), signal });
      const answer = answers[sent.length - 1] ?? answers.at(-1) ?? expect.unreachable();
      return { status: answer.status, headers, text: JSON.stringify(answer.body ?? {}) };
    },
    close: () => undefined,
  };
  const address = {
    vaultUrl: 'https://contoso.vault.azure.net',
    name: 'mine',
    identityClientId: identity.clientId,
  };
  return { by, sent, address };
}

const kept = (value: string, created?: number, tags?: object) => ({
  id: 'https://contoso.vault.azure.net/secrets/mine/1',
  value,
  attributes: { enabled: true, created },
  tags,
});

describe('a call to a Key Vault', () => {
  it('reads a secret, which is redacted from then on', async () => {
    const { by, address } = await vaultThat({ status: 200, body: kept('zebra-crossing-ahead') });
    expect((await readSecret(address, by))?.value).toBe('zebra-crossing-ahead');
    expect(redact('It is zebra-crossing-ahead.')).not.toContain('zebra');
  });

  it('finds no secret that does not exist', async () => {
    const { by, address } = await vaultThat({ status: 404 });
    expect(await readSecret(address, by)).toBeUndefined();
  });

  it.each([401, 403])('refused with %i says which role is missing', async (status) => {
    const { by, address } = await vaultThat({ status });
    const refused = (role: string) =>
      expect.objectContaining({
        name: 'UnusableCredential',
        message: `The Key Vault refused https://contoso.vault.azure.net/secrets/mine (${status}); give the identity that runs this the role "${role}" on it.`,
        cause: expect.objectContaining({ statusCode: status }),
      });
    await expect(readSecret(address, by)).rejects.toEqual(refused('Key Vault Secrets User'));
    await expect(writeSecret(address, 'v', {}, by)).rejects.toEqual(
      refused('Key Vault Secrets Officer'),
    );
  });

  it('with any other answer is reported with that answer', async () => {
    const { by, address } = await vaultThat({ status: 400 });
    for (const call of [() => readSecret(address, by), () => writeSecret(address, 'v', {}, by)]) {
      const error: unknown = await call().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ statusCode: 400 });
      expect(error).not.toBeInstanceOf(UnusableCredential);
    }
  });

  it('is repeated once where the vault has a transient error', async () => {
    const passing = await vaultThat({ status: 503 }, { status: 200, body: kept('value') });
    expect((await readSecret(passing.address, passing.by))?.value).toBe('value');
    const lasting = await vaultThat({ status: 503 });
    await expect(readSecret(lasting.address, lasting.by)).rejects.toMatchObject({
      statusCode: 503,
    });
    expect(lasting.sent).toHaveLength(2);
  });

  it('follows no redirect', async () => {
    const { by, sent, address } = await vaultThat(
      { status: 307 },
      { status: 200, body: kept('x') },
    );
    await expect(readSecret(address, by)).rejects.toMatchObject({ statusCode: 307 });
    expect(sent).toHaveLength(1);
  });

  it('times out after five seconds', async () => {
    const { by, sent, address } = await vaultThat({ status: 200, body: kept('value') });
    const stop = new AbortController();
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) =>
      ms === 5_000 ? stop.signal : timeout(ms),
    );
    await readSecret(address, by);
    await writeSecret(address, 'v', {}, by);
    expect(sent.map(({ signal }) => signal instanceof AbortSignal)).toEqual([true, true]);
    stop.abort();
    await expect(readSecret(address, by)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(writeSecret(address, 'v', {}, by)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the refresh token in a Key Vault', () => {
  const DAY_S = 24 * 60 * 60;

  it('is stored with its times and its expiry', async () => {
    const { by, sent, address } = await vaultThat({ status: 200, body: kept('token') });
    const issuedMs = Date.UTC(2026, 10, 22, 1, 2, 3);
    await keyVaultRefreshToken(address).write({ token: 'token', consentedMs: 0, issuedMs }, by);
    expect(sent).toMatchObject([
      {
        method: 'PUT',
        body: {
          value: 'token',
          contentType: 'Microsoft Entra refresh token',
          attributes: { exp: issuedMs / 1_000 + 90 * DAY_S },
          tags: { consented: '1970-01-01T00:00:00.000Z', issued: '2026-11-22T01:02:03.000Z' },
        },
      },
    ]);
  });

  const created = Date.UTC(2026, 10, 22) / 1_000;
  const timesOf = async (tags?: object, at: number | undefined = created) => {
    const { by, address } = await vaultThat({ status: 200, body: kept('token', at, tags) });
    const { consentedMs, issuedMs } = (await keyVaultRefreshToken(address).read(by)) ?? {};
    return [consentedMs, issuedMs];
  };

  it('has the times that it was stored with, or else the time when it was created', async () => {
    const [consented, issued] = ['2026-01-02T03:04:05.678Z', '2026-11-21T00:00:00.000Z'];
    expect(await timesOf({ consented, issued })).toEqual([
      Date.UTC(2026, 0, 2, 3, 4, 5, 678),
      Date.UTC(2026, 10, 21),
    ]);
    expect(await timesOf()).toEqual([created * 1_000, created * 1_000]);
    const notText = { toString: 5, valueOf: 6 };
    expect(await timesOf({ consented: notText, issued: [issued] })).toEqual([
      created * 1_000,
      created * 1_000,
    ]);
    expect(await timesOf({ consented: `-00${consented}`, issued: `${issued}x` })).toEqual([
      created * 1_000,
      created * 1_000,
    ]);
  });

  it('counts as oldest where the vault does not say when it was created', async () => {
    const body = { ...kept('token'), attributes: { enabled: true } };
    const { by, address } = await vaultThat({ status: 200, body });
    expect(await keyVaultRefreshToken(address).read(by)).toEqual({
      token: 'token',
      consentedMs: 0,
      issuedMs: 0,
    });
  });

  it('is at most an hour newer than the vault says', async () => {
    const consented = new Date((created + 3_600) * 1_000).toISOString();
    const issued = new Date((created + 3_600) * 1_000 + 1).toISOString();
    expect(await timesOf({ consented, issued })).toEqual([
      (created + 3_600) * 1_000,
      created * 1_000,
    ]);
  });

  it('is missing where the secret is missing or empty', async () => {
    const nothing = await vaultThat({ status: 404 });
    expect(await keyVaultRefreshToken(nothing.address).read(nothing.by)).toBeUndefined();
    const empty = await vaultThat({ status: 200, body: { ...kept(''), value: undefined } });
    expect(await keyVaultRefreshToken(empty.address).read(empty.by)).toBeUndefined();
  });
});
