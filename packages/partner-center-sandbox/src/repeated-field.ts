/** A name with what makes it one, or the beginning or end of something that has names. */
const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;

/**
 * The first name that one object has twice, in any letters: `JSON.parse` keeps the last of them and says nothing.
 *
 * @param json is JSON: it was parsed before.
 */
export function repeatedField(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, colon] of json.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (colon !== undefined) {
      const name = String(JSON.parse(token.slice(0, -colon.length)));
      const names = open.at(-1);
      if (names?.has(name.toLowerCase())) return name;
      names?.add(name.toLowerCase());
    }
  }
  return undefined;
}
