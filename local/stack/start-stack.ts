import { type Stack, startEmbeddedStack, startSandboxBeside } from './embedded-stack.ts';
import { otherServiceBus } from './other-service-bus.ts';
import { stackArguments } from './stack-arguments.ts';

/** The stack that the command line asks for; a sentence, and the process's end, where it cannot be had. */
export async function startStack(): Promise<Stack> {
  try {
    const { serviceBus, ...options } = stackArguments();
    if (serviceBus === undefined) return await startEmbeddedStack(options);
    return await startSandboxBeside(await otherServiceBus(serviceBus));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
