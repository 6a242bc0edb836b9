import { Command } from 'commander';
import { visible } from '../shared/visible-text.ts';

/** The exit code of a command that was called with invalid arguments, and did nothing. */
export const WRONG_USE = 2;

/**
 * The command cannot run as it was called: invalid arguments, an invalid setting, a port in use. The message says what to
 * do.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * A command of this repository, with `--help`. Unknown arguments end it with one line and exit code 2.
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
 * The result of the work. A {@link UsageError} ends the process with one message and no stack.
 *
 * @throws whatever else the work throws
 */
export async function orEnd<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exit(WRONG_USE);
  }
}
