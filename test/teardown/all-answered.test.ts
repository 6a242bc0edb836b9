import { expect, it } from 'vitest';
import { allAnswered } from '../../src/teardown/all-answered.ts';

it('all results come together, each in its place', async () => {
  expect(await allAnswered([Promise.resolve(1), Promise.resolve('two')])).toEqual([1, 'two']);
});

it('a failure is told only when everything else has ended too, and the first in order is told', async () => {
  const ended: string[] = [];
  const later = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    ended.push('later');
    throw new Error('the second of them');
  });
  const work = allAnswered([Promise.reject(new Error('the first of them')), later]);
  await expect(work).rejects.toThrow('the first of them');
  expect(ended).toEqual(['later']);
});
