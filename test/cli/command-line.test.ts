import { describe, expect, it } from 'vitest';
import { commandLine, orEnd, UsageError } from '../../src/cli/command-line.ts';
import { terminal } from './terminal.ts';

/** How a command ends that is typed so. */
function typed(...args: readonly string[]) {
  const { lines, exits } = terminal();
  const command = commandLine('npm run bake --', 'Bakes bread.').option('--loaves <number>', 'any');
  let thrown: unknown;
  try {
    command.parse(['node', 'bake.ts', ...args]);
  } catch (error) {
    thrown = error;
  }
  return { lines, exits, thrown, options: command.opts() };
}

describe('a command', () => {
  it('continues with correct arguments', () => {
    expect(typed('--loaves', '3')).toEqual({
      lines: [],
      exits: [],
      thrown: undefined,
      options: { loaves: '3' },
    });
  });

  it('prints its description for --help, and exits with 0', () => {
    const { lines, exits } = typed('--help');
    expect(exits).toEqual([0]);
    expect(lines.slice(0, 3)).toEqual(['Usage: npm run bake -- [options]', '', 'Bakes bread.']);
  });

  it.each([
    [['--temperature'], "error: unknown option '--temperature' See: npm run bake -- --help"],
    [
      ['--loafs', '3'],
      "error: unknown option '--loafs' (Did you mean --loaves?) See: npm run bake -- --help",
    ],
    [
      ['--\u202etemperature'],
      "error: unknown option '--\\u202etemperature' See: npm run bake -- --help",
    ],
  ])('with the arguments %j exits with 2 and one line of visible characters', (args, line) => {
    const { lines, exits } = typed(...args);
    expect(lines).toEqual([line]);
    expect(exits).toEqual([2]);
  });
});

describe('the work of a command', () => {
  it('returns its result', async () => {
    expect(await orEnd(async () => 7)).toBe(7);
    expect(await orEnd(() => 8)).toBe(8);
  });

  it('ends the process with one message and 2 on a usage error', async () => {
    const { lines, exits } = terminal();
    const asked = orEnd(() => {
      throw new UsageError('The port is taken.');
    });
    await expect(asked).rejects.toThrow('The process has ended.');
    expect([lines, exits]).toEqual([['The port is taken.'], [2]]);
  });

  it('throws any other error unchanged', async () => {
    const { lines, exits } = terminal();
    const wrong = new TypeError('A bug.');
    await expect(orEnd(() => Promise.reject(wrong))).rejects.toBe(wrong);
    expect([lines, exits]).toEqual([[], []]);
  });
});

it('a usage error has a name of its own', () => {
  expect(new UsageError('x').name).toBe('UsageError');
});
