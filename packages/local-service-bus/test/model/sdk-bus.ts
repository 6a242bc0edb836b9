import { type EventEmitter, once } from 'node:events';
import { rmSync } from 'node:fs';
import {
  isServiceBusError,
  ServiceBusClient,
  type ServiceBusReceivedMessage,
  type ServiceBusReceiver,
} from '@azure/service-bus';
import { ManualClock } from '@sandbox-teardown/shared/clock';
import Long from 'long';
import { startBroker } from '../../src/broker.ts';
import { parseEntities } from '../../src/entities.ts';
import { START_MS } from '../core/core-harness.ts';
import { type Bus, type Locked, type NewMessage, Refused, type Shown, type Source } from './bus.ts';

export type SequenceNumber = NonNullable<ServiceBusReceivedMessage['sequenceNumber']>;

const ENOUGH_MS = 60_000;
/** The client asks for all the broker has before it gives up, so a moment shows that there is no more. */
const MOMENT_MS = 1;
const DEAD_LETTER = { deadLetterReason: 'Test', deadLetterErrorDescription: '' };
const RULES = new Set(['MessageLockLost', 'MessageNotFound']);

/** The real client, over AMQP to a broker whose clock is moved by hand. */
export async function sdkBus(
  properties: object,
  path: string,
): Promise<Bus<ServiceBusReceivedMessage, SequenceNumber>> {
  const clock = new ManualClock(START_MS);
  const entities = parseEntities({ queues: [{ name: 'jobs', properties }] });
  rmSync(path, { force: true });
  const start = (port = 0) => startBroker({ entities, clock, port, journalPath: path });
  let broker = await start();
  const client = new ServiceBusClient(broker.connectionString, {
    retryOptions: { maxRetries: 0, timeoutInMs: ENOUGH_MS },
  });
  const sender = client.createSender('jobs');
  const receivers = open(client, 'peekLock');
  const takers = open(client, 'receiveAndDelete');
  return {
    send: (message, enqueueAtMs) => sender.sendMessages(outgoing(message, enqueueAtMs)),
    schedule: async (message, enqueueAtMs) => {
      const numbers = await sender.scheduleMessages(outgoing(message), new Date(enqueueAtMs));
      return only(numbers);
    },
    cancel: (ticket) => refusing(sender.cancelScheduledMessages(ticket)),
    receive: async (source, count, expectedCount) =>
      (await receive(receivers[source], count, expectedCount)).map(asLocked),
    receiveAndDelete: async (source, count, expectedCount) =>
      (await receive(takers[source], count, expectedCount)).map(asShown),
    ticketOf: (lock) => only([lock.sequenceNumber]),
    receiveDeferred: async (ticket) =>
      asLocked(only(await refusing(receivers.queue.receiveDeferredMessages(ticket)))),
    settle: (source, lock, settlement) => {
      const receiver = receivers[source];
      if (settlement === 'complete') return refusing(receiver.completeMessage(lock));
      if (settlement === 'abandon') return refusing(receiver.abandonMessage(lock));
      if (settlement === 'defer') return refusing(receiver.deferMessage(lock));
      return refusing(receiver.deadLetterMessage(lock, DEAD_LETTER));
    },
    renew: async (source, lock) =>
      (await refusing(receivers[source].renewMessageLock(lock))).getTime(),
    peek: async (source, pageSize) => {
      // Left to itself the client goes on where it stopped the last time.
      const options = { fromSequenceNumber: Long.ZERO };
      const all = await receivers[source].peekMessages(pageSize, options);
      for (let pageLength = all.length; pageLength > 0; ) {
        const page = await receivers[source].peekMessages(pageSize);
        all.push(...page);
        pageLength = page.length;
      }
      return all.map(asShown);
    },
    advance: async (ms) => clock.advance(ms),
    restart: async () => {
      const gone = disconnected(client);
      await broker.close();
      await gone;
      broker = await start(broker.port);
    },
    close: async () => {
      await client.close();
      await broker.close();
    },
  };
}

/** What the client does not show, for it mends that by itself. */
interface WithConnection {
  readonly _connectionContext: { readonly connection: EventEmitter & { isOpen(): boolean } };
}

/** Resolves when the client knows; what it sends before is lost, and it would wait in vain for the answer. */
async function disconnected(client: ServiceBusClient): Promise<void> {
  const { connection } = (client as unknown as WithConnection)._connectionContext;
  if (connection.isOpen()) await once(connection, 'disconnected');
}

function open(
  client: ServiceBusClient,
  receiveMode: 'peekLock' | 'receiveAndDelete',
): Readonly<Record<Source, ServiceBusReceiver>> {
  // Left to itself the client renews locks, by the machine's clock. It empties the options that it is given.
  const options = () => ({ receiveMode, maxAutoLockRenewalDurationInMs: 0 });
  return {
    queue: client.createReceiver('jobs', options()),
    'dead-letters': client.createReceiver('jobs', { ...options(), subQueueType: 'deadLetter' }),
  };
}

const outgoing = ({ body, messageId, timeToLiveMs }: NewMessage, enqueueAtMs?: number) => ({
  body,
  messageId,
  ...(timeToLiveMs !== undefined && { timeToLive: timeToLiveMs }),
  ...(enqueueAtMs !== undefined && { scheduledEnqueueTimeUtc: new Date(enqueueAtMs) }),
});

/** Waits for the expected messages, and checks whether there are more. */
async function receive(
  receiver: ServiceBusReceiver,
  count: number,
  expectedCount: number,
): Promise<ServiceBusReceivedMessage[]> {
  const messages: ServiceBusReceivedMessage[] = [];
  if (expectedCount > 0) {
    const wait = { maxWaitTimeInMs: ENOUGH_MS };
    messages.push(...(await receiver.receiveMessages(expectedCount, wait)));
  }
  if (count > messages.length) {
    const wait = { maxWaitTimeInMs: MOMENT_MS };
    messages.push(...(await receiver.receiveMessages(count - messages.length, wait)));
  }
  return messages;
}

const asShown = (message: ServiceBusReceivedMessage): Shown => ({
  body: message.body,
  state: message.state,
  deliveryCount: message.deliveryCount ?? 0,
  expiresAtMs: message._rawAmqpMessage.properties?.absoluteExpiryTime,
  enqueuedAtMs: message.enqueuedTimeUtc?.getTime() ?? 0,
  deadLetterReason: message.deadLetterReason,
});

const asLocked = (message: ServiceBusReceivedMessage): Locked<ServiceBusReceivedMessage> => ({
  ...asShown(message),
  lock: message,
  lockedUntilMs: message.lockedUntilUtc?.getTime() ?? 0,
});

function only<Item>([item]: readonly (Item | undefined)[]): Item {
  if (item === undefined) throw new Error('The client gave nothing where it was to give one.');
  return item;
}

async function refusing<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (isServiceBusError(error) && RULES.has(error.code)) throw new Refused();
    throw error;
  }
}
