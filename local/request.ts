import { randomUUID } from 'node:crypto';
import { ServiceBusClient } from '@azure/service-bus';
import { Command } from 'commander';
import { waitForOutcome } from './request/wait-for-outcome.ts';
import { configuredConnection } from './stack/local-settings.ts';
import { runningStack } from './stack/stack-file.ts';

// `npm run request -- <customer>`: drops one teardown message, as another system would.

const command = new Command('request')
  .description('Requests the teardown of one customer, and waits for its outcome.')
  .argument('<customer>', "the customer's tenant id")
  .option('--dry-run', 'only plan: nothing is written')
  .option('--reason <text>', 'why, for the outcome event')
  .option('--expected-domain <domain>', 'only if the customer has this domain')
  .option('--connection <string>', 'Service Bus connection string')
  .option('--no-wait', 'do not wait for the outcome')
  .parse();
const options = command.opts<{
  dryRun?: true;
  reason?: string;
  expectedDomain?: string;
  connection?: string;
  wait: boolean;
}>();

const connectionString =
  options.connection ??
  (await configuredConnection()) ??
  (await runningStack()) ??
  command.error(
    'There is no Service Bus to send to: run "npm start" in another terminal, or set ServiceBusConnection.',
  );

const client = new ServiceBusClient(connectionString);
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
} finally {
  await client.close();
}
