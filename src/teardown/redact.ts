/** JSON Web Tokens, bearer headers, and the values of fields whose names speak of a secret. */
const SECRETS: readonly [RegExp, string][] = [
  [/\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g, '[token]'],
  [/\b(bearer)\s+[\w.~+/=-]+/gi, '$1 [token]'],
  [
    /((?:client_?secret|client_?assertion|refresh_?token|access_?token|id_?token|password|sharedaccesskey|assertion)["']?\s*[:=]\s*["']?)[^"'&;,\s}]+/gi,
    '$1[secret]',
  ],
];

/** How much of a text is looked at; what is longer is cut first, so that no pattern runs long. */
const LONGEST_TEXT = 16 * 1024;

/** Takes out whatever looks like a token or a secret, before a text goes to a log, an error or an event. */
export function redact(text: string): string {
  return SECRETS.reduce(
    (clean, [pattern, replacement]) => clean.replace(pattern, replacement),
    text.slice(0, LONGEST_TEXT),
  );
}
