/** A text with its escapes decoded, and where each of its characters comes from. */
export interface Reading {
  readonly text: string;
  /** For each character its position in the original; one more for the end. */
  readonly starts: readonly number[];
}

/** How often escapes are decoded: a log line may hold an answer's JSON, which may hold a form. */
const MAX_LEVELS = 3;

const PERCENT = /%[0-9a-f]{2}/gi;
const JSON_ESCAPE = /\\(?:u[0-9a-f]{4}|.)/gi;
/** As browsers read them: with any number of leading zeros, and without the semicolon. */
const HTML_ESCAPE = /&(?:#0*\d{1,7}|#x0*[0-9a-f]{1,6}|amp|lt|gt|quot|apos);?/gi;
const LAST_CHARACTER = 0x10ffff;
const SHORT_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const HTML_NAMES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** All readings of a text: as it is, and with its percent, JSON and HTML escapes decoded in any order. */
export function decodeEscapes(text: string): readonly Reading[] {
  const readings: Reading[] = [
    { text, starts: Array.from({ length: text.length + 1 }, (_, index) => index) },
  ];
  let latest: readonly Reading[] = readings;
  for (let level = 0; level < MAX_LEVELS; level += 1) {
    latest = latest.flatMap((reading) =>
      [PERCENT, JSON_ESCAPE, HTML_ESCAPE]
        .map((escapes) => decoded(reading, escapes))
        .filter((each) => each.text !== reading.text),
    );
    readings.push(...latest);
  }
  return readings;
}

function decoded({ text, starts }: Reading, escapes: RegExp): Reading {
  const parts: string[] = [];
  const places: number[] = [];
  let done = 0;
  const copy = (end: number): void => {
    parts.push(text.slice(done, end));
    for (let index = done; index < end; index += 1) places.push(starts[index] ?? 0);
  };
  for (const { 0: sequence, index } of text.matchAll(escapes)) {
    copy(index);
    const character = characterOf(sequence);
    parts.push(character);
    // A character beyond the first 65,536 has two code units.
    for (const _unit of character.split('')) places.push(starts[index] ?? 0);
    done = index + sequence.length;
  }
  copy(text.length);
  places.push(starts.at(-1) ?? 0);
  return { text: parts.join(''), starts: places };
}

/** The character of an escape: `%41` and `\u0041` by number, `\n` by letter, `\"` as it is. */
function characterOf(sequence: string): string {
  if (sequence.startsWith('&')) return htmlCharacterOf(sequence);
  if (sequence.length > 2) {
    const digits = sequence.slice(sequence.startsWith('%') ? 1 : 2);
    return String.fromCharCode(parseInt(digits, 16));
  }
  const letter = sequence.slice(1);
  return SHORT_ESCAPES[letter] ?? letter;
}

/** `&#39;` and `&#x27` by number, `&amp;` by name; a number without a character stays as it is. */
function htmlCharacterOf(sequence: string): string {
  const name = sequence.slice(1).replace(';', '').toLowerCase();
  const named = HTML_NAMES[name];
  if (named !== undefined) return named;
  const code = name.startsWith('#x') ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  return code > LAST_CHARACTER ? sequence : String.fromCodePoint(code);
}
