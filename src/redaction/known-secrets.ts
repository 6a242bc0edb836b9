import { decodeEscapes, type Reading } from './decode-escapes.ts';
import { endAndBeginning } from './end-and-beginning.ts';

/** A secret's forms, by the secret. */
type Known = Map<string, readonly string[]>;

/**
 * The secrets that this process holds, so that they are found in any text, however they got there: an answer
 * that echoes a token in an unknown field looks like nothing that a pattern could know. One list for a
 * process on purpose: a secret is one wherever it turns up.
 */
const passing: Known = new Map();
/** Those of the settings, which last as long as the process. */
const lasting: Known = new Map();

/** Tokens come and go; the oldest is forgotten first, long after it has ended. */
export const MAX_KNOWN_SECRETS = 200;

/** Of all these together: each is kept in a dozen forms. */
export const MAX_KNOWN_CHARACTERS = 1024 * 1024;

/** Shorter ones occur in ordinary text; a real secret is longer. */
export const MIN_SECRET_LENGTH = 8;

/** An escape that a cut goes through reads as what it is written with: so many characters at most. */
const MAX_ESCAPE_LENGTH = 128;

const ESCAPES = /[%\\&]/;

/** Names a value that must never be in a log, an error or an event; to be called wherever one comes in. */
export function keepSecret<T extends string | undefined>(secret: T): T {
  if (secret === undefined) return secret;
  keepIn(passing, secret);
  let characters = 0;
  const newest = [...passing.keys()].reverse();
  newest.forEach((each, index) => {
    characters += each.length;
    const isTooMuch = index >= MAX_KNOWN_SECRETS || characters > MAX_KNOWN_CHARACTERS;
    if (isTooMuch) passing.delete(each);
  });
  return secret;
}

/** The same for a secret of the settings, which is never forgotten. */
export function keepForGood<T extends string | undefined>(secret: T): T {
  if (secret !== undefined) keepIn(lasting, secret);
  return secret;
}

function keepIn(known: Known, secret: string): void {
  const forms = known.get(secret) ?? partsOf(secret).flatMap(formsOf);
  known.delete(secret);
  if (forms.length > 0) known.set(secret, forms);
}

/** Of a PEM each line counts besides, because half a key is a leak too. */
function partsOf(secret: string): readonly string[] {
  const parts = new Set([secret, ...secret.split('\n').map((line) => line.trim())]);
  return [...parts].filter((part) => part.length >= MIN_SECRET_LENGTH && !part.startsWith('-----'));
}

/**
 * The text without any secret that is known, as it is or encoded.
 * @param isCut the text went on: it is ended before what may be the beginning of a secret
 */
export function withoutKnownSecrets(text: string, isCut = false): string {
  const forms = [...lasting.values(), ...passing.values()].flat();
  // Most texts hold no escapes and no secret.
  if (!isCut && !ESCAPES.test(text) && !forms.some((form) => text.includes(form))) return text;
  const readings = decodeEscapes(text);
  const found = readings.flatMap((reading) => forms.flatMap((form) => placesIn(reading, form)));
  const last = isCut ? wholeEnd(text, readings, forms) : text.length;
  let clean = '';
  let done = 0;
  for (const [start, end] of found.toSorted(([one], [other]) => one - other)) {
    if (start >= last) break;
    if (start >= done) clean += `${text.slice(done, start)}[secret]`;
    done = Math.max(done, end);
  }
  return clean + text.slice(done, last);
}

type Place = readonly [start: number, end: number];

/** Where a form stands, in the original's places. */
function placesIn({ text, starts }: Reading, form: string): readonly Place[] {
  const places: Place[] = [];
  let index = text.indexOf(form);
  while (index >= 0) {
    const end = index + form.length;
    places.push([starts[index] ?? 0, starts[end] ?? 0]);
    index = text.indexOf(form, end);
  }
  return places;
}

/** Where the text has to end, so that no form begins before the end and goes on behind it. */
function wholeEnd(text: string, readings: readonly Reading[], forms: readonly string[]): number {
  let end = text.length;
  for (const reading of readings) {
    for (const form of forms) end = Math.min(end, begunIn(reading, form));
  }
  return end;
}

/** Where a form begins that the end of the text may have cut, in the original's places. */
function begunIn({ text, starts }: Reading, form: string): number {
  const beginning = form.slice(0, MIN_SECRET_LENGTH);
  const certain = text.slice(0, -MAX_ESCAPE_LENGTH);
  // Quickly told of most forms.
  if (text.indexOf(beginning, certain.length - form.length) < 0) return Number.POSITIVE_INFINITY;
  const shared = endAndBeginning(certain, form);
  const index = text.indexOf(beginning, certain.length - Math.max(shared, MIN_SECRET_LENGTH));
  return index < 0 ? Number.POSITIVE_INFINITY : (starts[index] ?? 0);
}

/** As it is, as a form writes it, as bytes, in hexadecimal, and in base64. */
function formsOf(secret: string): readonly string[] {
  const forms = [
    secret,
    secret.replaceAll(' ', '+'),
    Buffer.from(secret).toString('latin1'),
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret).toString('hex').toUpperCase(),
    ...base64Forms(secret),
  ];
  return [...new Set(forms)];
}

/** What base64 makes of it at each of the three places it can begin; what its neighbours change is left out. */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const length = before + bytes.length;
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const own = whole.slice(Math.ceil((before * 4) / 3), Math.floor((length * 4) / 3));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
