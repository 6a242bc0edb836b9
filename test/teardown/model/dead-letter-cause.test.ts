import { expect, it } from 'vitest';
import { deadLetterCause } from '../../../src/teardown/model/dead-letter-cause.ts';

it('the cause of a dead letter is kept as far as it is given', () => {
  expect(deadLetterCause(undefined, undefined)).toStrictEqual({});
  expect(deadLetterCause('TTLExpiredException', undefined)).toStrictEqual({
    reason: 'TTLExpiredException',
  });
  expect(deadLetterCause(undefined, 'Too late.')).toStrictEqual({ description: 'Too late.' });
});

it('the cause of a dead letter is bounded, and without what looks like a secret', () => {
  const { reason, description } = deadLetterCause('x'.repeat(900), 'client_secret=hunter2');
  expect(reason).toBe('x'.repeat(500));
  expect(description).toBe('client_secret=[secret]');
});

it.each<[string, unknown, string]>([
  ['a number', 5, '5'],
  ['a flag', false, 'false'],
  ['bytes', Buffer.from('why'), 'why'],
  ['an object', { a: 1 }, '[object Object]'],
])('the cause may be %s, too', (_what, value, text) => {
  expect(deadLetterCause(value, value)).toEqual({ reason: text, description: text });
  expect(deadLetterCause(null, undefined)).toEqual({});
});
