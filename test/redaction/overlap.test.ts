import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlapOf } from '../../src/redaction/overlap.ts';
import { runs } from '../runs.ts';

describe('the overlap of the end of a text with a beginning', () => {
  it.each([
    ['abc', 'cde', 1],
    ['abc', 'bcd', 2],
    ['abc', 'abcd', 3],
    ['abcabc', 'abcabd', 3],
    ['ababab', 'ababac', 4],
    ['xxab', 'ab', 2],
    ['abx', 'ab', 0],
    ['', 'ab', 0],
    ['ab', '', 0],
    ['aaaa', 'aab', 2],
  ])('of %j and %j is %i long', (text, other, length) => {
    expect(overlapOf(text, other)).toBe(length);
  });

  it('is the same as by trying every place', () => {
    const letters = fc
      .array(fc.constantFrom('a', 'b'), { maxLength: 12 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(letters, letters, (text, other) => {
        const places = Array.from({ length: text.length + 1 }, (_, index) => text.slice(index));
        const longest = places.find((end) => other.startsWith(end)) ?? '';
        expect(overlapOf(text, other)).toBe(longest.length);
      }),
      { seed: 20261130, numRuns: runs(2_000) },
    );
  });
});
