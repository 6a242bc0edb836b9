import { decodeEscapes, type Reading } from './decode-escapes.ts';
import { overlapOf } from './overlap.ts';

/** A secret's forms, by the secret. */
type Known = Map<string, readonly string[]>;

/**
 * The secrets that this process holds, so that they are found in any text: an answer may echo a token in an unknown
 * field, where no pattern would recognise it. One list for the whole process, because a secret is one wherever it turns
 * up.
 */
const passing: Known = new Map();
/** The secrets of the settings, which are kept as long as the process lives. */
const lasting: Known = new Map();

/** Tokens come and go; the oldest is forgotten first, long after its expiry. */
export const MAX_KNOWN_SECRETS = 200;

/** The length of all of them together: each is kept in a dozen forms. */
export const MAX_KNOWN_CHARACTERS = 1024 * 1024;

/** Shorter texts occur by chance; a real secret is longer. */
export const MIN_SECRET_LENGTH = 8;

/** The longest escape: one that was cut off cannot be decoded. */
const MAX_ESCAPE_LENGTH = 128;

const ESCAPES = /[%\\&]/;

/** Registers a value that must never appear in a log, an error or an event. Call it wherever one comes in. */
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

/** Registers a secret of the settings, which is never forgotten. */
export function keepForGood<T extends string | undefined>(secret: T): T {
  if (secret !== undefined) keepIn(lasting, secret);
  return secret;
}

function keepIn(known: Known, secret: string): void {
  const forms = known.get(secret) ?? partsOf(secret).flatMap(formsOf);
  known.delete(secret);
  if (forms.length > 0) known.set(secret, forms);
}

/** A PEM counts as a whole and by its lines, because half a key is a leak too. */
function partsOf(secret: string): readonly string[] {
  const parts = new Set([secret, ...secret.split('\n').map((line) => line.trim())]);
  return [...parts].filter((part) => part.length >= MIN_SECRET_LENGTH && !part.startsWith('-----'));
}

/**
 * The text without any known secret, plain or encoded.
 *
 * @param isCut the text was cut off: its end is dropped where it may be the beginning of a secret
 */
export function withoutKnownSecrets(text: string, isCut = false): string {
  const forms = [...lasting.values(), ...passing.values()].flat();
  // Fast path: most texts hold no escapes and no secret.
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

/** The positions of a form in the original. */
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

/** Where the text has to end, so that no form is cut in two. */
function wholeEnd(text: string, readings: readonly Reading[], forms: readonly string[]): number {
  let end = text.length;
  for (const reading of readings) {
    for (const form of forms) end = Math.min(end, begunIn(reading, form));
  }
  return end;
}

/** The position in the original of a form that may have been cut off by the end of the text. */
function begunIn({ text, starts }: Reading, form: string): number {
  const beginning = form.slice(0, MIN_SECRET_LENGTH);
  const certain = text.slice(0, -MAX_ESCAPE_LENGTH);
  // Fast path: most forms do not begin here.
  if (text.indexOf(beginning, certain.length - form.length) < 0) return Number.POSITIVE_INFINITY;
  const shared = overlapOf(certain, form);
  const index = text.indexOf(beginning, certain.length - Math.max(shared, MIN_SECRET_LENGTH));
  return index < 0 ? Number.POSITIVE_INFINITY : (starts[index] ?? 0);
}

/** Plain, form-encoded, as bytes, in hexadecimal, and in base64. */
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

/** Its base64 at each of the three possible offsets, without the characters that depend on its neighbours. */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const length = before + bytes.length;
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const own = whole.slice(Math.ceil((before * 4) / 3), Math.floor((length * 4) / 3));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
