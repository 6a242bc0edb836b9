import { expect, test } from 'vitest';
import { toIdText } from '../src/dot-net-ids.ts';

test('a text and a number stay unchanged, and a missing id stays missing', () => {
  expect([toIdText('1e3'), toIdText(1_000), toIdText('')]).toEqual(['1e3', '1000', '']);
  expect([toIdText(undefined), toIdText(null)]).toEqual([undefined, undefined]);
});

test('sixteen bytes are a UUID, eight a number if they can be one, and others bytes', () => {
  const bytes = (digits: string) => toIdText(Buffer.from(digits, 'hex'));
  expect(bytes('f81d4fae7dec11d0a76500a0c91e6bf6')).toBe('f81d4fae-7dec-11d0-a765-00a0c91e6bf6');
  expect(bytes('ab54a98ceb1f0ad2')).toBe('12345678901234567890');
  expect(bytes('0020000000000000')).toBe('9007199254740992');
  expect(bytes('001fffffffffffff')).toBe('001FFFFFFFFFFFFF');
  expect(bytes('dead')).toBe('DEAD');
});
