import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  id,
  optionalCount,
  optionalNumber,
  optionalText,
  optionalTrue,
  plain,
  text,
  word,
  words,
} from '../../../src/partner-center/http/schema.ts';

describe('a text of an answer', () => {
  it.each([
    [' a ', 'a'],
    [7, '7'],
    [true, 'true'],
    ['a\ud800', 'a\ufffd'],
    ['x'.repeat(1_000), 'x'.repeat(1_000)],
  ])('is read without the blanks around it: %j', (value, read) => {
    expect(v.parse(text, value)).toBe(read);
  });

  it('is rejected where it is too long', () => {
    expect(() => v.parse(text, 'x'.repeat(1_001))).toThrow(
      'The answer has a text that is too long.',
    );
    expect(v.is(text, { a: 1 })).toBe(false);
  });

  it.each([undefined, null, '', ' '])('that is %j is none', (value) => {
    expect(v.parse(optionalText, value)).toBeUndefined();
    expect([v.parse(word, value), v.parse(plain, value)]).toEqual(['', '']);
  });

  it('that is shown keeps its letter case, and a word has none', () => {
    const read = [optionalText, plain, word].map((each) => v.parse(each, 'Aa'));
    expect(read).toEqual(['Aa', 'Aa', 'aa']);
  });
});

describe('an id of an answer', () => {
  it.each(['x', '...', '.a', 'x'.repeat(200), 7])('may be %j', (value) => {
    expect(v.parse(id, value)).toBe(String(value));
  });

  it.each([
    ['', 'The answer has a resource without an id.'],
    [' ', 'The answer has a resource without an id.'],
    ['x'.repeat(201), 'The answer has an id that is too long.'],
    ['.', 'The answer has an id that is a path.'],
    ['..', 'The answer has an id that is a path.'],
    ['\ud800', 'The answer has an id with half of a character.'],
  ])('may not be %j', (value, why) => {
    expect(() => v.parse(id, value)).toThrow(why);
  });
});

it.each([
  [7, 7],
  [' 7 ', 7],
  ['-7.5', -7.5],
  [0, 0],
  ['', undefined],
  [' ', undefined],
  ['x', undefined],
  ['Infinity', undefined],
  [null, undefined],
  [undefined, undefined],
])('the number of %j is %j', (value, read) => {
  expect(v.parse(optionalNumber, value)).toBe(read);
});

it.each([
  ['10', 10],
  ['10.00', 10],
  ['007', 7],
  ['10.01', undefined],
  ['-10', undefined],
  ['10 pieces', undefined],
  ['1e2', undefined],
  ['x', undefined],
  [[7], undefined],
  [true, undefined],
])('the count of %j is %j', (value, read) => {
  expect(v.parse(optionalCount, value)).toBe(read);
});

it.each([true, 'true', 'True', ' TRUE '])('%j is true', (value) => {
  expect(v.parse(optionalTrue, value)).toBe(true);
});

const notText = { toString: 5, valueOf: 6 };

it.each([...[false, 'false', 1, null, undefined, 'yes', {}], ...[[['true']], notText]])(
  '%j is not known to be true',
  (value) => {
    expect(v.parse(optionalTrue, value)).toBe(false);
  },
);

it.each([
  [
    ['A', ' ', null, 'b'],
    ['a', 'b'],
  ],
  [undefined, []],
  ['a', []],
  [[{}], []],
])('the words of %j are %j', (value, read) => {
  expect(v.parse(words, value)).toEqual(read);
});
