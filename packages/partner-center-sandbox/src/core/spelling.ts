import type { CommerceSettings } from './commerce-settings.ts';

/** The same words as the articles spell them in different places. */

const SPELLINGS: Readonly<
  Record<CommerceSettings['statusSpelling'], (words: readonly string[]) => string>
> = {
  snake_case: (words) => words.join('_'),
  PascalCase: (words) => words.map(capitalised).join(''),
  camelCase: (words) =>
    words.map((word, index) => (index === 0 ? word : capitalised(word))).join(''),
  blanks: (words) => words.join(' '),
  UPPERCASE: (words) => words.join('_').toUpperCase(),
};

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** A status or a billing cycle, from the form with underscores. */
export function spelled(
  value: string,
  { statusSpelling, cancelledSpelling }: CommerceSettings,
): string {
  const own = value === 'cancelled' ? cancelledSpelling : value;
  return SPELLINGS[statusSpelling](own.split('_'));
}

/** Back from any spelling, for what a partner sends. */
export const bareWord = (value: string) =>
  value
    .toLowerCase()
    .replaceAll(/[\s_]/g, '')
    .replace(/^canceled$/, 'cancelled');

/** A product type, billing type or offer. */
export function typed(value: string, { typeCase }: CommerceSettings): string {
  if (typeCase === 'lower') return value.toLowerCase();
  return typeCase === 'upper' ? value.toUpperCase() : value;
}

const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\b([Cc]an)not\b/g, "$1't"],
  [/\b(is|are|do|does|has|was) not\b/g, "$1n't"],
  [/\b([Tt]here) is\b/g, "$1's"],
];

/** "Can't be removed": article error-codes has moved to contractions. */
export const contracted = (text: string) =>
  CONTRACTIONS.reduce((result, [pattern, short]) => result.replaceAll(pattern, short), text);
