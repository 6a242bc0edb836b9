import fc from 'fast-check';
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
  ['a map', { a: 1 }, 'a value that is not text'],
  ['a map that cannot be text', { toString: 5, valueOf: 6 }, 'a value that is not text'],
  ['a list', ['a'], 'a value that is not text'],
])('the cause may be %s, too', (_what, value, text) => {
  expect(deadLetterCause(value, value)).toEqual({ reason: text, description: text });
  expect(deadLetterCause(null, undefined)).toEqual({});
});

it('the cause may be any value at all', () => {
  const names = fc.oneof(fc.string(), fc.constantFrom('toString', 'valueOf', 'constructor'));
  const values = fc.anything({
    key: names,
    withBigInt: true,
    withDate: true,
    withNullPrototype: true,
    withTypedArray: true,
  });
  fc.assert(
    fc.property(values, values, (reason, description) => {
      for (const text of Object.values(deadLetterCause(reason, description))) {
        expect(text?.length).toBeLessThanOrEqual(500);
      }
    }),
  );
});
