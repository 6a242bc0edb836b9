import { expect, test } from 'vitest';
import { logConsole } from '../src/console.ts';
import type { LogEntry } from '../src/log.ts';

test("takes the console's own methods only, each line by itself, with a level by its words", () => {
  const entries: LogEntry[] = [];
  const target = Object.create(console) as Console;
  logConsole(target, (entry) => void entries.push(entry));
  target.log('a %s', 'b', { c: 1 });
  target.warn('{"event":"refresh-token-not-stored"}');
  target.error('a Warning, that it failed\nUnhandled exception');
  expect(entries.map(({ level, message }) => `${level} ${message}`)).toEqual([
    'information a b { c: 1 }',
    'information {"event":"refresh-token-not-stored"}',
    'warning a Warning, that it failed',
    'error Unhandled exception',
  ]);
  expect(new Set(entries.map(({ category }) => category))).toEqual(
    new Set(['Host.Function.Console']),
  );
  expect(target.table).toBe(console.table);
});
