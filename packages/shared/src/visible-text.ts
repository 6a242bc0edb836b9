/** What a reader does not see: marks of byte order, marks of direction, joiners, spaces that are none of the keyboard's. */
const UNSEEN = /(?! )[\p{C}\p{Z}\p{DI}]/gu;

/** A text with a code in place of each character that could not be seen. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** The same in quotation marks, as JSON. */
export const quoted = (text: string): string => visible(JSON.stringify(text));
