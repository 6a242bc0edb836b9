import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepSecret } from '../../src/redaction/known-secrets.ts';
import { parseStrictJson } from '../../src/shared/strict-json.ts';
import { growthOf, MAX_GROWTH } from '../security/linear-time.ts';

const problemOf = (text: string) => {
  const parsed = parseStrictJson(text);
  return parsed.ok ? undefined : parsed.problem;
};

describe('strict JSON', () => {
  it('is JSON without duplicate names', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        expect(parseStrictJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
      { seed: 20261201, numRuns: 2_000 },
    );
  });

  it.each([
    ['at the top', '{"dryRun":true,"a":1,"dryRun":false}', 'dryRun'],
    ['in an object', '{"a":{"b":1,"b":1}}', 'b'],
    ['in a list', '[{"customer":"x","customer":"y"}]', 'customer'],
    ['after an object', '{"a":{"x":1},"a":2}', 'a'],
    ['after a list', '{"a":[{"x":1}],"a":2}', 'a'],
    ['in other letters', String.raw`{"dryRun":true,"dr\u0079Run":false}`, 'dryRun'],
    ['behind blanks', '{ "a" : 1 ,\n\t"a" : 2 }', 'a'],
    ['that is nothing', '{"":1,"":2}', ''],
    ['that is special', '{"__proto__":1,"__proto__":2}', '__proto__'],
  ])('has no duplicate name %s', (_where, text, name) => {
    expect(JSON.parse(text)).toBeTruthy();
    expect(parseStrictJson(text)).toEqual({
      ok: false,
      isOther: false,
      problem: `has the name ${JSON.stringify(name)} twice`,
    });
  });

  it.each([
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"a","b":"a"}',
    '{"a":["a","a"],"b":"\\",\\"a\\":{"}',
    '{"a":1,"A":2}',
    '"{\\"a\\":1,\\"a\\":2}"',
  ])('may have a name in several places: %s', (text) => {
    expect(parseStrictJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  it('has a maximum depth and length', () => {
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(problemOf(deep(32))).toBeUndefined();
    expect(problemOf(deep(33))).toBe('is nested deeper than 32 levels');
    expect(problemOf(`"${'x'.repeat(256 * 1024 - 2)}"`)).toBeUndefined();
    expect(problemOf(`"${'x'.repeat(256 * 1024 - 1)}"`)).toBe('is longer than 262144 characters');
  });

  it('is distinguished from text that is no JSON', () => {
    expect(parseStrictJson('{"a":1,}')).toEqual({
      ok: false,
      isOther: true,
      problem: 'is not valid JSON',
    });
  });

  it.each([
    ['one text of backslashes', (n: number) => JSON.stringify('\\'.repeat(n / 2))],
    ['many names', (n: number) => `{${Array.from({ length: n / 10 }, (_, i) => `"f${i}":1`)}}`],
    ['many brackets', (n: number) => `[${Array(Math.floor(n / 3)).fill('{}')}]`],
  ])('takes no more than its length in time: %s', async (_what, textOf) => {
    const often = (length: number): void => {
      const text = textOf(length);
      for (let times = 0; times < 20; times += 1) parseStrictJson(text);
    };
    expect(await growthOf(often, 128 * 1024)).toBeLessThan(MAX_GROWTH);
  });
});

it('a duplicate name is reported with secrets redacted', () => {
  const secret = keepSecret(`name-${'0123456789'.repeat(10)}`);
  const problem = problemOf(`{"${secret}":1,"${secret}":2}`);
  expect(problem).toBe('has the name "[secret]" twice');
});

it('a duplicate name is reported up to its sixtieth character', () => {
  const name = 'name'.repeat(16);
  expect(problemOf(`{"${name}":1,"${name}":2}`)).toBe(`has the name "${name.slice(0, 60)}" twice`);
});
