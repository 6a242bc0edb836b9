import { describe, expect, test } from 'vitest';
import {
  readPort,
  readWholeNumber,
  UsageError,
  usageErrorOf,
  visible,
} from '../src/command-line.ts';
import { JournalError } from '../src/journal/journal.ts';

test.each(['', 'x', '-1', '65536', '1.5', '1e3', ' 80'])('%j is no port', (text) => {
  expect(() => readPort(text)).toThrow('from 0 (any free port) to 65535');
});

test('ports and whole numbers are read as they are written', () => {
  expect(['0', '65535'].map(readPort)).toEqual([0, 65_535]);
  expect(['1', '75'].map(readWholeNumber(1, 75))).toEqual([1, 75]);
  for (const text of ['0', '76', 'x'])
    expect(() => readWholeNumber(1, 75)(text)).toThrow('1 to 75');
});

test('invisible characters are shown by their codes', () => {
  expect(visible('a\ufeffb c\u202e')).toBe('a\\ufeffb c\\u202e');
});

describe('an error at the start of a server', () => {
  const systemError = (more: object) => Object.assign(new Error('EXX: it went wrong'), more);

  test.each<[unknown, string]>([
    [new JournalError('The journal is damaged.'), 'The journal is damaged.'],
    [systemError({ syscall: 'listen', code: 'EADDRINUSE', port: 80 }), 'The port 80 is in use'],
    [systemError({ syscall: 'listen', code: 'EACCES', port: 80 }), 'cannot be had (EACCES)'],
    [systemError({ syscall: 'open', code: 'EISDIR' }), 'The journal cannot be kept: EXX'],
  ])('is reported in a message: %s', (error, message) => {
    const said = usageErrorOf(error);
    expect(said).toBeInstanceOf(UsageError);
    expect(String(said)).toContain(message);
  });

  test('is not changed where it is a bug', () => {
    const bug = new TypeError('x is not a function');
    expect(usageErrorOf(bug)).toBe(bug);
  });
});
