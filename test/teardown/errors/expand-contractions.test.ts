import { expect, it } from 'vitest';
import { expandContractions } from '../../../src/teardown/errors/expand-contractions.ts';

it.each([
  ["It can't be removed.", 'It cannot be removed.'],
  ['It can’t be removed.', 'It cannot be removed.'],
  ['It can not be removed.', 'It cannot be removed.'],
  ["Can't", 'cannot'],
  ["It isn't active and doesn't exist.", 'It is not active and does not exist.'],
  ['It wasn‘t, couldnʼt, hasn´t.', 'It was not, could not, has not.'],
  ["It won't.", 'It will not.'],
  ['It cannot.', 'It cannot.'],
  ["The partner's orders", "The partner's orders"],
])('%j reads %j', (text, expected) => {
  expect(expandContractions(text)).toBe(expected);
});
