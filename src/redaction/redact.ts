import { withoutKnownSecrets } from './known-secrets.ts';

const NAMES =
  'client_?secret|client_?assertion|refresh_?token|access_?token|id_?token|password|passwd|shared_?access_?key|shared_?access_?signature|account_?key|api_?key|assertion|private_?key';

/** Up to the quote that ends it: one without a backslash, or in JSON within JSON one with as many as it began with. */
const QUOTED = '"(?:[^"\\\\]|\\\\[\\s\\S])*|(\\\\+)"(?:(?!(?<!\\\\)\\2")[\\s\\S])*';

/** Private keys, JSON Web Tokens, bearer and basic headers, and the values of fields that are named like secrets. */
const SECRETS: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY[\s\S]*?(?:-----END [A-Z ]{0,40}KEY-----|$)/g, '[key]'],
  [/(?<![\w-])eyJ[\w-]{5,}(?:\.[\w-]*){0,4}/g, '[token]'],
  [/\b(bearer)(?:\s|%20|\+)+[\w.~+/=%-]+/gi, '$1 [token]'],
  [/\b(basic)(?:\s|%20|\+)+[\w+/=%-]{16,}/gi, '$1 [token]'],
  [
    new RegExp(
      `((?:${NAMES})(?:\\\\*["']|%22)?\\s*(?:[:=]|%3A|%3D)\\s*)(?:${QUOTED}|\\\\*'[^']*|[^"'&;,\\s}<]+)`,
      'gi',
    ),
    '$1[secret]',
  ],
  [/([?&;]sig=)[^&;\s"'<]+/gi, '$1[secret]'],
];

/** How much of a text is looked at; what is longer is cut first, so that no pattern runs long. */
const MAX_TEXT_LENGTH = 16 * 1024;

/** What a word of a text ends with. */
const BREAKS = [' ', '\n', '"', "'", '<', '>', '{', '}'];

/** Takes out whatever looks like a token or a secret, before a text goes to a log, an error or an event. */
export function redact(text: string): string {
  const whole = text.length <= MAX_TEXT_LENGTH;
  return withoutKnownSecrets(
    SECRETS.reduce(
      (clean, [pattern, replacement]) => clean.replace(pattern, replacement),
      whole ? withoutKnownSecrets(text) : cut(text),
    ),
  );
}

/**
 * Known secrets first, in a stretch that is longer than what is kept; it ends before one that goes on behind it. The
 * last word is left out, which may be half of a secret that nothing would know again.
 */
function cut(text: string): string {
  const looked = text.slice(0, 2 * MAX_TEXT_LENGTH);
  const isCut = looked.length < text.length;
  const kept = withoutKnownSecrets(looked, isCut).slice(0, MAX_TEXT_LENGTH);
  const lastBreak = Math.max(...BREAKS.map((character) => kept.lastIndexOf(character)));
  return kept.slice(0, Math.max(lastBreak, MAX_TEXT_LENGTH / 2));
}

/**
 * A text without secrets and of at most this length. It is redacted first and cut then, because half a secret would not
 * be recognised.
 */
export function redactAndCut(text: string, maxLength: number): string {
  return redact(text).slice(0, maxLength);
}

/** A JSON value with every text in it, names of fields too, redacted. */
export function redactAll<T>(value: T): T;
export function redactAll(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => redactAll(item));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [redact(name), redactAll(item)]),
  );
}
