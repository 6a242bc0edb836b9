import { withoutKnownSecrets } from './known-secrets.ts';

const NAMES =
  'client_?secret|client_?assertion|refresh_?token|access_?token|id_?token|password|passwd|shared_?access_?key|shared_?access_?signature|account_?key|api_?key|assertion|private_?key';

/**
 * A value up to its closing quote: one without a backslash or, in JSON within JSON, with as many as the opening one.
 */
const QUOTED = '"(?:[^"\\\\]|\\\\[\\s\\S])*|(\\\\+)"(?:(?!(?<!\\\\)\\2")[\\s\\S])*';

/** Private keys, JSON Web Tokens, bearer and basic headers, and values of fields with the name of a secret. */
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

/** Longer texts are cut first, so that no pattern runs for long. */
const MAX_TEXT_LENGTH = 16 * 1024;

/** Characters that end a word. */
const BREAKS = [' ', '\n', '"', "'", '<', '>', '{', '}'];

/** Removes whatever looks like a token or a secret. For every text that goes to a log, an error or an event. */
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
 * Known secrets are removed first, from a longer text than is kept, which ends before any secret that is cut in two.
 * The last word is dropped: it may be half of a secret that no pattern would recognise.
 */
function cut(text: string): string {
  const scanned = text.slice(0, 2 * MAX_TEXT_LENGTH);
  const isCut = scanned.length < text.length;
  const kept = withoutKnownSecrets(scanned, isCut).slice(0, MAX_TEXT_LENGTH);
  const lastBreak = Math.max(...BREAKS.map((character) => kept.lastIndexOf(character)));
  return kept.slice(0, Math.max(lastBreak, MAX_TEXT_LENGTH / 2));
}

/**
 * The text without secrets, and no longer than this. It is redacted first and cut then, because half a secret would not
 * be recognised.
 */
export function redactAndCut(text: string, maxLength: number): string {
  return redact(text).slice(0, maxLength);
}

/** A JSON value with every text in it redacted, names of fields too. */
export function redactAll<T>(value: T): T;
export function redactAll(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => redactAll(item));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [redact(name), redactAll(item)]),
  );
}
