import { usageErrorOf } from '@sandbox-teardown/shared/command-line';
import { type Stack, startEmbeddedStack, startSandboxBeside } from './embedded-stack.ts';
import { otherServiceBus } from './other-service-bus.ts';
import type { StackArguments } from './stack-arguments.ts';

/**
 * The stack that the command line asks for.
 * @throws UsageError if it cannot be started as asked
 */
export async function startStack({ serviceBus, ...options }: StackArguments): Promise<Stack> {
  try {
    if (serviceBus === undefined) return await startEmbeddedStack(options);
    return await startSandboxBeside(await otherServiceBus(serviceBus));
  } catch (error) {
    throw usageErrorOf(error);
  }
}
