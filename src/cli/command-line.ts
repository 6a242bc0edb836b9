import { Command } from 'commander';
import { visible } from '../shared/visible-text.ts';

/** What a shell hears where nothing was done, because it was asked for wrongly. */
export const WRONG_USE = 2;

/** What was asked for cannot be done so: wrong arguments, a wrong setting, a port that is taken. Says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * One of this repository's commands, with `--help`. Arguments that it does not take end it with one line and exit code 2.
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
