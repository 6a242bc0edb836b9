import { expect, test } from 'vitest';
import { stackArguments } from '../../../local/stack/stack-arguments.ts';

test('a journal and a port can be given, and need not be', () => {
  expect(stackArguments([])).toEqual({});
  expect(stackArguments(['--journal', 'bus.journal', '--port', '5672'])).toEqual({
    journalPath: 'bus.journal',
    busPort: 5_672,
  });
});

test.each(['x', '-1', '65536', '1.5', ''])('a port that is none is refused: "%s"', (port) => {
  expect(() => stackArguments([`--port=${port}`])).toThrow(/--port must be a number from 0/);
});

test('an option that is none is refused', () => {
  expect(() => stackArguments(['--jornal', 'bus.journal'])).toThrow(/--jornal/);
});
