import { type Reading, readingsOf } from './decodings.ts';

/**
 * The secrets that this process holds, so that they are found in any text, however they got there: an answer
 * that echoes a token in an unknown field looks like nothing that a pattern could know. One list for a
 * process on purpose: a secret is one wherever it turns up.
 */
const known = new Map<string, readonly string[]>();

/** Tokens come and go; the oldest is forgotten first, long after it has ended. A key in PEM is some thirty lines. */
export const MOST_KNOWN_SECRETS = 200;

/** Shorter ones occur in ordinary text; a real secret is longer. */
export const SHORTEST_SECRET = 8;

const ESCAPES = /[%\\&]/;

/** Names a value that must never be in a log, an error or an event; to be called wherever one comes in. */
export function keepSecret<T extends string | undefined>(secret: T): T {
  if (secret === undefined) return secret;
  // Of a PEM each line counts, because half a key is a leak too.
  for (const part of new Set([secret, ...secret.split(/\s*\n\s*/)])) {
    if (part.length < SHORTEST_SECRET || part.startsWith('-----')) continue;
    const forms = known.get(part) ?? formsOf(part);
    known.delete(part);
    known.set(part, forms);
  }
  for (const oldest of [...known.keys()].slice(0, -MOST_KNOWN_SECRETS)) known.delete(oldest);
  return secret;
}

/** The text without any secret that is known, as it is or encoded. */
export function withoutKnownSecrets(text: string): string {
  const forms = [...known.values()].flat();
  // Most texts hold no escapes and no secret.
  if (!ESCAPES.test(text) && !forms.some((form) => text.includes(form))) return text;
  const found = readingsOf(text).flatMap((reading) =>
    forms.flatMap((form) => placesIn(reading, form)),
  );
  let clean = '';
  let done = 0;
  for (const [start, end] of found.toSorted(([one], [other]) => one - other)) {
    if (start >= done) clean += `${text.slice(done, start)}[secret]`;
    done = Math.max(done, end);
  }
  return clean + text.slice(done);
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
