import { describe, expect, it } from 'vitest';
import { azureHttpClient } from '../../../src/partner-center/auth/azure-http-client.ts';
import { loginNetwork } from '../../../src/partner-center/auth/login-network.ts';
import type { Network } from '../../../src/partner-center/auth/network.ts';

const asked = async (more: object = {}) => {
  const { createPipelineRequest } = await import('@azure/core-rest-pipeline');
  return createPipelineRequest({ url: 'https://login.test/t', ...more });
};

/** A network with this error, for the Azure libraries and for MSAL. */
function failing(thrown: unknown) {
  const by: Network = {
    send: () => Promise.reject(thrown),
    close: () => undefined,
  };
  const caught = (error: unknown) => error;
  return {
    azure: async () =>
      azureHttpClient(by)
        .sendRequest(await asked())
        .catch(caught),
    msal: () => loginNetwork(by).sendPostRequestAsync('https://login.test/t', {}).catch(caught),
  };
}

/** A network that answers so; what it was sent is kept. */
function answering(status: number, text: string, headers: Record<string, string> = {}) {
  const sent: RequestInit[] = [];
  const by: Network = {
    async send(_url, init) {
      sent.push(init);
      return { status, headers: new Headers(headers), text };
    },
    close: () => undefined,
  };
  return { by, sent, msal: loginNetwork(by) };
}

describe('the Azure libraries', () => {
  it('get the code of a broken connection', async () => {
    const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    expect(await failing(new TypeError('fetch failed', { cause: reset })).azure()).toMatchObject({
      name: 'RestError',
      message: 'read ECONNRESET',
      code: 'ECONNRESET',
      request: { url: 'https://login.test/t' },
    });
  });

  it.each([
    [new Error('other side closed'), 'other side closed'],
    [undefined, 'fetch failed'],
    [{ code: 'of no error' }, 'fetch failed'],
  ])('get the code of a failed request where there is no other: %s', async (cause, message) => {
    expect(await failing(new TypeError('fetch failed', { cause })).azure()).toMatchObject({
      name: 'RestError',
      message,
      code: 'REQUEST_SEND_ERROR',
    });
  });

  it('get any other error unchanged, so that they do not repeat the request', async () => {
    const error = new Error('This sign-in has made its requests.');
    expect(await failing(error).azure()).toBe(error);
  });

  it('send a body and an abort signal, where they have them', async () => {
    const { by, sent } = answering(200, '{}');
    const { signal } = new AbortController();
    const headers = { 'X-Their-Own': 'kept' };
    const { createHttpHeaders } = await import('@azure/core-rest-pipeline');
    await azureHttpClient(by).sendRequest(await asked({ body: null }));
    await azureHttpClient(by).sendRequest(
      await asked({
        method: 'PUT',
        body: 'b',
        abortSignal: signal,
        headers: createHttpHeaders(headers),
      }),
    );
    expect(sent).toStrictEqual([
      { method: 'GET', headers: {} },
      { method: 'PUT', headers: { 'x-their-own': 'kept' }, body: 'b', signal },
    ]);
  });
});

describe('MSAL', () => {
  it('gets the reason why there was no answer, with its cause', async () => {
    const cause = new Error('read ECONNRESET');
    const error = new TypeError('fetch failed', { cause });
    expect(await failing(error).msal()).toMatchObject({
      errorCode: 'network_error',
      errorMessage: 'fetch failed: read ECONNRESET',
      cause: error,
    });
    expect(await failing(new TypeError('fetch failed')).msal()).toMatchObject({
      errorMessage: 'fetch failed',
    });
    expect(await failing('no error at all').msal()).toMatchObject({
      errorMessage: 'no error at all',
      cause: 'no error at all',
    });
  });

  it('gets no secret, and no text over the limit', async () => {
    const errorFor = async (message: string) => {
      const error = await failing(new Error(message)).msal();
      return String(error);
    };
    expect(await errorFor('client_secret=a-secret-of-the-app')).not.toContain(
      'a-secret-of-the-app',
    );
    expect(await errorFor('x'.repeat(1_000))).toBe(`AuthError: network_error: ${'x'.repeat(300)}`);
  });

  it('gets the error of the login endpoint, with status, text and wait', async () => {
    const body = `client_secret=a-secret-of-the-app ${'x'.repeat(1_000)}`;
    const { msal } = answering(503, body, { 'retry-after': '33' });
    const error: unknown = await msal
      .sendPostRequestAsync('https://login.test/t', {})
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'ServerError',
      errorCode: 'server_error',
      status: 503,
      retryAfterMs: 33_000,
    });
    const { errorMessage } = error as { errorMessage: string };
    expect(errorMessage).toMatch(/^The login endpoint answered 503: client_secret=\[secret\] x+$/);
    expect(errorMessage).toHaveLength('The login endpoint answered 503: '.length + 300);
  });

  it('gets no wait where there is none', async () => {
    const error: unknown = await answering(503, '')
      .msal.sendGetRequestAsync('https://login.test/t')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 503 });
    expect(error).not.toHaveProperty('retryAfterMs');
  });

  it('sends its request, and gets the answer with status, headers and body', async () => {
    const { msal, sent } = answering(200, '{"a":1}', { 'x-theirs': 'kept' });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await msal.sendPostRequestAsync('https://login.test/t', {
      headers,
      body: 'a=1',
    });
    expect(response).toEqual({ status: 200, headers: { 'x-theirs': 'kept' }, body: { a: 1 } });
    await msal.sendPostRequestAsync('https://login.test/t');
    await msal.sendGetRequestAsync('https://login.test/t', { headers });
    expect(sent).toEqual([
      { method: 'POST', headers, body: 'a=1' },
      { method: 'POST', headers: {}, body: '' },
      { method: 'GET', headers },
    ]);
  });
});
