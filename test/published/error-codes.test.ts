import { describe, expect, it } from 'vitest';
import { classifyError } from '../../src/teardown/errors/classify-error.ts';
import type { Operation } from '../../src/teardown/model/partner-center-error.ts';
import { errorCodes } from './samples.ts';

const answer = (operation: Operation, status: number, code: string) => ({
  ...{ operation, status, code },
  description: 'Words of our own',
  body: JSON.stringify({ code, description: 'Words of our own' }),
});

/** What an answer means that no one has described. */
const catchAll = classifyError(answer('list-orders', 418, '1'));

const WRITES: Readonly<Record<string, readonly Operation[]>> = {
  'PATCH order': ['cancel-order'],
  'PATCH subscription': ['end-subscription'],
  'POST azureEntitlement cancel': ['cancel-azure-entitlement'],
  'POST subscription activate': ['activate-subscription'],
  'DELETE customer': ['delete-customer'],
};

const OPERATIONS: Readonly<Record<string, readonly Operation[]>> = {
  ...WRITES,
  any: ['get-customer', 'list-orders', 'list-subscriptions', ...Object.values(WRITES).flat()],
};

const ours = errorCodes.filter(({ concernsOurCalls }) => concernsOurCalls);

it('78 of the 263 documented codes can be the answer to a call of the app', () => {
  expect(errorCodes).toHaveLength(263);
  expect(ours).toHaveLength(78);
  expect(ours.every(({ calls }) => calls?.every((call) => call in OPERATIONS))).toBe(true);
});

it('each status and code is listed once', () => {
  const keys = errorCodes.map(({ status, code }) => `${status}/${code}`);
  expect(new Set(keys).size).toBe(keys.length);
});

describe('a code that can be the answer to a call of ours has a row of its own', () => {
  it.each(ours)('$status/$code: $meaning', ({ status = 400, code, calls = [] }) => {
    const operations = new Set(calls.flatMap((call) => OPERATIONS[call] ?? []));
    const without = [...operations].filter(
      (operation) => classifyError(answer(operation, status, String(code))) === catchAll,
    );
    expect(without).toEqual([]);
  });
});
