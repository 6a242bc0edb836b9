import { quoted } from '../shared/visible-text.ts';

/** Enough to recognise a known value, and too little to use an unknown one. */
const MAX_BEGINNING_LENGTH = 4;
const SHARE = 3;

/**
 * The value of an invalid setting as its message shows it: only the beginning, and never more than a third of it. A secret
 * that was pasted into the wrong setting must not appear in the log.
 */
export function maskValue(value: string): string {
  const { length } = value;
  const beginning = value.slice(0, Math.min(MAX_BEGINNING_LENGTH, Math.floor(length / SHARE)));
  return `${quoted(`${beginning}…`)} (${length} ${length === 1 ? 'character' : 'characters'})`;
}

/** An address as a message shows it: only its host, never a user, a path or a query. */
export function maskAddress(value: string): string {
  const url = URL.parse(value);
  return url !== null && ['https:', 'http:'].includes(url.protocol) && url.hostname.length <= 80
    ? `an address at ${JSON.stringify(url.host)}`
    : maskValue(value);
}
