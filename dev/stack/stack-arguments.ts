import { commandLine, readPort, UsageError } from '@sandbox-teardown/shared/command-line';
import type { Command } from 'commander';
import type { StackOptions } from './embedded-stack.ts';

/** The options of the command line. */
export interface StackArguments extends StackOptions {
  /** Another Service Bus than the embedded one: `emulator`, or a connection string. */
  readonly serviceBus?: string;
}

/** A command that starts the stack. */
export const stackCommand = (name: string, description: string): Command =>
  commandLine(name, description)
    .option(
      '--journal <file>',
      'keep the Service Bus in this file, and the simulated sandbox in one beside it, from one run to the next',
    )
    .option('--port <number>', 'of the Service Bus; 0 or none: any free one', readPort)
    .option(
      '--service-bus <which>',
      'another Service Bus than the embedded one: "emulator", or the connection string of an emulator',
    );

/** @throws UsageError for options that exclude each other */
export function stackArguments(command: Command, args?: readonly string[]): StackArguments {
  command.parse(args, args === undefined ? undefined : { from: 'user' });
  const { journal, port, serviceBus } = command.opts<{
    journal?: string;
    port?: number;
    serviceBus?: string;
  }>();
  if (serviceBus !== undefined && (journal !== undefined || port !== undefined)) {
    throw new UsageError(
      '--journal and --port are of the embedded broker, and have no use with --service-bus.',
    );
  }
  return {
    ...(journal !== undefined && { journalPath: journal }),
    ...(port !== undefined && { busPort: port }),
    ...(serviceBus !== undefined && { serviceBus }),
  };
}
