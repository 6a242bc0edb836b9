import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Heap } from '../../src/core/heap.ts';

const SEED = 20_261_123;

test('a heap gives its items in order, whatever was added and removed', () => {
  const item = fc.record({ rank: fc.nat(50), isTakenOut: fc.boolean() });
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const heap = new Heap<(typeof items)[number]>((a, b) => a.rank < b.rank);
      for (const one of items) heap.add(one);
      for (const one of items) if (one.isTakenOut) heap.remove(one);
      const left: number[] = [];
      for (let first = heap.first(); first !== undefined; first = heap.first()) {
        left.push(first.rank);
        heap.remove(first);
      }
      const expected = items.filter((one) => !one.isTakenOut).map((one) => one.rank);
      expect(left).toEqual(expected.sort((a, b) => a - b));
    }),
    { seed: SEED },
  );
});

test('removing an absent item from a heap changes nothing', () => {
  const heap = new Heap<number>((a, b) => a < b);
  heap.add(1);
  heap.remove(2);
  expect(heap.size).toBe(1);
});
