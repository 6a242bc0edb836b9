import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiDomain, asciiPattern, isSameDomain } from '../../src/shared/domain.ts';
import { runs } from '../runs.ts';

/** A soft hyphen, of which nothing is left in ASCII. */
const UNSEEN = '\u00ad';

describe('a domain', () => {
  it.each([
    ['Contoso.COM', 'contoso.com'],
    [' contoso.com ', 'contoso.com'],
    ['contoso.com.', 'contoso.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example.', 'xn--bcher-kva.example'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['contoso。com', 'contoso.com'],
    ['con\u00adtoso.com', 'contoso.com'],
    ['ｃontoso.com', 'contoso.com'],
    ['contoso', 'contoso'],
    ['*', '*'],
    [`${'a'.repeat(249)}.com`, `${'a'.repeat(249)}.com`],
    [`${'a'.repeat(249)}.com.`, `${'a'.repeat(249)}.com`],
  ])('"%s" is compared as "%s"', (text, ascii) => {
    expect(asciiDomain(text)).toBe(ascii);
  });

  it.each([
    '',
    '.',
    ' ',
    'contoso.com..',
    'contoso..com',
    '.contoso.com',
    '\ufe37contoso.com',
    'a b.com',
    'a\tb.com',
    'contoso.com/keep.example',
    'contoso.com?keep.example',
    'contoso.com#keep.example',
    'contoso.com\\keep.example',
    'user@contoso.com',
    'contoso.com:443',
    '%63ontoso.com',
    '[::1]',
    'contoso.com\0',
    `${'a'.repeat(250)}.com`,
    'a'.repeat(1_025),
    'ü'.repeat(253),
  ])('is none: "%s"', (text) => {
    expect(asciiDomain(text)).toBeUndefined();
  });

  it('has at most 1,024 characters as it is written, whatever is left of it', () => {
    const maxDomain = `contoso.com${UNSEEN.repeat(1_024 - 'contoso.com'.length)}`;
    expect(asciiDomain(maxDomain)).toBe('contoso.com');
    expect(asciiDomain(`${maxDomain}${UNSEEN}`)).toBeUndefined();
  });

  it('has one form, which is stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const ascii = asciiDomain(text);
        if (ascii === undefined) return;
        expect(asciiDomain(ascii)).toBe(ascii);
        expect(ascii).toMatch(/^[!-~]+$/);
      }),
      { seed: 20261201, numRuns: runs(5_000) },
    );
  });

  it('equals another by its ASCII form, and an invalid one equals none', () => {
    expect(isSameDomain('BÜCHER.example.', 'xn--bcher-kva.example')).toBe(true);
    expect(isSameDomain('contoso.com', 'fabrikam.com')).toBe(false);
    expect(isSameDomain(undefined, 'contoso.com')).toBe(false);
    expect(isSameDomain('a b', 'a b')).toBe(false);
  });
});

describe('a pattern of domains', () => {
  it.each([
    ['*', '*'],
    ['*.Contoso.com.', '*.contoso.com'],
    ['*.bücher.example', '*.xn--bcher-kva.example'],
    ['xn--*.example', 'xn--*.example'],
    ['ci-*.CONTOSO.*', 'ci-*.contoso.*'],
    // No domain ends in a number; a pattern that does is none of an address.
    ['*.42', '*.42'],
  ])('"%s" is compared as "%s"', (text, ascii) => {
    expect(asciiPattern(text)).toBe(ascii);
  });

  it.each([
    'bü*.example',
    '*ü.example',
    'xn--*.bücher.example',
    '*.contoso..com',
    '',
    '.',
    '* .example',
    '*.a/b',
    `*.${'a'.repeat(252)}`,
    'a'.repeat(1_025),
  ])('is none: "%s"', (text) => {
    expect(asciiPattern(text)).toBeUndefined();
  });

  it('has at most 1,024 characters as it is written, whatever is left of it', () => {
    const maxDomain = `*.contoso.com${UNSEEN.repeat(1_024 - '*.contoso.com'.length)}`;
    expect(asciiPattern(maxDomain)).toBe('*.contoso.com');
    expect(asciiPattern(`${maxDomain}${UNSEEN}`)).toBeUndefined();
  });
});
