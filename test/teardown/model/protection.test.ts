import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesDomain, protectionOf } from '../../../src/teardown/model/protection.ts';
import { runs } from '../../runs.ts';
import { CUSTOMER_ID, customer, NOW_MS } from '../builders.ts';

const HEXADECIMAL = 'abcdefab-2222-3333-4444-555555555555';

const holds = (rule: string, untilMs?: number, who = customer) =>
  protectionOf(
    who,
    [{ customer: rule, owner: 'Ada', ...(untilMs !== undefined && { untilMs }) }],
    NOW_MS,
  ) !== undefined;

describe('a protection', () => {
  it('covers the customer it names, in any letter case', () => {
    expect(holds(CUSTOMER_ID.toUpperCase())).toBe(true);
    expect(holds('99999999-2222-3333-4444-555555555555')).toBe(false);
  });

  it('covers a customer whose id is in capitals', () => {
    expect(holds(CUSTOMER_ID, undefined, { id: CUSTOMER_ID.toUpperCase() })).toBe(true);
    expect(holds(HEXADECIMAL, undefined, { id: HEXADECIMAL.toUpperCase() })).toBe(true);
    expect(holds(HEXADECIMAL.toUpperCase(), undefined, { id: HEXADECIMAL })).toBe(true);
  });

  it('covers the domains of its pattern', () => {
    expect(holds('contoso.onmicrosoft.com')).toBe(true);
    expect(holds('*.onmicrosoft.com')).toBe(true);
    expect(holds('CONTOSO.*')).toBe(true);
    expect(holds('onmicrosoft.com')).toBe(false);
    expect(holds('*.contoso.com')).toBe(false);
  });

  it('covers a customer of unknown domain, because it cannot be evaluated', () => {
    expect(holds('*.fabrikam.com', undefined, { id: CUSTOMER_ID })).toBe(true);
  });

  const of = (domain: string) => ({ id: CUSTOMER_ID, domain });

  it.each([
    ['*.bücher.example', 'a.xn--bcher-kva.example'],
    ['*.xn--bcher-kva.example', 'a.BÜCHER.example'],
    ['*.contoso.com', 'a.contoso.com.'],
    ['*.contoso.com.', 'a.contoso.com'],
    ['*.contoso.com', 'a.contoso。com'],
  ])('by "%s" covers "%s", which is the same in ASCII form', (rule, domain) => {
    expect(holds(rule, undefined, of(domain))).toBe(true);
    expect(holds(rule, undefined, of('a.fabrikam.com'))).toBe(false);
  });

  it.each([
    ['bü*.example', 'fabrikam.com'],
    ['*.contoso.com', 'fabrikam.com/x'],
    ['*.contoso.com', 'two words'],
    ['*.contoso.com', ''],
  ])('by "%s" covers "%s", because it cannot be evaluated', (rule, domain) => {
    expect(holds(rule, undefined, of(domain))).toBe(true);
  });

  it('ends by itself at its time', () => {
    expect(holds(CUSTOMER_ID, NOW_MS + 1)).toBe(true);
    expect(holds(CUSTOMER_ID, NOW_MS)).toBe(false);
  });
});

describe('a domain pattern', () => {
  it.each([
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['x*ab*b', 'xab', false],
    ['x*ab*b', 'xabb', true],
    ['*ab*ab*', 'ab', false],
    ['*ab*ab*', 'abab', true],
    ['*b*a*', 'ab', false],
    ['A*C', 'abc', true],
    ['a', 'ab', false],
  ])('"%s" and "%s" fit: %s', (pattern, domain, fits) => {
    expect(matchesDomain(pattern, domain)).toBe(fits);
  });

  it('matches exactly what the same pattern as a regular expression matches', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (pattern, domain) => {
        const source = pattern
          .split('*')
          .map((part) => part.replaceAll('.', '\\.'))
          .join('.*');
        expect(matchesDomain(pattern, domain)).toBe(new RegExp(`^${source}$`).test(domain));
      }),
      { seed: 20261122, numRuns: runs(2_000) },
    );
  });
});
