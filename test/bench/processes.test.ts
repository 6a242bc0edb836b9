import { expect, it } from 'vitest';
import { type BrokerResults, broker } from '../../bench/broker/section.ts';
import { type ColdStartResults, coldStart } from '../../bench/cold-start/section.ts';
import { type Held, heap } from '../../bench/heap/section.ts';

it('an instance holds no more after twice as many teardowns', async () => {
  const [few, many] = (await heap.measure('quick')) as readonly Held[];
  expect(many?.teardowns).toBe(2 * (few?.teardowns ?? 0));
  expect((many?.heldBytes ?? Infinity) / (few?.heldBytes ?? 1)).toBeLessThan(1.1);
});

it('the broker holds less than two kilobytes for a scheduled message, and hands all of them on', async () => {
  const { idle, full, scheduled, ...rates } = (await broker.measure('quick')) as BrokerResults;
  expect((full.heldBytes - idle.heldBytes) / scheduled).toBeGreaterThan(180);
  expect((full.heldBytes - idle.heldBytes) / scheduled).toBeLessThan(2_500);
  for (const rate of [...rates.sentPerSecond, ...rates.scheduledPerSecond]) {
    expect(rate).toBeGreaterThan(0);
  }
});

it('the bundle registers its four functions, with little more work than an empty one', async () => {
  const { app, empty } = (await coldStart.measure('quick')) as ColdStartResults;
  expect(app.map(({ functions }) => functions)).toEqual([4, 4]);
  expect(empty.map(({ functions }) => functions)).toEqual([1, 1]);
  const quickest = (loads: typeof app) => Math.min(...loads.map(({ workMs }) => workMs));
  expect(quickest(app) / quickest(empty)).toBeLessThan(8);
});
