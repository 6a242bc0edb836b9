import { beforeEach, describe, expect, it } from 'vitest';
import {
  keepForGood,
  keepSecret,
  MAX_KNOWN_CHARACTERS,
  MAX_KNOWN_SECRETS,
  withoutKnownSecrets,
} from '../../src/redaction/known-secrets.ts';
import { redact } from '../../src/redaction/redact.ts';

/** What is known stays known in this process, so each test has secrets of its own. */
let used = 0;
const fresh = (): string => {
  used += 1;
  return keepSecret(`canary-${used}-${'abcdefgh'.repeat(3)}`);
};

const percent = (character: string): string => `%${Buffer.from(character).toString('hex')}`;
const inJson = (character: string): string => `\\u00${Buffer.from(character).toString('hex')}`;

describe('a text with secrets that are known', () => {
  it('is redacted at each secret, and nowhere else', () => {
    const [one, other] = [fresh(), fresh()];
    expect(withoutKnownSecrets(`a ${one} b ${other} c ${one}`)).toBe(
      'a [secret] b [secret] c [secret]',
    );
    expect(withoutKnownSecrets(one)).toBe('[secret]');
    expect(withoutKnownSecrets(`${other}${one}`)).toBe('[secret][secret]');
  });

  it('stays unchanged without one, escapes included', () => {
    fresh();
    expect(withoutKnownSecrets('100 % of C:\\new %41')).toBe('100 % of C:\\new %41');
    expect(withoutKnownSecrets('')).toBe('');
  });

  it('is redacted in the order of the text, not of the secrets', () => {
    const [first, second] = [fresh(), fresh()];
    expect(withoutKnownSecrets(`${second} then ${first} end`)).toBe('[secret] then [secret] end');
  });

  it('is redacted once for overlapping secrets', () => {
    const long = keepSecret('overlap-begin-middle-end-of-it');
    keepSecret('middle-end-of-it-and-further');
    expect(withoutKnownSecrets(`x ${long}-and-further y`)).toBe('x [secret] y');
    keepSecret('begin-middle');
    expect(withoutKnownSecrets(`x ${long} y`)).toBe('x [secret] y');
  });

  it('is redacted at escaped secrets, and keeps the escapes around them', () => {
    const secret = keepSecret('sl/ash "quote" and more');
    const inJson = JSON.stringify({ a: 'C:\\x', b: secret });
    expect(withoutKnownSecrets(inJson)).toBe('{"a":"C:\\\\x","b":"[secret]"}');
    const form = `a=%41&b=${encodeURIComponent(secret)}&c=1`;
    expect(withoutKnownSecrets(form)).toBe('a=%41&b=[secret]&c=1');
    expect(withoutKnownSecrets(`b=${secret.replaceAll(' ', '+')}&c`)).toBe('b=[secret]&c');
  });

  it('is redacted at a secret of escaped characters only', () => {
    const secret = keepSecret('%\\%\\%\\%\\');
    expect(withoutKnownSecrets(JSON.stringify(secret).slice(1, -1))).toBe('[secret]');
  });

  it.each(['', 'x', 'xy', 'xyz'])('loses them in base64, behind "%s"', (before) => {
    const secret = keepSecret('basic:authentication-secret-ÿþ>?');
    const clean = withoutKnownSecrets(Buffer.from(`${before}${secret}`).toString('base64'));
    expect(clean).toContain('[secret]');
    expect(clean.length).toBeLessThan(20);
    const url = withoutKnownSecrets(Buffer.from(`${before}${secret}`).toString('base64url'));
    expect(url.length).toBeLessThan(20);
  });
});

describe('a known secret', () => {
  it('is known as it was given', () => {
    expect(keepSecret(undefined)).toBeUndefined();
    expect(keepSecret('12345678')).toBe('12345678');
  });

  it('has at least eight characters', () => {
    keepSecret('8-chars!');
    expect(withoutKnownSecrets('a 8-chars! b')).toBe('a [secret] b');
    keepSecret('7-chars');
    expect(withoutKnownSecrets('a 7-chars b')).toBe('a 7-chars b');
  });

  it('is known in base64 only if that has eight characters too', () => {
    keepSecret('short-12');
    // Six of its bytes alone.
    expect(
      withoutKnownSecrets(`x ${Buffer.from('ort-12').toString('base64').slice(0, 7)} y`),
    ).toContain(Buffer.from('ort-12').toString('base64').slice(0, 7));
  });

  it('is each line of a PEM, without the marks around it', () => {
    keepSecret(
      '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n  hkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----',
    );
    expect(withoutKnownSecrets('x MIIEvQIBADANBgkq y hkiG9w0BAQEFAASC z')).toBe(
      'x [secret] y [secret] z',
    );
    expect(withoutKnownSecrets('-----BEGIN PRIVATE KEY-----')).toBe('-----BEGIN PRIVATE KEY-----');
    keepSecret('ends-with-marks-----');
    expect(withoutKnownSecrets('ends-with-marks-----')).toBe('[secret]');
  });

  it('is forgotten after a number of newer ones, but not while it is used', () => {
    const [old, kept] = [fresh(), fresh()];
    for (let count = 0; count < MAX_KNOWN_SECRETS; count += 1) {
      keepSecret(kept);
      fresh();
    }
    expect(withoutKnownSecrets(`${old} ${kept}`)).toBe(`${old} [secret]`);
  });

  it('is forgotten with the first one over the limit, and not before', () => {
    const old = fresh();
    for (let count = 1; count < MAX_KNOWN_SECRETS; count += 1) fresh();
    expect(withoutKnownSecrets(old)).toBe('[secret]');
    fresh();
    expect(withoutKnownSecrets(old)).toBe(old);
  });

  it('is not forgotten because of texts that are too short', () => {
    const old = fresh();
    for (let count = 0; count < MAX_KNOWN_SECRETS; count += 1) keepSecret(`s${count}`);
    expect(withoutKnownSecrets(old)).toBe('[secret]');
  });
});

describe('a text that is cut', () => {
  const EDGE = 32 * 1_024;
  const token = `0.AXoA-${'kZ3_qW9-'.repeat(128)}end`;
  beforeEach(() => void keepSecret(token));

  it.each([0, 300, 700])('has no half of a secret at its end: forty copies after %i', (before) => {
    const clean = redact(`${'x'.repeat(before)}${token.repeat(40)}`);
    expect(clean.replaceAll('[secret]', '').replaceAll('x', '')).toBe('');
  });

  it.each([
    ['as it is', (text: string) => text],
    ['in hexadecimal', (text: string) => Buffer.from(text).toString('hex')],
    ['in base64', (text: string) => Buffer.from(text).toString('base64')],
    ['in percent escapes', (text: string) => text.replace(/./g, percent)],
    ['in numbers of HTML', (text: string) => text.replace(/./g, (c) => `&#${c.charCodeAt(0)};`)],
    ['in escapes of JSON', (text: string) => text.replace(/./g, inJson)],
  ])('shows none wherever the cut goes through it, %s', (_how, encode) => {
    const whole = encode(token);
    // Nothing in it ends a word.
    const filler = token.repeat(25);
    for (const shown of [8, 9, 40, 41, 42, 43, 44, 45, 680, whole.length - 1]) {
      const lead = filler.padEnd(EDGE - shown, 'x');
      const clean = redact(`${lead}${whole} and so on`);
      const rest = clean.replaceAll('[secret]', '').replaceAll('x', '');
      // Less than a secret's shortest, and an escape that the cut went through.
      expect(rest.length, `${shown} shown`).toBeLessThan(48);
      expect(clean.includes(token.slice(0, 8))).toBe(false);
    }
  });

  it('ends before a secret that contains the start of a complete one', () => {
    const inner = keepSecret('inner-secret-that-is-whole');
    const outer = keepSecret(`outer-secret-before-${inner}-and-behind-${'o'.repeat(200)}`);
    const known = keepSecret('f'.repeat(1_000));
    const lead = `${known} `.repeat(20).padEnd(EDGE - 100, 'x ');
    expect(redact(`${lead}${outer}`).includes('outer-se')).toBe(false);
  });
});

describe('a text that was cut by its sender', () => {
  /** Longer than an escape that the cut may go through. */
  const rest = '-'.repeat(128);
  const secret = `went-on-${'0123456789'.repeat(30)}`;
  beforeEach(() => void keepSecret(secret));

  it.each([
    ['of nothing but a beginning', secret.slice(0, 200), ''],
    ['that ends with a beginning', `lead ${secret.slice(0, 200)}`, 'lead '],
    ['of which the shortest beginning is certain', `lead ${secret.slice(0, 8)}${rest}`, 'lead '],
    ['whose last escape could hide all but a letter', `lead ${secret.slice(0, 130)}`, 'lead '],
    ['without a secret', `lead ${rest}`, `lead ${rest}`],
    ['where it goes on otherwise', `lead went-on-x${rest}`, `lead went-on-x${rest}`],
    ['that is shorter than an escape', 'lead', 'lead'],
  ])('%s ends before it', (_what, text, clean) => {
    expect(withoutKnownSecrets(text, true)).toBe(clean);
  });

  it('shows nothing of a secret at its end, even if that contains complete ones', () => {
    const inner = keepSecret('inner-one-that-is-whole');
    const outer = keepSecret(`${inner}-outer-${inner}-${'o'.repeat(300)}`);
    expect(withoutKnownSecrets(`lead ${outer.slice(0, 220)}`, true)).toBe('lead ');
  });
});

describe('the secrets of the settings', () => {
  it('are never forgotten, however many tokens come', () => {
    const secret = keepForGood('the-secret-of-a-setting');
    expect(keepForGood(undefined)).toBeUndefined();
    for (let count = 0; count <= MAX_KNOWN_SECRETS; count += 1) fresh();
    expect(withoutKnownSecrets(`a ${secret} b`)).toBe('a [secret] b');
  });
});

it('long secrets are known up to a million characters together', () => {
  const long = (name: string) => keepSecret(name.repeat(MAX_KNOWN_CHARACTERS / 4 / name.length));
  const [first, second, third, fourth] = ['one-1111', 'two-2222', 'tre-3333', 'for-4444'].map(long);
  for (const each of [first, second, third, fourth]) {
    expect(withoutKnownSecrets(`${each}`)).toBe('[secret]');
  }
  const short = fresh();
  expect(withoutKnownSecrets(`${first}`)).toBe(first);
  expect(withoutKnownSecrets(`${second} ${short}`)).toBe('[secret] [secret]');
});

it('a text up to the maximum length is redacted to its end', () => {
  const secret = keepSecret('canary-'.repeat(600));
  const text = (length: number) =>
    `${`${secret} `.repeat(7)}then ${secret.slice(0, 200)}`.padStart(length);
  const [maxText, longer] = [text(32 * 1_024), text(32 * 1_024 + 1)];
  expect(redact(maxText).endsWith(`then ${secret.slice(0, 200)}`)).toBe(true);
  expect(redact(longer)).not.toContain('canary');
});

it('a text over the maximum length is cut before it is redacted', () => {
  const secret = keepSecret('canary-'.repeat(600));
  const clean = redact(`${`${secret} `.repeat(10)}then`);
  expect(clean).toMatch(/^(\[secret\] )+/);
  expect(clean).not.toContain('then');
});
