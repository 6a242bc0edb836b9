import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskValue } from '../../src/settings/mask-value.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { quoted } from '../../src/shared/visible-text.ts';
import { GOOD_SETTINGS } from './good-settings.ts';

describe('a wrong value', () => {
  it('of any length is shown for at most a third, and at most four characters', () => {
    const printable = fc.string({ unit: 'grapheme-ascii' }).filter((text) => !/["\\]/.test(text));
    fc.assert(
      fc.property(printable, (value) => {
        const beginning = /^"(.*)…" \(\d+ characters?\)$/.exec(maskValue(value))?.[1] ?? value;
        expect(value.startsWith(beginning)).toBe(true);
        expect(beginning.length).toBeLessThanOrEqual(Math.min(4, value.length / 3));
      }),
    );
  });

  it('of twelve characters, which may be a password, is not in the message', () => {
    for (const value of ['Hunter2!', 'x8!kQz', 'Passw0rd1234']) {
      for (const name of ['TEARDOWN_MODE', 'CHECK_FIRST_DELAY', 'SANDBOX_TENANT_ID']) {
        const read = () => readSettings({ ...GOOD_SETTINGS, [name]: value });
        expect(read).toThrow(name);
        expect(read).not.toThrow(value.slice(0, 5));
      }
    }
  });

  it.each([
    ['\ufeff30', '"\\ufeff30"'],
    ['a\u200bb', '"a\\u200bb"'],
    ['\u202eoff', '"\\u202eoff"'],
    ['\u00a0PT5S', '"\\u00a0PT5S"'],
    ['a\u0085b', '"a\\u0085b"'],
    ['\u{e0041}', '"\\udb40\\udc41"'],
    ['a b "ü€"', '"a b \\"ü€\\""'],
  ])('shows invisible characters: %j', (value, text) => {
    expect(quoted(value)).toBe(text);
  });

  it('shows the byte order mark that it begins with', () => {
    const PROTECTED_CUSTOMERS = JSON.stringify([{ customer: '\ufeff*.contoso.com', owner: 'Ada' }]);
    expect(() => readSettings({ ...GOOD_SETTINGS, PROTECTED_CUSTOMERS })).toThrow(
      'but is "\\ufeff*.c…" (14 characters)',
    );
  });
});
