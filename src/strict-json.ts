/** The largest message and the largest setting are far below. */
const MOST_CHARACTERS = 1_048_576;
const DEEPEST = 100;

/** A text (with the colon, where it is a key), or a bracket. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\]]/g;

/** Either the value, or what is wrong, to follow "it": "is not JSON", "names "x" twice in one object". */
export type StrictJson = { readonly value: unknown } | { readonly problem: string };

/**
 * JSON in which no object has a key twice. JavaScript would take the last of them, and other readers the first, so that
 * two people who look at one text see two things in it. Linear in the text's length.
 */
export function parseStrictJson(text: string): StrictJson {
  if (text.length > MOST_CHARACTERS) {
    return { problem: `is longer than ${MOST_CHARACTERS} characters` };
  }
  try {
    const value: unknown = JSON.parse(text);
    const problem = objectionTo(text);
    return problem === undefined ? { value } : { problem };
  } catch {
    return { problem: 'is not JSON' };
  }
}

/** Of a text that is known to be JSON. */
function objectionTo(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      if (open.push(new Set()) > DEEPEST) return `is nested deeper than ${DEEPEST} levels`;
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (colon !== undefined) {
      // The same key may be written with escapes and without.
      const key: unknown = JSON.parse(token.slice(0, -colon.length));
      const keys = open.at(-1);
      if (keys?.has(String(key))) return `names ${JSON.stringify(key)} twice in one object`;
      keys?.add(String(key));
    }
  }
  return undefined;
}
