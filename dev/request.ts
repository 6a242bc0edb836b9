import { randomUUID } from 'node:crypto';
import { commandLine, orEnd, readPort, UsageError } from '@sandbox-teardown/shared/command-line';
import { errorMessage } from '@sandbox-teardown/shared/error-message';
import { connectTo } from './request/connect.ts';
import { waitForOutcome } from './request/wait-for-outcome.ts';

// `npm run request -- <customer>`: sends one teardown request, as another system would.

const command = commandLine(
  'npm run request --',
  'Requests the teardown of one customer, and waits for its outcome.',
)
  .argument('<customer>', "the customer's tenant id")
  .option('--dry-run', 'only plan: nothing is written')
  .option('--reason <text>', 'why, for the outcome event')
  .option('--expected-domain <domain>', 'only if the customer has this domain')
  .option('--connection <string>', 'Service Bus connection string')
  .option('--namespace <host>', 'namespace in Azure, as whoever is signed in to azd or az')
  .option('--port <number>', 'of a stack that "npm start" runs, where there are several', readPort)
  .option('--no-wait', 'do not wait for the outcome')
  .parse();
const options = command.opts<{
  dryRun?: true;
  reason?: string;
  expectedDomain?: string;
  connection?: string;
  namespace?: string;
  port?: number;
  wait: boolean;
}>();

const client = await orEnd(async () => {
  const found = await connectTo(options).catch((error: unknown) => {
    // The SDK throws for an invalid connection string.
    throw error instanceof UsageError
      ? error
      : new UsageError(`The Service Bus cannot be reached so: ${errorMessage(error)}`);
  });
  if (found !== undefined) return found;
  throw new UsageError(
    'There is no Service Bus to send to: run "npm start" in another terminal, set ServiceBusConnection, or name one with --namespace.',
  );
});
try {
  const messageId = `request-${randomUUID()}`;
  const { dryRun, reason, expectedDomain } = options;
  await client.createSender('teardown-requests').sendMessages({
    body: {
      customerTenantId: command.args[0],
      requestedBy: 'npm run request',
      ...(dryRun && { dryRun }),
      ...(reason !== undefined && { reason }),
      ...(expectedDomain !== undefined && { expectedDomain }),
    },
    messageId,
    contentType: 'application/json',
  });
  console.log(`Requested as ${messageId}.`);
  if (options.wait) {
    const outcome = await waitForOutcome(client, messageId);
    console.log(outcome ?? 'No outcome yet; it will be published to the topic teardown-outcomes.');
    process.exitCode = outcome === undefined ? 1 : 0;
  }
} catch (error) {
  console.error(
    `Service Bus did not take the request, or give its outcome: ${errorMessage(error)}`,
  );
  console.error(
    'Check the address, and your role on it (Azure Service Bus Data Sender), and send again.',
  );
  process.exitCode = 1;
} finally {
  await client.close();
}
