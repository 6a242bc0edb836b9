import type { CustomerSpec } from './partner-center/core/spec.ts';
import { isConfigured } from './stack/local-settings.ts';
import { announceStack, withdrawStack } from './stack/stack-file.ts';
import { startStack } from './stack/start-stack.ts';
import { findCoreTools } from './start/core-tools.ts';
import { runCoreTools } from './start/run-core-tools.ts';
import { runEmbeddedHost } from './start/run-embedded-host.ts';

// `npm start`: the functions in Core Tools where it is installed, else in the embedded host; on the
// configured namespace and sandbox, or, where nothing is configured, on the embedded stack (with --journal and
// --port as for `npm run stack`, or with --service-bus on Microsoft's emulator: docs/emulator.md).

/** What the customers to try it on have bought, when the embedded stack is used. */
const TRY_IT_ON: readonly CustomerSpec[] = [
  { purchases: [] },
  { purchases: [{ kind: 'reservation' }] },
  { purchases: [{ kind: 'perpetual-software' }, { kind: 'new-commerce' }] },
  { purchases: [{ kind: 'azure-plan', azureSubscriptions: 2 }] },
  { purchases: [{ kind: 'reservation', ageDays: 75 }] },
];

const coreTools = findCoreTools();
const run = (settings: Readonly<Record<string, string>>): Promise<number> =>
  coreTools === undefined ? runEmbeddedHost(settings) : runCoreTools(coreTools, settings);

if (await isConfigured()) {
  process.exitCode = await run({});
} else {
  const stack = await startStack();
  const { connectionString } = stack;
  await announceStack(connectionString);
  console.log('Nothing is configured, so this is a simulated sandbox, on this machine only.');
  console.log('Tear a customer down from another terminal:\n');
  for (const spec of TRY_IT_ON) {
    const { customerId } = stack.sandbox.sandbox.addCustomer(spec);
    const bought = spec.purchases?.map(({ kind }) => kind).join(', ');
    console.log(`  npm run request -- ${customerId}   # ${bought || 'nothing bought'}`);
  }
  console.log(`\nService Bus: ${connectionString}\n`);
  try {
    process.exitCode = await run(stack.settings);
  } finally {
    await withdrawStack(connectionString);
    await stack.close();
  }
}
