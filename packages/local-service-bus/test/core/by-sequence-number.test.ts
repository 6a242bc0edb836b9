import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BySequenceNumber } from '../../src/core/by-sequence-number.ts';

const SEED = 20_261_130;

const item = (sequenceNumber: number) => ({ sequenceNumber });

/** Several chunks of them, so that every place in a chunk and between two is met. */
const number = fc.integer({ min: 1, max: 3_000 });

test('the list is in order, whatever was put in and taken out', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(number, { minLength: 600, maxLength: 2_500, size: 'max' }),
      fc.array(number, { maxLength: 2_500, size: 'max' }),
      number,
      (added, deleted, from) => {
        const items = new BySequenceNumber<{ sequenceNumber: number }>();
        for (const one of added) items.add(item(one));
        for (const one of deleted) items.delete(one);
        const gone = new Set(deleted);
        const left = added.filter((one) => !gone.has(one)).toSorted((a, b) => a - b);
        expect([...items]).toEqual(left.map(item));
        expect([...items.from(from)]).toEqual(left.filter((one) => one >= from).map(item));
        expect(items.size).toBe(left.length);
        for (const one of added) expect(items.get(one) !== undefined).toBe(!gone.has(one));
      },
    ),
    { seed: SEED, numRuns: 30 },
  );
});

test('the list can be emptied from the front and filled again', () => {
  const items = new BySequenceNumber<{ sequenceNumber: number }>();
  for (let one = 1; one <= 2_000; one += 1) items.add(item(one));
  for (let one = 1; one <= 2_000; one += 1) items.delete(one);
  expect([...items]).toEqual([]);
  items.add(item(2_001));
  expect([...items]).toEqual([item(2_001)]);
});

test('the list is empty at first, and removing an absent item changes nothing', () => {
  const items = new BySequenceNumber<{ sequenceNumber: number }>();
  expect(items.get(1)).toBeUndefined();
  expect([...items.from(0)]).toEqual([]);
  items.delete(1);
  items.add(item(2));
  items.delete(1);
  items.delete(3);
  expect(items.size).toBe(1);
});
