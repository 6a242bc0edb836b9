import { expect, test } from 'vitest';
import { stackArguments, stackCommand } from '../../../dev/stack/stack-arguments.ts';

const parse = (args: readonly string[]) =>
  stackArguments(
    stackCommand('stack', 'Starts a stack.')
      .exitOverride()
      .configureOutput({ writeErr: () => undefined }),
    args,
  );

test('a journal and a port are optional', () => {
  expect(parse([])).toEqual({});
  expect(parse(['--journal', 'bus.journal', '--port', '5672'])).toEqual({
    journalPath: 'bus.journal',
    busPort: 5_672,
  });
});

test.each(['x', '-1', '65536', '1.5', ''])('a port that is none is refused: "%s"', (port) => {
  expect(() => parse([`--port=${port}`])).toThrow(/--port .* must be a number from 0/i);
});

test('an unknown option is refused', () => {
  expect(() => parse(['--jornal', 'bus.journal'])).toThrow(/--jornal/);
});

test('another Service Bus can be named, but not with options of the embedded one', () => {
  expect(parse(['--service-bus', 'emulator'])).toEqual({ serviceBus: 'emulator' });
  expect(() => parse(['--service-bus', 'emulator', '--port', '5672'])).toThrow(
    /no use with --service-bus/,
  );
});
