import { type Fault, Sandbox } from 'partner-center-sandbox/core';
import { describe, expect, it } from 'vitest';
import { sandboxFetch } from '../../bench/sandbox-fetch.ts';

/** What the sandbox answers without a socket where it is damaged so, and where it is not. */
async function answersOf(fault: Fault) {
  const sandbox = new Sandbox({ nowMs: () => 0 });
  const ask = () => sandboxFetch(sandbox)('http://sandbox.invalid/v1/customers');
  const whole = await (await ask()).text();
  sandbox.injectFault(fault);
  const response = await ask();
  return { whole, text: await response.text(), type: response.headers.get('content-type') };
}

describe('the simulated sandbox without a socket', () => {
  it('passes on a page of HTML unchanged', async () => {
    const { text, type } = await answersOf({ kind: 'html' });
    expect([text.slice(0, 6), type]).toEqual(['<html>', 'text/html']);
  });

  it('passes on a body that breaks off unchanged', async () => {
    const { whole, text } = await answersOf({ kind: 'truncated' });
    expect(text).toBe(whole.slice(0, Math.ceil(whole.length / 2)));
    expect(() => JSON.parse(text)).toThrow();
  });

  it('passes on JSON declared as plain text unchanged', async () => {
    const { whole, text, type } = await answersOf({ kind: 'wrong-content-type' });
    expect([text, type]).toEqual([whole, 'text/plain; charset=utf-8']);
  });

  it('passes on a missing body as none', async () => {
    expect((await answersOf({ kind: 'empty' })).text).toBe('');
  });

  it.each(['drop', 'drop-after'] as const)(
    'has no answer where the connection closes (%s)',
    async (kind) => {
      await expect(answersOf({ kind })).rejects.toThrow('fetch failed');
    },
  );
});
