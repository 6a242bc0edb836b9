import { parseArgs } from 'node:util';
import type { StackOptions } from './embedded-stack.ts';

const HIGHEST_PORT = 65_535;

/**
 * `--journal <file>` keeps the Service Bus messages from one run to the next, `--port <number>` keeps its address.
 * @throws Error with a sentence on an option that is not one of these, or a port that is none
 */
export function stackArguments(args: readonly string[] = process.argv.slice(2)): StackOptions {
  const { journal, port } = parseArgs({
    args: [...args],
    options: { journal: { type: 'string' }, port: { type: 'string' } },
  }).values;
  return {
    ...(journal !== undefined && { journalPath: journal }),
    ...(port !== undefined && { busPort: readPort(port) }),
  };
}

/** @throws Error with a sentence when the text is no port */
export function readPort(text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= HIGHEST_PORT) return Number(text);
  throw new Error(
    `--port must be a number from 0 (any free port) to ${HIGHEST_PORT}, but is "${text}".`,
  );
}
