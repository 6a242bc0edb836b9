import { expect, it } from 'vitest';
import { allSettled } from '../../../src/teardown/inventory/all-settled.ts';
import { PartnerCenterError } from '../../../src/teardown/model/partner-center-error.ts';

it('all results come together, each in its place', async () => {
  expect(await allSettled([Promise.resolve(1), Promise.resolve('two')])).toEqual([1, 'two']);
});

it('a failure is thrown only after everything else has ended, and the first in order is thrown', async () => {
  const ended: string[] = [];
  const later = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    ended.push('later');
    throw new Error('the second of them');
  });
  const work = allSettled([Promise.reject(new Error('the first of them')), later]);
  await expect(work).rejects.toThrow('the first of them');
  expect(ended).toEqual(['later']);
});

const error = (status: number, retryAfterMs?: number) =>
  new PartnerCenterError({
    operation: 'list-orders',
    status,
    description: 'No.',
    body: '',
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });

it.each<readonly [string, readonly Error[], number]>([
  ['that asks for a wait', [error(500), error(429, 1_000)], 1],
  ['that asks for the longest wait', [error(429, 1_000), error(429, 600_000), error(0)], 1],
  ['that comes first where none asks for a wait', [error(500), error(0)], 0],
  ['that comes first of equal waits', [error(429, 1_000), error(503, 1_000)], 0],
  ['that is a bug, whatever is asked for', [error(429, 600_000), new TypeError('a bug')], 1],
])('of several failures the one is thrown %s', async (_name, failures, thrown) => {
  const work = failures.map((failure) => Promise.reject(failure));
  await expect(allSettled(work)).rejects.toBe(failures[thrown]);
});
