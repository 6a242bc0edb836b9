import { expect, test } from 'vitest';
import { Slots } from '../src/slots.ts';

test('slots are limited, and passed on in the order of the requests', async () => {
  const slots = new Slots(2);
  const order: number[] = [];
  const takers = [1, 2, 3, 4].map((taker) => slots.acquire().then(() => order.push(taker)));
  await Promise.all(takers.slice(0, 2));
  expect(order).toEqual([1, 2]);
  slots.release();
  await takers[2];
  expect(order).toEqual([1, 2, 3]);
  slots.release();
  await takers[3];
  slots.release();
  slots.release();
  await slots.acquire();
});
