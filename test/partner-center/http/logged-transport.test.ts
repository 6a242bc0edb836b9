import { expect, it } from 'vitest';
import { loggedTransport } from '../../../src/partner-center/http/logged-transport.ts';

it('a secret in the code of an error is in no log line, not even the first half of it', async () => {
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
