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

test('another Service Bus can be named, but not with options of the embedded one', () => {
  expect(stackArguments(['--service-bus', 'emulator'])).toEqual({ serviceBus: 'emulator' });
  expect(() => stackArguments(['--service-bus', 'emulator', '--port', '5672'])).toThrow(
    /no use with --service-bus/,
  );
});
