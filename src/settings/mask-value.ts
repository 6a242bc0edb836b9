import { quoted } from '../shared/visible-text.ts';

/** Whoever knows a value knows it again by so much; whoever does not learns nothing of use. */
const MAX_BEGINNING_LENGTH = 4;
const SHARE = 3;

/**
 * A wrong setting's value as its message shows it: only the beginning, also of a short one, and never more than a
 * third. Whoever pastes a secret into the wrong setting must not find it in the log.
 */
export function maskValue(value: string): string {
  const { length } = value;
  const beginning = value.slice(0, Math.min(MAX_BEGINNING_LENGTH, Math.floor(length / SHARE)));
  return `${quoted(`${beginning}…`)} (${length} ${length === 1 ? 'character' : 'characters'})`;
}

/** The same for an address: its host is shown, and never a user, a path or a query. */
export function maskAddress(value: string): string {
  const url = URL.parse(value);
  return url !== null && ['https:', 'http:'].includes(url.protocol) && url.hostname.length <= 80
    ? `an address at ${JSON.stringify(url.host)}`
    : maskValue(value);
}
