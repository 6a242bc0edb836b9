import { expect, test } from 'vitest';
import { toTriggerInput } from '../src/message-body.ts';

const LOCK_TOKEN = 'F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6';

type BodyType = 'data' | 'value' | 'sequence';

const input = (bodyType: BodyType, body: unknown, dataType?: 'string' | 'binary') =>
  toTriggerInput({ state: 'active', body, _rawAmqpMessage: { body, bodyType } }, dataType);

test('a data body is passed as its exact text, without parsing', () => {
  expect(input('data', Buffer.from('{ "a": 1.0 }'))).toEqual({ string: '{ "a": 1.0 }' });
  expect(input('data', Buffer.from('grüß'))).toEqual({ string: 'grüß' });
});

test('an empty or missing data body is empty text', () => {
  expect(input('data', Buffer.alloc(0))).toEqual({ string: '' });
  expect(input('value', undefined)).toEqual({ string: '' });
});

test('several data sections are one body, even if a character is cut', () => {
  const bytes = Buffer.from('für');
  expect(input('data', [bytes.subarray(0, 2), bytes.subarray(2)])).toEqual({ string: 'für' });
});

test('a binary binding gets the bytes', () => {
  expect(input('data', Buffer.from([0, 255]), 'binary')).toEqual({ bytes: Buffer.from([0, 255]) });
});

test('an AMQP value that is text is that text, and null is empty text', () => {
  expect(input('value', 'hello')).toEqual({ string: 'hello' });
  expect(input('value', null)).toEqual({ string: '' });
});

test.each([
  ['value', { a: 1 }, 'a value type of map'],
  ['value', [1, 2], 'a value type of list'],
  ['value', 12.5, 'a value type of number'],
  ['sequence', [[1], ['b']], 'A sequence body'],
] as const)('an AMQP %s %j can be bound to nothing', (bodyType, body, message) => {
  expect(() => input(bodyType, body)).toThrow(message);
  expect(() => input(bodyType, body, 'binary')).toThrow(message);
});

test('a text body is not passed as bytes', () => {
  expect(() => input('value', 'hello', 'binary')).toThrow('cannot be bound to bytes');
});

test('a body that is no UTF-8 is still text', () => {
  expect(input('data', Buffer.from([0x40, 0x9a]))).toEqual({ string: '@\ufffd' });
});

test('an SDK binding gets every body as it was sent, byte for byte', () => {
  const utf16 = Buffer.from('\ufefftext', 'utf16le');
  for (const bytes of [Buffer.from('{ "a": 1.0 }'), Buffer.from([0xef, 0xbb, 0xbf, 0x7b]), utf16]) {
    const { content } =
      toTriggerInput(
        {
          state: 'active',
          body: bytes,
          lockToken: LOCK_TOKEN,
          _rawAmqpMessage: { body: bytes, bodyType: 'data' },
        },
        'sdk',
      ).modelBindingData ?? {};
    expect(content?.includes(bytes)).toBe(true);
  }
});
