import { describe, expect, it } from 'vitest';
import { defined } from '../../src/shared/defined.ts';

const maybe = (text: string | undefined): string | undefined => text;

describe('defined', () => {
  it('leaves out the fields that are undefined', () => {
    expect(Object.keys(defined({ id: 'a', domain: maybe(undefined) }))).toEqual(['id']);
  });

  it('keeps every other value, however empty', () => {
    const fields = { text: '', count: 0, flag: false, nothing: null, none: Number.NaN };
    expect(defined(fields)).toEqual(fields);
  });

  it('does not change the object that it is given', () => {
    const fields = { domain: maybe(undefined) };
    defined(fields);
    expect(Object.keys(fields)).toEqual(['domain']);
  });

  it('makes optional, and not undefined, what may be undefined', () => {
    const named: { readonly id: string; readonly domain?: string } = defined({
      id: 'a',
      domain: maybe('contoso.com'),
    });
    expect(named).toEqual({ id: 'a', domain: 'contoso.com' });
  });

  it('keeps literal types', () => {
    const flag: { readonly dryRun?: true } = defined({ dryRun: maybe('x') ? true : undefined });
    expect(flag).toEqual({ dryRun: true });
  });
});
