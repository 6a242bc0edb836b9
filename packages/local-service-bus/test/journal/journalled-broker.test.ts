import { once } from 'node:events';
import { ServiceBusClient, type ServiceBusMessage } from '@azure/service-bus';
import { expect, onTestFinished, test } from 'vitest';
import { startBroker } from '../../src/broker.ts';
import { parseEntities } from '../../src/entities.ts';
import { JournalledNamespace } from '../../src/journal/journalled-namespace.ts';
import { send, WireClient } from '../amqp/wire-client.ts';
import { journalPath } from './journal-harness.ts';

const entities = parseEntities({ queues: [{ name: 'jobs' }] });

const RICH: ServiceBusMessage = {
  body: { text: 'grüße', numbers: [1, -1, 0.5], nothing: null },
  messageId: 'rich',
  correlationId: 'c',
  subject: 's',
  contentType: 'application/json',
  replyTo: 'r',
  to: 't',
  timeToLive: 3_600_000,
  applicationProperties: { whole: 7, part: 0.25, yes: true, when: new Date(86_400_000), no: null },
};

const BINARY: ServiceBusMessage = { body: Buffer.from([0, 1, 2, 255]), messageId: 'binary' };

/** What a client sees of both messages, the time and the lock apart. */
async function received(connectionString: string): Promise<unknown[]> {
  const client = new ServiceBusClient(connectionString);
  const receiver = client.createReceiver('jobs');
  const messages = await receiver.receiveMessages(2, { maxWaitTimeInMs: 60_000 });
  await client.close();
  return messages.map(({ body, _rawAmqpMessage: raw, ...message }) => ({
    body,
    header: raw.header,
    // The SDK stamps each sending with its time.
    properties: { ...raw.properties, creationTime: 0, absoluteExpiryTime: 0 },
    applicationProperties: message.applicationProperties,
    sequenceNumber: String(message.sequenceNumber),
  }));
}

test('a message comes out of the journal as it would without one: every value in its type', async () => {
  const path = journalPath();
  const lasting = await startBroker({ entities });
  const first = await startBroker({ entities, journalPath: path });
  for (const { connectionString } of [lasting, first]) {
    const client = new ServiceBusClient(connectionString);
    await client.createSender('jobs').sendMessages([RICH, BINARY]);
    await client.close();
  }
  await first.close();
  // Twice: once from the commands, once from the records.
  await (await startBroker({ entities, journalPath: path })).close();
  const again = await startBroker({ entities, journalPath: path });
  onTestFinished(async () => {
    await Promise.all([lasting.close(), again.close()]);
  });
  const expected = await received(lasting.connectionString);
  expect(expected).toMatchObject([{ body: RICH.body }, { body: BINARY.body }]);
  expect(await received(again.connectionString)).toEqual(expected);
});

test('a broker whose journal cannot be written tells every client, and accepts nothing', async () => {
  const broker = await startBroker({ entities, journalPath: journalPath() });
  onTestFinished(() => broker.close());
  const client = await WireClient.connect(broker.port);
  onTestFinished(() => client.close());
  const { receiver } = await client.openReceiver({ source: 'jobs' });
  const sender = await client.openSender({ address: 'jobs' });
  if (broker.namespace instanceof JournalledNamespace) broker.namespace.close();
  expect(await send(sender, { body: 1 })).toBe('rejected: amqp:internal-error');
  const refused = once(receiver, 'receiver_error');
  receiver.add_credit(1);
  await refused;
  expect(receiver.error).toMatchObject({ description: expect.stringContaining('journal') });
});

test('a broker that cannot get its port releases its journal', async () => {
  const path = journalPath();
  const other = await startBroker({ entities });
  onTestFinished(() => other.close());
  const options = { entities, journalPath: path };
  await expect(startBroker({ ...options, port: other.port })).rejects.toThrow(/EADDRINUSE/);
  await (await startBroker(options)).close();
});
