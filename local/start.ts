import { orEnd, UsageError } from '../src/cli/command-line.ts';
import { readSettings } from '../src/settings/settings.ts';
import { SettingsError } from '../src/settings/settings-error.ts';
import type { Stack } from './stack/embedded-stack.ts';
import { configured } from './stack/local-settings.ts';
import { addressIn } from './stack/other-service-bus.ts';
import { stackArguments, stackCommand } from './stack/stack-arguments.ts';
import { announceStack, runningStacks, withdrawStack } from './stack/stack-file.ts';
import { startStack } from './stack/start-stack.ts';
import { findCoreTools } from './start/core-tools.ts';
import { customersToTry } from './start/customers-to-try.ts';
import { runCoreTools } from './start/run-core-tools.ts';
import { runEmbeddedHost } from './start/run-embedded-host.ts';
import {
  isConfigured,
  modeOnSimulatedSandbox,
  requireConnectionFor,
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
  if (!isConfigured(settings)) {
    return onStack(await startStack(args), settings);
  }
  if (Object.keys(args).length > 0) {
    throw new UsageError(
      'The options are of the simulated sandbox, and ServiceBusConnection is set: leave them out, or unset it.',
    );
  }
  return run({}, settings);
});
// What still waits for Ctrl-C has nothing left to wait for.
process.exit(exitCode);

async function onStack(
  stack: Stack,
  configured: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const { connectionString } = stack;
  const mode = modeOnSimulatedSandbox(configured);
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
    return await run({ ...stack.settings, TEARDOWN_MODE: mode }, configured);
  } finally {
    await withdrawStack();
    await stack.close();
  }
}

/** The functions with these settings, and those that are configured, until Ctrl-C; resolves to the exit code. */
async function run(
  settings: Readonly<Record<string, string>>,
  configured: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const all = { ...configured, ...settings };
  const coreTools = findCoreTools();
  requireRight(all);
  requireConnectionFor(coreTools === undefined ? 'embedded' : 'core-tools', all);
  return coreTools === undefined ? runEmbeddedHost(settings) : runCoreTools(coreTools, settings);
}

/** The app would object too, but with a stack, and after a while. */
function requireRight(settings: Readonly<Record<string, string | undefined>>): void {
  try {
    readSettings(settings);
  } catch (error) {
    throw error instanceof SettingsError ? new UsageError(error.message) : error;
  }
}
