import { Sandbox } from 'partner-center-sandbox/core';
import { expect, test } from 'vitest';
import { listCustomers } from './requests.ts';
import { requireSandbox } from './require-sandbox.ts';
import type { Answer, Ask } from './sender.ts';

/** A simulated account of so many customers, shown ten at a time. */
function account(customers: number): Ask {
  const sandbox = new Sandbox({ nowMs: () => 0, settings: { production: true, pageSize: 10 } });
  for (let count = 0; count < customers; count += 1) sandbox.addCustomer({});
  return async ({ method, path, headers = {} }) => {
    const { pathname, searchParams } = new URL(`http://sandbox${path}`);
    const { status, body } = sandbox.handle({
      method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers,
      caller: sandbox.appOnlyCaller,
    });
    return answerOf(status, body);
  };
}

const answerOf = (status: number, json: unknown): Answer => ({
  status,
  json,
  headers: new Headers(),
  text: JSON.stringify(json),
});

test('the contract suite writes to an account of no more than 75 customers', async () => {
  await expect(requireSandbox(account(0))).resolves.toBeUndefined();
  await expect(requireSandbox(account(75))).resolves.toBeUndefined();
  await expect(requireSandbox(account(76))).rejects.toThrow(/more than 75 customers/);
});

test('the contract suite writes nothing where the customers cannot be counted', async () => {
  const refused = async () => answerOf(403, { code: '2032', description: '' });
  await expect(requireSandbox(refused)).rejects.toThrow(/status 403/);
  const first = await account(11)(listCustomers());
  const endless = async () => answerOf(200, { ...Object(first.json), items: [] });
  await expect(requireSandbox(endless)).rejects.toThrow(/does not end/);
});
