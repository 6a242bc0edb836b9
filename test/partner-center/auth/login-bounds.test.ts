import { execFile } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { azureHttpClient } from '../../../src/partner-center/auth/azure-http-client.ts';
import { confidentialClient } from '../../../src/partner-center/auth/confidential-client.ts';
import { explainingDiscovery } from '../../../src/partner-center/auth/login-discovery.ts';
import { managedIdentityAssertion } from '../../../src/partner-center/auth/managed-identity.ts';
import {
  byNetwork,
  MAX_ANSWER_BYTES,
  type Network,
  network,
  networkUnderWay,
} from '../../../src/partner-center/auth/network.ts';
import { signInBy } from '../../../src/partner-center/auth/sign-in.ts';
import { signInError } from '../../../src/partner-center/auth/sign-in-error.ts';
import { MAX_TOKEN_LENGTH } from '../../../src/partner-center/auth/token.ts';
import { tokenCache } from '../../../src/partner-center/auth/token-cache.ts';
import { classifyError } from '../../../src/teardown/errors/classify-error.ts';
import { hostileLogin } from './hostile-login.ts';
import { signInHarness } from './sign-in-harness.ts';

type Application = Awaited<ReturnType<typeof hostileLogin>>['application'];

const secret = { kind: 'client-secret', clientSecret: 'a-secret-of-the-app' } as const;
const LARGE = 200 * 1024 * 1024;

/** The two libraries that sign in. */
const ways = {
  'by @azure/identity': (application: Application, maxMs?: number) =>
    signInBy({ ...application, signIn: secret, log: () => undefined, nowMs: Date.now }, maxMs),
  'by MSAL': (application: Application) => async () => {
    const client = await confidentialClient(application, secret);
    const redeemed = await client.acquireTokenByRefreshToken({
      refreshToken: 'kept',
      scopes: [application.scope],
    });
    return { token: redeemed?.accessToken ?? '', expiresMs: Date.now() + 3_600_000 };
  },
};

const tokenOf = (length: number, more: object = {}) =>
  JSON.stringify({
    token_type: 'Bearer',
    expires_in: 3_600,
    access_token: `eyJ0.${'t'.repeat(length - 5)}`,
    ...more,
  });

describe.each(Object.entries(ways))('a sign-in %s', (_name, signIn) => {
  it('reads no more of an endless answer than the limit', async () => {
    let sent = 0;
    const { application, state } = await hostileLogin((response) => {
      const chunk = Buffer.alloc(64 * 1024, ' ');
      const more = (): void => {
        while (sent < LARGE && !response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    const failed = await signIn(application)().catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    await state.closed;
    // What is on its way in sockets besides.
    expect(sent).toBeLessThan(LARGE / 8);
    expect(classifyError(signInError(failed).response).kind).toBe('requeue');
  });

  it('counts the uncompressed bytes of an answer', async () => {
    const { gzipSync } = await import('node:zlib');
    const { application } = await hostileLogin((response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(tokenOf(MAX_ANSWER_BYTES + 1)));
    });
    await expect(signIn(application)()).rejects.toThrow(`larger than ${MAX_ANSWER_BYTES} bytes`);
  });

  it('reports the error where there is no answer', async () => {
    const { application } = await hostileLogin((response) => response.socket?.destroy());
    const failed: unknown = await signIn(application)().catch((error: unknown) => error);
    const { response } = signInError(failed);
    expect(response).toMatchObject({ status: 0 });
    expect(response.description).toMatch(/network_error: .*(?:other side closed|socket hang up)/);
    expect(classifyError(response).kind).toBe('requeue');
  });
});

it('a sign-in by MSAL says that the answer is no JSON', async () => {
  const { application } = await hostileLogin((response) => response.end('<html>'));
  await expect(ways['by MSAL'](application)()).rejects.toThrow('answered 200 without JSON');
});

describe('a sign-in that timed out', () => {
  it('stops reading a dripping answer', async () => {
    const { application, state } = await hostileLogin((response) => {
      const drip = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(drip));
    });
    // A busy machine may not have asked for a token by then.
    for (let maxMs = 150; state.tokenRequests === 0; maxMs *= 2) {
      const signIn = ways['by @azure/identity'](application, maxMs);
      await expect(signIn()).rejects.toThrow(`${maxMs} ms`);
    }
    await state.closed;
    expect(state.tokenRequests).toBe(1);
  });
});

describe('the network of a sign-in', () => {
  it('sends a limited number of requests', async () => {
    const { application, state } = await hostileLogin((response) => response.end('{}'));
    const by = network(2);
    await by.send(application.loginUrl, { method: 'POST' });
    await by.send(application.loginUrl, { method: 'POST' });
    await expect(by.send(application.loginUrl, {})).rejects.toThrow('used up its 2 requests');
    expect(state.tokenRequests).toBe(2);
  });

  it('reports an answer that is too large', async () => {
    const { application } = await hostileLogin((response) =>
      response.end(Buffer.alloc(MAX_ANSWER_BYTES + 1)),
    );
    await expect(network().send(application.loginUrl, {})).rejects.toThrow(
      `larger than ${MAX_ANSWER_BYTES} bytes`,
    );
  });

  it('accepts an answer of maximum size', async () => {
    const { application } = await hostileLogin((response) =>
      response.end(Buffer.alloc(MAX_ANSWER_BYTES, 'x')),
    );
    const { text } = await network().send(application.loginUrl, {});
    expect(text).toHaveLength(MAX_ANSWER_BYTES);
  });

  it('sends no more requests once it is closed, and stops when its caller stops', async () => {
    const { application, state } = await hostileLogin((response) => response.end('{}'));
    const stopped = AbortSignal.abort(new Error('stopped by the caller'));
    const by = network();
    await expect(by.send(application.loginUrl, { signal: stopped })).rejects.toThrow(
      'by the caller',
    );
    by.close();
    await expect(by.send(application.loginUrl, {})).rejects.toThrow('The sign-in is over.');
    expect(state.tokenRequests).toBe(0);
  });

  it.each([301, 302, 303, 307, 308])('follows no redirect of status %i', async (status) => {
    const { application, state } = await hostileLogin((response) => {
      response.writeHead(status, { location: `${application.loginUrl}/elsewhere` });
      response.end();
    });
    const answer = await network().send(application.loginUrl, { method: 'POST', body: 'secret' });
    expect(answer.status).toBe(status);
    expect(state.tokenRequests).toBe(1);
  });
});

describe('the network of whichever sign-in is under way', () => {
  it('is the one that the work was given, even while two run', async () => {
    const { application, state } = await hostileLogin((response) => response.end('{}'));
    const ask = () => networkUnderWay.send(application.loginUrl, { method: 'POST' });
    const signIn = (by: Network) =>
      byNetwork(by, async () => {
        await ask();
        return ask().catch((error: Error) => error.message);
      });
    const [one, two] = await Promise.all([signIn(network(1)), signIn(network(2))]);
    expect(one).toContain('used up its 1 requests');
    expect(two).toMatchObject({ status: 200 });
    expect(state.tokenRequests).toBe(3);
  });

  it('is a new one each time outside a sign-in', async () => {
    const { application } = await hostileLogin((response) => response.end('{}'));
    expect(await networkUnderWay.send(application.loginUrl, {})).toMatchObject({ status: 200 });
  });

  it('asks for a new token of a managed identity, although the library caches the first one', async () => {
    const { request, signIns } = await signInHarness();
    await request(signIns.federatedIdentity)();
    const { request: again, signIns: others } = await signInHarness();
    const by = network(0);
    const { audience, identityClientId } = others.federatedIdentity;
    const asked = byNetwork(by, () => managedIdentityAssertion(audience, identityClientId));
    await expect(asked).rejects.toThrow();
    expect((await again(others.federatedIdentity)()).token).not.toBe('');
  });
});

describe('the network in the Azure libraries', () => {
  const request = async (url: string, more: object = {}) => {
    const { createPipelineRequest } = await import('@azure/core-rest-pipeline');
    return createPipelineRequest({ url, ...more });
  };

  it('sends nothing without TLS unless they allow it, and only text', async () => {
    const client = azureHttpClient(network());
    const plain = 'http://localhost:2';
    await expect(client.sendRequest(await request(plain))).rejects.toThrow('without TLS');
    await expect(
      client.sendRequest(await request(plain, { allowInsecureConnection: true })),
    ).rejects.toMatchObject({ name: 'RestError', code: 'ECONNREFUSED' });
    const bytes = await request('https://localhost:2', { body: Buffer.from('x') });
    await expect(client.sendRequest(bytes)).rejects.toThrow('nothing but text');
  });

  it('gives them the answer with status, headers and body', async () => {
    const { application } = await hostileLogin((response) => {
      response.writeHead(401, { 'www-authenticate': 'Bearer resource="x"' });
      response.end('{"error":"no"}');
    });
    const asked = await request(application.loginUrl, { method: 'PUT', body: '{}' });
    const answer = await azureHttpClient(network()).sendRequest(asked);
    expect(answer).toMatchObject({ request: asked, status: 401, bodyAsText: '{"error":"no"}' });
    expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer resource="x"');
  });

  it('stops when they stop, with their reason', async () => {
    const stop = new AbortController();
    const reason = new TypeError('enough');
    const { application, state } = await hostileLogin((response) => {
      response.write(' ');
      setTimeout(() => stop.abort(reason), 50);
    });
    const asked = await request(application.loginUrl, { abortSignal: stop.signal });
    const answer = azureHttpClient(network()).sendRequest(asked);
    await expect(answer).rejects.toBe(reason);
    await state.closed;
  });
});

describe('a token', () => {
  const nowMs = Date.UTC(2026, 0, 1);
  const HOUR_MS = 60 * 60 * 1000;
  const given = (token: string, expiresMs = nowMs + HOUR_MS) =>
    tokenCache(
      () => Promise.resolve({ token, expiresMs }),
      () => nowMs,
    ).current();

  it('has a maximum length', async () => {
    const maxToken = 't'.repeat(MAX_TOKEN_LENGTH);
    expect((await given(maxToken)).token).toBe(maxToken);
    await expect(given(`${maxToken}t`)).rejects.toThrow('is not a token');
    await expect(given('')).rejects.toThrow('is not a token');
  });

  it.each(['a\nb', 'a\u0000', 'tokén', 'a\tb', 'a\ud800'])('is not %j', async (token) => {
    await expect(given(token)).rejects.toThrow('characters of ASCII');
  });

  it('is no number, whatever a library passes on', async () => {
    await expect(given(7 as unknown as string)).rejects.toThrow('is not a token');
  });

  it.each([
    [nowMs + HOUR_MS, nowMs + HOUR_MS],
    [nowMs + 28 * HOUR_MS, nowMs + 28 * HOUR_MS],
    [nowMs + 29 * HOUR_MS, nowMs + 28 * HOUR_MS],
    [8.64e15 + 1, nowMs + 28 * HOUR_MS],
  ])('that says it is valid until %d is valid until %d', async (said, until) => {
    expect((await given('token', said)).expiresMs).toBe(until);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, undefined])(
    'that is valid until %s is rejected',
    async (said) => {
      const cache = tokenCache(
        () => Promise.resolve({ token: 'token', expiresMs: said as number }),
        () => nowMs,
      );
      await expect(cache.current()).rejects.toThrow('without its expiry');
    },
  );

  it('of a megabyte leaves nothing in memory, however many come', async () => {
    const fixture = fileURLToPath(new URL('fixtures/large-tokens.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', fixture]);
    const { few, many } = JSON.parse(stdout) as { few: number; many: number };
    expect(many / few).toBeLessThan(1.2);
  });
});

describe('a login endpoint that does not tell where its tokens are', () => {
  const wrong: readonly (readonly [string, (response: ServerResponse) => unknown, RegExp])[] = [
    [
      'a redirect',
      (response) => response.writeHead(302, { location: 'https://evil.example/x' }).end(),
      /a redirect to the host "evil\.example", which is not followed/,
    ],
    ['nothing', (response) => response.writeHead(204).end(), /answered 204 without JSON/],
    ['a page', (response) => response.end('<html>'), /answered 200 without JSON/],
    ['an error', (response) => response.writeHead(500).end('{}'), /answered 500/],
    ['other JSON', (response) => response.end('{}'), /answered 200, and not with its addresses/],
    [
      'too much',
      (response) => response.end('"'.padEnd(MAX_ANSWER_BYTES + 1)),
      /larger than 131072 bytes/,
    ],
  ];

  it.each(wrong)('but answers %s is named with what was wrong', async (_what, answer, why) => {
    const { application, state } = await hostileLogin(
      () => expect.unreachable(),
      (response) => void answer(response),
    );
    const byLibrary = ways['by @azure/identity'](application);
    const byMsal = () =>
      explainingDiscovery(network(), async (by) => {
        const client = await confidentialClient(application, secret, by);
        return client.acquireTokenByRefreshToken({ refreshToken: 'kept', scopes: ['x/.default'] });
      });
    for (const signIn of [byLibrary, byMsal]) {
      const { response } = signInError(await signIn().catch((error: unknown) => error));
      expect(response).toMatchObject({ status: 0, description: expect.stringMatching(why) });
      expect(response.description).toMatch(/^The login endpoint did not tell its addresses: /);
    }
    expect(state.tokenRequests).toBe(0);
  });
});
