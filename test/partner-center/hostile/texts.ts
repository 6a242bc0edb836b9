import fc from 'fast-check';
import { echo } from './secrets.ts';

export const CUSTOMER = '11111111-2222-3333-4444-555555555555';

/** Any UTF-16, halves of characters included. */
export const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  maxLength: 24,
});

/** The same, and what is known to make trouble. */
const nastyText = fc.oneof(
  anyText,
  fc.constantFrom('', '\ud800', 'a\r\nb: c', 'x'.repeat(1_000), '\u2028\u001b[2J', '__proto__'),
);

/** What a field of an answer may hold where a name, a word or an id was expected. */
export const hostileText = fc.oneof(
  { arbitrary: nastyText, weight: 8 },
  echo,
  echo.map((secret) => `leaked Bearer ${secret} here`),
);
