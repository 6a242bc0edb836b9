import { expect, it } from 'vitest';
import { errorMessage } from '../../src/shared/error-message.ts';

it.each([
  [new TypeError('a bug'), 'a bug'],
  ['a text', 'a text'],
  [7, '7'],
  [undefined, 'undefined'],
])('the message of a thrown value is its text: %s', (thrown, words) => {
  expect(errorMessage(thrown)).toBe(words);
});
