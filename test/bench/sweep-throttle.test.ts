import { expect, it } from 'vitest';
import { sweepFigures } from '../../bench/sweep-throttle.ts';

it('a sweep of a full sandbox passes without one 429, in little more time than the throttle needs', async () => {
  const figures = await sweepFigures(0);
  expect(figures).toMatchObject({ deleted: 75, throttled: 0 });
  // 11 for each teardown, and two lists of customers: the proof's and the sweep's own.
  expect(figures.requests).toBe(75 * 11 + 2);
  expect(figures.throttleAloneMs / figures.tookMs).toBeGreaterThan(0.9);
});

it('a sweep whose cancellations take ten seconds passes without one 429 too', async () => {
  expect(await sweepFigures(10_000)).toMatchObject({ deleted: 75, throttled: 0 });
});
