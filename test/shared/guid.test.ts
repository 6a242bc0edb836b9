import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isGuid } from '../../src/shared/guid.ts';

describe('a GUID', () => {
  it.each([
    ['in small letters', randomUUID()],
    ['in capital letters', randomUUID().toUpperCase()],
    ['of zeros', '00000000-0000-0000-0000-000000000000'],
  ])('is recognised %s', (_how, text) => {
    expect(isGuid(text)).toBe(true);
  });

  it.each([
    ['without hyphens', '11111111222233334444555555555555'],
    ['in braces', '{11111111-2222-3333-4444-555555555555}'],
    ['with another letter', '1111111g-2222-3333-4444-555555555555'],
    ['with a digit too few', '11111111-2222-3333-4444-55555555555'],
    ['with a digit too many', '11111111-2222-3333-4444-5555555555555'],
    ['with more behind it', '11111111-2222-3333-4444-555555555555\n'],
    ['that is empty', ''],
  ])('is no text %s', (_how, text) => {
    expect(isGuid(text)).toBe(false);
  });
});
