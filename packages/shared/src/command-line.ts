import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { JournalError } from './journal/journal-error.ts';
import { visible } from './visible-text.ts';

export { untilInterrupted } from './until-interrupted.ts';
export { quoted, visible } from './visible-text.ts';

/** What a shell hears where nothing was done, because it was asked for wrongly. */
export const WRONG_USE = 2;

const MAX_PORT = 65_535;

/** What was asked for cannot be done so: wrong arguments, a wrong setting, a port that is taken. Says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * A command with `--help`. Arguments that it does not take end it with one line and exit code 2.
 *
 * @param name as it is typed: `npm run stack --`
 */
export function commandLine(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : WRONG_USE))
    .configureOutput({
      outputError: (text, write) =>
        write(`${visible(text.trim().split('\n').join(' '))} See: ${name} --help\n`),
    });
}

/**
 * The command of a package: it has `--version` as well.
 *
 * @param main the URL of its main module, in the folder beside its package.json
 */
export function packageCommand(name: string, description: string, main: string): Command {
  const manifest = readFileSync(new URL('../package.json', main), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return commandLine(name, description).version(version);
}

/** What the work gives; where it cannot be done as asked, the process ends with one message, and no stack. */
export async function orEnd<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exit(WRONG_USE);
  }
}

/** @throws InvalidArgumentError with a message when the text is no port */
export function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= MAX_PORT) return Number(text);
  throw new InvalidArgumentError(`It must be a number from 0 (any free port) to ${MAX_PORT}.`);
}

/** Reads a whole number; throws an InvalidArgumentError with a message for any other text. */
export const readWholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    if (/^\d+$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };

/** What the command line brought about at the start of a server, in a message; anything else as it is. */
export function usageErrorOf(error: unknown): unknown {
  if (error instanceof JournalError) return new UsageError(error.message);
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  if (error.syscall !== 'listen') {
    return new UsageError(`The journal cannot be kept: ${error.message}.`);
  }
  const which = 'port' in error ? `The port ${error.port}` : 'A port';
  const why = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be had (${error.code})`;
  return new UsageError(`${which} ${why}: end what listens there, or choose another one.`);
}
