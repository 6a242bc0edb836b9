import { UsageError } from '../../src/cli/command-line.ts';
import { BrokerError } from '../service-bus/core/broker-error.ts';
import { JournalError } from '../service-bus/journal/journal-error.ts';
import { type Stack, startEmbeddedStack, startSandboxBeside } from './embedded-stack.ts';
import { otherServiceBus } from './other-service-bus.ts';
import type { StackArguments } from './stack-arguments.ts';

/**
 * The stack that the command line asks for.
 * @throws UsageError with a sentence where it cannot be had so
 */
export async function startStack({ serviceBus, ...options }: StackArguments): Promise<Stack> {
  try {
    if (serviceBus === undefined) return await startEmbeddedStack(options);
    return await startSandboxBeside(await otherServiceBus(serviceBus));
  } catch (error) {
    throw usageErrorOf(error, options.busPort);
  }
}

/** What the command line brought about, in a sentence; anything else as it is. */
export function usageErrorOf(error: unknown, port: number | undefined): unknown {
  // At a start the broker objects to its journal only.
  if (error instanceof JournalError || error instanceof BrokerError) {
    return new UsageError(error.message);
  }
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  if (error.syscall !== 'listen')
    return new UsageError(`The journal cannot be kept: ${error.message}.`);
  const why = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be had (${error.code})`;
  return new UsageError(
    `The port ${port} ${why}: end what listens there, or choose another one with --port.`,
  );
}
