import { expect, it } from 'vitest';
import { loggedTransport } from '../../../src/partner-center/http/logged-transport.ts';
import type { Reply } from '../../../src/partner-center/http/transport.ts';

/** What is logged of a request that took so long, and how it ended. */
async function logged(answer: Partial<Reply> | Error, headers: Record<string, string> = {}) {
  const lines: unknown[] = [];
  let nowMs = 1_000;
  const send = loggedTransport(
    async () => {
      nowMs += 250;
      if (answer instanceof Error) throw answer;
      return { status: 200, headers: new Headers(), body: '', ...answer };
    },
    (event, fields) => lines.push([event, fields]),
    () => nowMs,
  );
  const ended: unknown = await send(
    { operation: 'list-orders', method: 'get', path: '/' },
    headers,
  ).catch((error: unknown) => error);
  return { lines, ended };
}

const line = { operation: 'list-orders', tookMs: 250, requestId: '', code: undefined };

it('a request is logged with its result, its duration and its id', async () => {
  const body = JSON.stringify({ code: 2005, description: 'No.' });
  const { lines, ended } = await logged({ body }, { 'ms-requestid': 'an-id' });
  expect(lines).toEqual([['request', { ...line, status: 200, requestId: 'an-id' }]]);
  expect(ended).toMatchObject({ status: 200, body });
});

it.each([
  [199, '2005'],
  [200, undefined],
  [299, undefined],
  [300, '2005'],
  [400, '2005'],
])('with status %i its code is %s', async (status, code) => {
  const { lines } = await logged({ status, body: '{"code":2005}' });
  expect(lines).toEqual([['request', { ...line, status, code }]]);
});

it.each([
  ['no answer came', new Error('x'), 0],
  ['a good answer was too large', new RangeError('x'), 200],
])('a request is logged also where %s', async (_what, error, status) => {
  const { lines, ended } = await logged(error);
  expect(lines).toEqual([['request', { ...line, status }]]);
  expect(ended).toBe(error);
});

it('a code is logged up to the maximum length of a code', async () => {
  const { lines } = await logged({ status: 400, body: JSON.stringify({ code: 'x'.repeat(101) }) });
  expect(lines).toEqual([['request', { ...line, status: 400, code: 'x'.repeat(100) }]]);
});

it('a secret in the code of an error is in no log line, not even its first half', async () => {
  const lines: string[] = [];
  const secret = `eyJ${'a'.repeat(150)}`;
  const body = JSON.stringify({ code: `${'x'.repeat(93)} ${secret}`, description: '' });
  const send = loggedTransport(
    async () => ({ status: 400, headers: new Headers(), body }),
    (_event, fields) => lines.push(JSON.stringify(fields)),
    () => 0,
  );
  await send({ operation: 'list-orders', method: 'get', path: '/' }, {});
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`${'x'.repeat(93)} [token`);
  expect(lines[0]).not.toContain('eyJ');
});
