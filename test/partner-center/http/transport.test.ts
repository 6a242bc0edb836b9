import { describe, expect, it } from 'vitest';
import { kyTransport } from '../../../src/partner-center/http/transport.ts';
import { hostileServer } from '../hostile-server.ts';

const read = { operation: 'list-orders', method: 'get', path: '/customers/c/orders' } as const;

/** What is sent of each request, and what is answered. */
function sending(answer: () => Promise<Response> | Response = () => new Response('{}')) {
  const sent: Request[] = [];
  const send = kyTransport(
    {
      apiUrl: 'https://partner-center.invalid',
      timeoutMs: 10_000,
      fetch: async (input, init) => {
        sent.push(new Request(input, init));
        return answer();
      },
    },
    'teardown-1',
  );
  return { send, sent };
}

describe('a request', () => {
  it('has the headers of the articles, and its own', async () => {
    const { send, sent } = sending();
    const reply = await send({ ...read, headers: { 'if-match': '"e"' } }, { 'ms-requestid': 'id' });
    const { 'ms-correlationid': trace, ...headers } = Object.fromEntries(sent[0]?.headers ?? []);
    expect(headers).toEqual({
      accept: 'application/json',
      'if-match': '"e"',
      'ms-contract-version': 'v1',
      'ms-partnercenter-application': 'sandbox-teardown',
      'ms-requestid': 'id',
      'x-locale': 'en-US',
    });
    expect(trace).toMatch(/^[\da-f-]{36}$/);
    expect(sent[0]?.url).toBe('https://partner-center.invalid/v1/customers/c/orders');
    expect(sent[0]?.redirect).toBe('manual');
    expect(reply).toMatchObject({ status: 200, body: '{}' });
  });

  it('has a body only where there is something to send', async () => {
    const { send, sent } = sending();
    await send({ ...read, method: 'post', json: { a: 1 } }, {});
    await send({ ...read, method: 'post' }, {});
    const [full, empty] = sent;
    expect([await full?.text(), full?.headers.get('content-type')]).toEqual([
      '{"a":1}',
      'application/json',
    ]);
    expect([await empty?.text(), empty?.headers.has('content-type')]).toEqual(['', false]);
  });

  it('is never repeated by the library', async () => {
    for (const answer of [
      () => new Response('', { status: 503, headers: { 'retry-after': '0' } }),
      () => Promise.reject(new TypeError('fetch failed')),
    ]) {
      const { send, sent } = sending(answer);
      await send(read, {}).catch(() => undefined);
      expect(sent).toHaveLength(1);
    }
  });
});

describe('an answer whose body breaks off', () => {
  it('is no answer to a good status, and still an error to a bad one', async () => {
    const { answers, port } = await hostileServer();
    const send = kyTransport({ apiUrl: `http://127.0.0.1:${port}`, timeoutMs: 10_000 }, 't');
    const cut = { headers: { 'content-length': '100' }, body: '{"items":[]}', cut: true };
    answers({ ...cut, status: 200 });
    await expect(send(read, {})).rejects.toThrow('terminated');
    answers({ ...cut, status: 429, headers: { ...cut.headers, 'retry-after': '5' } });
    const { status, headers, body } = await send(read, {});
    expect([status, headers.get('retry-after'), body]).toEqual([
      429,
      '5',
      'The body could not be read: terminated',
    ]);
  });
});
