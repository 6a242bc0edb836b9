import * as v from 'valibot';
import { scalarText } from '../../shared/scalar-text.ts';

/** Tolerant validators for what the service varies: numbers as text, null for absent, extra fields. */

/** Longer than anything in the articles; bounds what a message or an event can hold of an answer. */
const MAX_TEXT_LENGTH = 1_000;
const MAX_ID_LENGTH = 200;
const DIGITS = /^\d{1,20}(?:\.0{1,20})?$/;

const asItCame = v.pipe(
  v.union([v.string(), v.number(), v.boolean()]),
  v.transform((value) => String(value).trim()),
  v.maxLength(MAX_TEXT_LENGTH, 'The answer has a text that is too long.'),
);

/** A lone surrogate, such as a text that was cut ends with, becomes U+FFFD: no URL, header or file can hold it. */
export const text = v.pipe(
  asItCame,
  v.transform((value) => value.toWellFormed()),
);

/** Undefined for absent, null and blank. */
export const optionalText = v.pipe(
  v.nullish(text),
  v.transform((value) => (value ? value : undefined)),
);

/** In lower case; absent reads as the empty text. */
export const word = v.pipe(v.nullish(text, ''), v.toLowerCase());

/** As it came; absent reads as the empty text. */
export const plain = v.nullish(text, '');

/** Becomes part of a path, where one or two dots would lead elsewhere. */
export const id = v.pipe(
  asItCame,
  v.nonEmpty('The answer has a resource without an id.'),
  v.maxLength(MAX_ID_LENGTH, 'The answer has an id that is too long.'),
  v.check((value) => value !== '.' && value !== '..', 'The answer has an id that is a path.'),
  v.check((value) => value.isWellFormed(), 'The answer has an id with half of a character.'),
);

export const optionalNumber = v.pipe(
  v.nullish(v.union([v.number(), v.string()])),
  v.transform((value) => {
    const written = String(value).trim();
    const number = written === '' ? NaN : Number(written);
    return Number.isFinite(number) ? number : undefined;
  }),
);

/** Larger than any quantity, and an integer in every language. */
const MAX = 2 ** 31 - 1;

/** A whole number from 0, as a number or in digits; anything else is undefined. */
export const optionalCount = v.pipe(
  v.nullish(v.unknown()),
  v.transform((value) => {
    const isWritten = typeof value === 'string' && DIGITS.test(value.trim());
    const count = typeof value === 'number' || isWritten ? Number(value) : Number.NaN;
    return Number.isInteger(count) && count >= 0 && count <= MAX ? count : undefined;
  }),
);

/** True for `true` and `"True"`; anything else counts as false. */
export const optionalTrue = v.pipe(
  v.nullish(v.unknown()),
  v.transform((value) => scalarText(value)?.trim().toLowerCase() === 'true'),
);

/** A list of words; anything else reads as an empty list. */
export const words = v.fallback(
  v.pipe(
    v.array(word),
    v.transform((each) => each.filter((one) => one !== '')),
  ),
  [],
);
