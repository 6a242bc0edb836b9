import { describe, expect, it } from 'vitest';
import { quoted, visible } from '../../src/shared/visible-text.ts';

describe('a text that people read', () => {
  it.each([
    ['a mark of byte order', '\ufeffTRUE', '\\ufeffTRUE'],
    ['a mark of direction', 'a\u202eb', 'a\\u202eb'],
    ['a joiner', 'a\u200db', 'a\\u200db'],
    ['a space that is none of the keyboard', 'a\u00a0b', 'a\\u00a0b'],
    ['the end of a line', 'a\nb', 'a\\u000ab'],
    ['a filler that is a letter', 'a\u3164b', 'a\\u3164b'],
    ['half of a character', 'a\ud800b', 'a\\ud800b'],
    ['one beyond the first 65,536', 'a\u{e0001}b', 'a\\udb40\\udc01b'],
    ['each of several', '\u200b\u200b', '\\u200b\\u200b'],
  ])('shows %s by its code', (_what, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each(['', 'two words', 'bücher', '日本', '\u{1f600}'])('leaves "%s" as it is', (text) => {
    expect(visible(text)).toBe(text);
  });

  it('is quoted as JSON, with invisible characters by their codes', () => {
    expect(quoted('say "x"\u200b')).toBe('"say \\"x\\"\\u200b"');
    expect(JSON.parse(quoted('say "x"\u200b\n'))).toBe('say "x"\u200b\n');
  });
});
