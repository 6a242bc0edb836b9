/** Long enough for a mistyped number, word or duration; too short for a secret. */
const WHOLE = 12;
const BEGINNING = 4;

/**
 * A wrong setting's value as its sentence shows it. Of a long one only the beginning: whoever pastes a
 * secret into the wrong setting must not find it in the log.
 */
export function shown(value: string): string {
  return value.length <= WHOLE
    ? JSON.stringify(value)
    : `${JSON.stringify(`${value.slice(0, BEGINNING)}…`)} (${value.length} characters)`;
}

/** The same for an address: its host is shown, and never a user, a path or a query. */
export function shownAddress(value: string): string {
  const url = URL.parse(value);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  return url !== null && isWeb && url.hostname.length <= 80
    ? `an address at ${JSON.stringify(url.host)}`
    : shown(value);
}
