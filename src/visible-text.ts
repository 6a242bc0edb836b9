/** What a reader does not see: marks of byte order, marks of direction, joiners, spaces that are none of the keyboard's. */
const UNSEEN = /(?! )[\p{C}\p{Z}\p{DI}]/gu;

/** A text in quotation marks, as JSON, with a code in place of each character that could not be seen. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(UNSEEN, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
