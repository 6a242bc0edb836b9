import { describe, expect, it } from 'vitest';
import { decodeEscapes } from '../../src/redaction/decode-escapes.ts';

describe('the readings of a text', () => {
  it('are the text itself where nothing is escaped', () => {
    expect(decodeEscapes('ab')).toEqual([{ text: 'ab', starts: [0, 1, 2] }]);
    expect(decodeEscapes('')).toEqual([{ text: '', starts: [0] }]);
  });

  it('have percent escapes undone, each character where it began', () => {
    expect(decodeEscapes('a%41b%7A')).toEqual([
      { text: 'a%41b%7A', starts: [0, 1, 2, 3, 4, 5, 6, 7, 8] },
      { text: 'aAbz', starts: [0, 1, 4, 5, 8] },
    ]);
  });

  it.each([
    ['\\u0041', 'A'],
    ['\\n', '\n'],
    ['\\r', '\r'],
    ['\\t', '\t'],
    ['\\"', '"'],
    ['\\/', '/'],
    ['\\\\', '\\'],
  ])('have the JSON escape %s undone', (escaped, character) => {
    expect(decodeEscapes(`x${escaped}y`)[1]).toEqual({
      text: `x${character}y`,
      starts: [0, 1, 1 + escaped.length, 2 + escaped.length],
    });
  });

  it.each([
    ['&amp;', '&'],
    ['&lt;', '<'],
    ['&gt;', '>'],
    ['&quot;', '"'],
    ['&apos;', "'"],
    ['&AMP;', '&'],
    ['&#39;', "'"],
    ['&#00065;', 'A'],
    ['&#x27;', "'"],
    ['&#X004a;', 'J'],
    ['&#0000065;', 'A'],
    ['&#x0000000041;', 'A'],
    ['&#65', 'A'],
    ['&#x4A', 'J'],
    ['&amp', '&'],
    ['&apos', "'"],
    ['&#123456;', '\u{1e240}'],
    ['&#x10ffff;', '\u{10ffff}'],
  ])('have the HTML escape %s undone', (escaped, character) => {
    expect(decodeEscapes(`x${escaped}y`)[1]).toEqual({
      text: `x${character}y`,
      starts: [0, ...character.split('').map(() => 1), 1 + escaped.length, 2 + escaped.length],
    });
  });

  it.each(['&nbsp;', '&#;', '&#x;', '&#1114112;', '&#x110000;', '#39;', '& amp;'])(
    'leave %s as it is',
    (text) => {
      expect(decodeEscapes(text)).toHaveLength(1);
    },
  );

  it('end a number without a semicolon where its digits end', () => {
    expect(decodeEscapes('&#72&#105!')[1]?.text).toBe('Hi!');
    expect(decodeEscapes('&#x48&#x69!')[1]?.text).toBe('Hi!');
  });

  it('undo one kind after the other, three deep and no deeper', () => {
    expect(decodeEscapes('%5Cu0041').map(({ text }) => text)).toEqual(['%5Cu0041', '\\u0041', 'A']);
    expect(decodeEscapes('%25252525').map(({ text }) => text)).toEqual([
      '%25252525',
      '%252525',
      '%2525',
      '%25',
    ]);
  });

  it('keep the places of the original through all of them', () => {
    expect(decodeEscapes('x%2541y').at(-1)).toEqual({ text: 'xAy', starts: [0, 1, 6, 7] });
  });
});
