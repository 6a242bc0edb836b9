/** Invisible characters: byte order marks, direction marks, joiners, and every space but the ordinary one. */
const INVISIBLE = /(?! )[\p{C}\p{Z}\p{DI}]/gu;

/** The text with an escape in place of each invisible character. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** The text as a JSON string, with invisible characters escaped. */
export const quoted = (text: string): string => visible(JSON.stringify(text));
