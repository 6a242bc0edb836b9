import * as v from 'valibot';

/** Shapes that forgive what the service is known to vary: numbers as text, null for absent, extra fields. */

/** Longer than anything the articles show; it bounds what a message or an event can hold of an answer. */
const MAX_TEXT_LENGTH = 1_000;
const MAX_ID_LENGTH = 200;
const DIGITS = /^\d{1,20}(?:\.0{1,20})?$/;

const asItCame = v.pipe(
  v.union([v.string(), v.number(), v.boolean()]),
  v.transform((value) => String(value).trim()),
  v.maxLength(MAX_TEXT_LENGTH, 'The answer has a text that is too long.'),
);

/** Half of a character, as a text cut too short ends with, reads as U+FFFD: no URL, header or file can hold it. */
export const text = v.pipe(
  asItCame,
  v.transform((value) => value.toWellFormed()),
);

/** Absent, null and blank are all "not there". */
export const optionalText = v.pipe(
  v.nullish(text),
  v.transform((value) => (value ? value : undefined)),
);

/** Lower-cased; absent reads as the empty text. */
export const word = v.pipe(v.nullish(text, ''), v.toLowerCase());

/** As it came; absent reads as the empty text. */
export const plain = v.nullish(text, '');

/** It becomes part of a path, where one dot or two would lead elsewhere. */
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
    const said = String(value ?? '').trim();
    const number = said === '' ? NaN : Number(said);
    return Number.isFinite(number) ? number : undefined;
  }),
);

/** Larger than any that is bought, and whole in every language. */
const MAX = 2 ** 31 - 1;

/** A whole number from 0, written with digits alone where it is text; anything else is not known. */
export const optionalCount = v.pipe(
  v.nullish(v.unknown()),
  v.transform((value) => {
    const isWritten = typeof value === 'string' && DIGITS.test(value.trim());
    const count = typeof value === 'number' || isWritten ? Number(value) : Number.NaN;
    return Number.isInteger(count) && count >= 0 && count <= MAX ? count : undefined;
  }),
);

/** `true` and `"True"`; anything else is not known to be true. */
export const optionalTrue = v.pipe(
  v.nullish(v.unknown()),
  v.transform((value) => String(value).trim().toLowerCase() === 'true'),
);

/** Each as a word; what is no list of words is an empty one. */
export const words = v.fallback(
  v.pipe(
    v.array(word),
    v.transform((each) => each.filter((one) => one !== '')),
  ),
  [],
);
