import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from '../src/strict-json.ts';

describe('strict JSON', () => {
  it('is read as JSON is', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text) });
      }),
    );
  });

  it.each([
    ['{"a":1,"a":1}', 'a'],
    ['{"a":1,"b":{"a":2},"a":3}', 'a'],
    ['[{"x":0},{"a":[{"b":1,"b":2}]}]', 'b'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"a\\"":1, "a\\u0022" \n :2}', 'a\\"'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"":1,"":2}', ''],
  ])('refuses a key that is there twice: %s', (text, key) => {
    expect(parseStrictJson(text)).toEqual({ problem: `names "${key}" twice in one object` });
  });

  it.each([
    '{"a":{"a":{"a":"a"}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"b","b":"a"}',
    '{"a":"\\"a\\":1,","A":"{"}',
    '{"a":["a","a"]}',
  ])('takes a key that is there once in each object: %s', (text) => {
    expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text) });
  });

  it.each(['', '{', '{"a":1,}', '\ufeff{}', 'NaN'])('refuses what is no JSON: %j', (text) => {
    expect(parseStrictJson(text)).toEqual({ problem: 'is not JSON' });
  });

  it('is bounded in depth and in length', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseStrictJson(nested(100))).toHaveProperty('value');
    expect(parseStrictJson(nested(101))).toHaveProperty('problem');
    const long = (length: number) => `"${'x'.repeat(length - 2)}"`;
    expect(parseStrictJson(long(1_048_576))).toHaveProperty('value');
    expect(parseStrictJson(long(1_048_577))).toHaveProperty('problem');
  });

  it.each([
    ['spaces', (n: number) => `["a"${' '.repeat(n)}]`],
    ['escapes', (n: number) => `"${'\\\\'.repeat(n / 2)}"`],
    ['keys', (n: number) => `{${Array.from({ length: n / 12 }, (_, i) => `"${i}":0`).join(',')}}`],
    ['texts', (n: number) => `[${Array.from({ length: n / 3 }, () => '""').join(',')}]`],
  ])('takes no longer than its length asks for: %s', (_what, make) => {
    const timeOf = (characters: number) => {
      const text = make(characters);
      const startMs = performance.now();
      expect(parseStrictJson(text)).toHaveProperty('value');
      return Math.max(1, performance.now() - startMs);
    };
    timeOf(100_000);
    expect(timeOf(1_000_000) / timeOf(100_000)).toBeLessThan(60);
  });
});
