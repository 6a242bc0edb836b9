import { orEnd } from '@sandbox-teardown/shared/command-line';
import type { Stack } from './stack/embedded-stack.ts';
import { configured } from './stack/local-settings.ts';
import { addressIn } from './stack/other-service-bus.ts';
import { stackArguments, stackCommand } from './stack/stack-arguments.ts';
import { announceStack, runningStacks, withdrawStack } from './stack/stack-file.ts';
import { startStack } from './stack/start-stack.ts';
import { findCoreTools } from './start/core-tools.ts';
import { customersToTry } from './start/customers-to-try.ts';
import { LIKE_A_STACKS, requireRightSettings } from './start/require-right-settings.ts';
import { runCoreTools } from './start/run-core-tools.ts';
import { runEmbeddedHost } from './start/run-embedded-host.ts';
import {
  isConfigured,
  modeOnSimulatedSandbox,
  requireConnectionFor,
  requireNoOptions,
} from './start/which-services.ts';

// `npm start`: the functions in Core Tools where it is installed, else in the embedded host; on the configured namespace
// and sandbox, or, where nothing is configured, on the embedded stack.

const command = stackCommand(
  'npm start --',
  'The functions on this machine: with the configured Service Bus and sandbox, or with simulated ones where nothing is configured, to which the options belong.',
);

const exitCode = await orEnd(async () => {
  const args = stackArguments(command);
  const settings = await configured();
  const coreTools = findCoreTools();
  const host = coreTools === undefined ? 'embedded' : 'core-tools';
  const run = (ofStack: Readonly<Record<string, string>>) =>
    coreTools === undefined ? runEmbeddedHost(ofStack) : runCoreTools(coreTools, ofStack);
  if (isConfigured(settings)) {
    requireNoOptions(args, settings);
    requireRightSettings(host, settings);
    requireConnectionFor(host, settings);
    return run({});
  }
  requireRightSettings(host, { ...settings, ...LIKE_A_STACKS });
  return onStack(await startStack(args), modeOnSimulatedSandbox(settings), run);
});
// Nothing needs to wait for Ctrl-C any more.
process.exit(exitCode);

async function onStack(
  stack: Stack,
  mode: string,
  run: (settings: Readonly<Record<string, string>>) => Promise<number>,
): Promise<number> {
  const { connectionString } = stack;
  try {
    const others = await runningStacks();
    await announceStack(connectionString);
    console.log('Nothing is configured, so this is a simulated sandbox, on this machine only.');
    if (mode !== 'enforce') console.log(`TEARDOWN_MODE is "${mode}", and counts here too.`);
    console.log('Tear a customer down from another terminal:\n');
    const which = others.length === 0 ? '' : ` --port ${addressIn(connectionString)?.port}`;
    for (const { customerId, bought } of customersToTry(stack.sandbox.sandbox)) {
      console.log(`  npm run request -- ${customerId}${which}   # ${bought}`);
    }
    console.log(`\nService Bus: ${connectionString}\n`);
    return await run({ ...stack.settings, TEARDOWN_MODE: mode });
  } finally {
    await withdrawStack();
    await stack.close();
  }
}
