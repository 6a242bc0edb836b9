import { expect, test } from 'vitest';
import { Sandbox } from '../../../local/partner-center/core/sandbox.ts';
import { requireSandbox } from './require-sandbox.ts';

/** Calls to a simulated account of so many customers, shown ten at a time. */
function account(customers: number) {
  const sandbox = new Sandbox({ nowMs: () => 0, settings: { production: true, pageSize: 10 } });
  for (let count = 0; count < customers; count += 1) sandbox.addCustomer({});
  return async (method: string, path: string, { headers = {} } = {}) => {
    const { pathname, searchParams } = new URL(`http://sandbox/v1${path}`);
    const answer = sandbox.handle({
      method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers,
      caller: sandbox.appOnlyCaller,
    });
    return Response.json(answer.body, { status: answer.status });
  };
}

test('the contract suite writes to an account of no more than 75 customers', async () => {
  await expect(requireSandbox(account(0))).resolves.toBeUndefined();
  await expect(requireSandbox(account(75))).resolves.toBeUndefined();
  await expect(requireSandbox(account(76))).rejects.toThrow(/more than 75 customers/);
});

test('the contract suite writes nothing where the customers cannot be counted', async () => {
  const refused = async () => Response.json({ code: '2032', description: '' }, { status: 403 });
  await expect(requireSandbox(refused)).rejects.toThrow(/status 403/);
  const first = await (await account(11)('GET', '/customers')).text();
  const endless = async () =>
    new Response(first.replace(/"items":\[.*\],"cont/s, '"items":[],"cont'));
  await expect(requireSandbox(endless)).rejects.toThrow(/does not end/);
});
