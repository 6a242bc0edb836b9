import { parseArgs } from 'node:util';
import type { StackOptions } from './embedded-stack.ts';

const HIGHEST_PORT = 65_535;

/** What can be said on the command line. */
export interface StackArguments extends StackOptions {
  /** Another Service Bus than the embedded one: `emulator`, or a connection string. */
  readonly serviceBus?: string;
}

/**
 * `--journal <file>` keeps the Service Bus messages from one run to the next, `--port <number>` keeps its address;
 * `--service-bus` names another one.
 * @throws Error with a sentence on an option that is not one of these, a port that is none, or options that
 *   exclude each other
 */
export function stackArguments(args: readonly string[] = process.argv.slice(2)): StackArguments {
  const {
    journal,
    port,
    'service-bus': serviceBus,
  } = parseArgs({
    args: [...args],
    options: {
      journal: { type: 'string' },
      port: { type: 'string' },
      'service-bus': { type: 'string' },
    },
  }).values;
  if (serviceBus !== undefined && (journal !== undefined || port !== undefined)) {
    throw new Error(
      '--journal and --port are of the embedded broker, and have no use with --service-bus.',
    );
  }
  return {
    ...(journal !== undefined && { journalPath: journal }),
    ...(port !== undefined && { busPort: readPort(port) }),
    ...(serviceBus !== undefined && { serviceBus }),
  };
}

/** @throws Error with a sentence when the text is no port */
export function readPort(text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= HIGHEST_PORT) return Number(text);
  throw new Error(
    `--port must be a number from 0 (any free port) to ${HIGHEST_PORT}, but is "${text}".`,
  );
}
