import fc from 'fast-check';

/** Every way in which an answer, a library or an encoder may write a secret down again. */
export const encodings: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  url: encodeURIComponent,
  'url, twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'url, every character': (secret) =>
    [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  json: (secret) => JSON.stringify(secret).slice(1, -1),
  'json, twice': (secret) => JSON.stringify(JSON.stringify(secret)),
  'json, every character': (secret) =>
    [...secret].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  'json, slashes': (secret) => secret.replaceAll('/', '\\/'),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64 of a pair': (secret) => Buffer.from(`a:${secret}`).toString('base64'),
  'base64 in the middle': (secret) => Buffer.from(`{"x":"${secret}"}`).toString('base64'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  html: (secret) => secret.replace(/[&<>"'/]/g, (each) => `&#x${each.charCodeAt(0).toString(16)};`),
  'html, by name': (secret) =>
    secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;'),
  'html, every character': (secret) =>
    [...secret].map((each) => `&#${each.charCodeAt(0)};`).join(''),
  hexadecimal: (secret) => Buffer.from(secret).toString('hex'),
  'hexadecimal, upper case': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'base64, url': (secret) => encodeURIComponent(Buffer.from(secret).toString('base64')),
};

/** What the secret's own characters are in base64, wherever it begins; its neighbours' are left out. */
function inBase64(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    return text.slice(before + (before > 0 ? 1 : 0), -2);
  });
}

/** The canaries that a text holds, in any encoding; whatever is found is a leak. */
export function leaksIn(text: string, canaries: readonly string[]): readonly string[] {
  const layers = new Set([text]);
  // Undone as often as anyone may have done it, in any order.
  for (let depth = 0; depth < 3; depth += 1) {
    for (const layer of [...layers]) {
      layers.add(withoutJson(layer)).add(withoutPercent(layer)).add(withoutHtml(layer));
    }
  }
  return canaries.filter((canary) => {
    const hexadecimal = Buffer.from(canary).toString('hex');
    const forms = [canary, hexadecimal, hexadecimal.toUpperCase(), ...inBase64(canary)];
    const all = [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
    return [...layers].some((layer) => all.some((form) => layer.includes(form)));
  });
}

const characterOf = (hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));

function withoutJson(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|(["\\/]))/gi, (_, hex?: string, plain = '') =>
    hex === undefined ? plain : characterOf(hex),
  );
}

function withoutPercent(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => characterOf(hex));
}

const HTML = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" } as const;

function withoutHtml(text: string): string {
  return text
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: keyof typeof HTML) => HTML[name])
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => characterOf(hex))
    .replace(/&#(\d+);/g, (_, digits: string) => String.fromCharCode(Number(digits)));
}

const word = (alphabet: string, minLength: number, maxLength: number) =>
  fc
    .array(fc.constantFrom(...alphabet), { minLength, maxLength })
    .map((characters) => characters.join(''));

const LETTERS = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789';

/** A secret of the kinds that there are: an application's, an opaque token, a key in base64. */
export const secretText = fc.oneof(
  word(`${LETTERS}~._-`, 20, 44),
  word(`${LETTERS}+/`, 43, 43).map((key) => `${key}=`),
  word(`${LETTERS}~._-!$&'()*,;:@?"\\<>%`, 20, 44),
);
