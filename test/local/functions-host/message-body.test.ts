import { expect, test } from 'vitest';
import { toTriggerInput } from '../../../local/functions-host/message-body.ts';

type BodyType = 'data' | 'value' | 'sequence';

const input = (bodyType: BodyType, body: unknown, dataType?: 'string' | 'binary') =>
  toTriggerInput({ body, _rawAmqpMessage: { body, bodyType } }, dataType);

test('a data body is its exact text, parsed by nobody', () => {
  expect(input('data', Buffer.from('{ "a": 1.0 }'))).toEqual({ string: '{ "a": 1.0 }' });
  expect(input('data', Buffer.from('grüß'))).toEqual({ string: 'grüß' });
});

test('an empty data body, or none at all, is empty text', () => {
  expect(input('data', Buffer.alloc(0))).toEqual({ string: '' });
  expect(input('value', undefined)).toEqual({ string: '' });
});

test('several data sections are one body, even if a character is cut in two', () => {
  const bytes = Buffer.from('für');
  expect(input('data', [bytes.subarray(0, 2), bytes.subarray(2)])).toEqual({ string: 'für' });
});

test('a binding that asks for binary gets the bytes', () => {
  expect(input('data', Buffer.from([0, 255]), 'binary')).toEqual({ bytes: Buffer.from([0, 255]) });
});

test.each([
  ['value', 'hello', 'AMQP value body (string): "hello"'],
  ['value', null, 'AMQP value body (null): null'],
  ['value', { a: 1 }, 'AMQP value body (map): {"a":1}'],
  ['value', [1, 2], 'AMQP value body (list): [1,2]'],
  ['value', 12.5, 'AMQP value body (number): 12.5'],
  ['sequence', [[1], ['b']], 'AMQP sequence body: [[1],["b"]]'],
] as const)('an AMQP %s %j says what it is', (bodyType, body, string) => {
  expect(input(bodyType, body)).toEqual({ string });
});

test('a long value is cut', () => {
  const { string } = input('value', 'x'.repeat(5_000));
  expect(string).toHaveLength('AMQP value body (string): '.length + 1_001);
  expect(string).toMatch(/x…$/);
});
