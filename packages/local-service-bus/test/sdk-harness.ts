import {
  ServiceBusClient,
  type ServiceBusReceivedMessage,
  type ServiceBusReceiver,
  type ServiceBusSender,
} from '@azure/service-bus';
import { ManualClock } from '@sandbox-teardown/shared/clock';
import Long from 'long';
import { onTestFinished } from 'vitest';
import { type Broker, startBroker } from '../src/broker.ts';
import { parseEntities } from '../src/entities.ts';
import { START_MS } from './core/core-harness.ts';

const WAIT = { maxWaitTimeInMs: 60_000 };

/** The real client before a broker of one queue, the broker's clock moved by hand. */
export class SdkHarness {
  readonly clock: ManualClock;
  readonly broker: Broker;
  readonly client: ServiceBusClient;
  readonly sender: ServiceBusSender;
  readonly receiver: ServiceBusReceiver;
  readonly deadLetters: ServiceBusReceiver;

  private constructor(clock: ManualClock, broker: Broker) {
    this.clock = clock;
    this.broker = broker;
    this.client = new ServiceBusClient(broker.connectionString);
    this.sender = this.client.createSender('jobs');
    this.receiver = this.openReceiver('jobs');
    this.deadLetters = this.openReceiver('jobs/$DeadLetterQueue');
  }

  static async withQueue(properties: object = {}): Promise<SdkHarness> {
    return SdkHarness.of({ queues: [{ name: 'jobs', properties }] });
  }

  static async of(entities: object): Promise<SdkHarness> {
    const clock = new ManualClock(START_MS);
    const broker = await startBroker({ entities: parseEntities(entities), clock });
    const harness = new SdkHarness(clock, broker);
    onTestFinished(async () => {
      await harness.client.close();
      await broker.close();
    });
    return harness;
  }

  /** Left to itself the client renews locks, by the machine's clock. */
  openReceiver(path: string): ServiceBusReceiver {
    return this.client.createReceiver(path, { maxAutoLockRenewalDurationInMs: 0 });
  }

  async receiveOne(receiver = this.receiver): Promise<ServiceBusReceivedMessage> {
    return one(await receiver.receiveMessages(1, WAIT));
  }

  async receiveDeferred(
    { sequenceNumber }: ServiceBusReceivedMessage,
    receiver = this.receiver,
  ): Promise<ServiceBusReceivedMessage> {
    if (sequenceNumber === undefined) throw new Error('The message has no number.');
    return one(await receiver.receiveDeferredMessages(sequenceNumber));
  }

  /** From the first message on, wherever the client stopped the last time. */
  async peekOne(receiver = this.receiver): Promise<ServiceBusReceivedMessage> {
    return one(await receiver.peekMessages(1, { fromSequenceNumber: Long.ZERO }));
  }
}

function one(messages: readonly ServiceBusReceivedMessage[]): ServiceBusReceivedMessage {
  const [message] = messages;
  if (message === undefined) throw new Error('There is no message.');
  return message;
}
