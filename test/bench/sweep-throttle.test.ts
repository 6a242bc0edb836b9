import { expect, it } from 'vitest';
import { sweepFigures, WITH_AZURE } from '../../bench/sweep-throttle.ts';

it('a sweep of a full sandbox ends without one 429, in little more time than the throttle needs', async () => {
  const figures = await sweepFigures(0);
  expect(figures).toMatchObject({ deleted: 75, throttled: 0 });
  // 12 for each teardown, and two lists of customers: the proof's and the sweep's own.
  expect(figures.requests).toBe(75 * 12 + 2);
  expect(figures.throttleAloneMs / figures.tookMs).toBeGreaterThan(0.9);
});

it.each([
  ['cancellations take ten seconds', () => sweepFigures(10_000)],
  ['customers have an Azure plan each', () => sweepFigures(0, WITH_AZURE)],
])('a sweep whose %s ends without one 429 too, in little more time', async (_name, sweep) => {
  const figures = await sweep();
  expect(figures).toMatchObject({ deleted: 75, throttled: 0 });
  expect(figures.throttleAloneMs / figures.tookMs).toBeGreaterThan(0.85);
});
