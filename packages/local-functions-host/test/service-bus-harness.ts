import {
  ServiceBusClient,
  type ServiceBusMessage,
  type ServiceBusReceivedMessage,
  type ServiceBusSender,
} from '@azure/service-bus';
import type { Clock } from '@sandbox-teardown/shared/clock';
import { startBroker } from 'local-service-bus';
import { parseEntities } from 'local-service-bus/entities';
import type { FunctionsHost } from '../src/spawn-functions-host.ts';
import { HostRecorder } from './host-recorder.ts';

const queue = (name: string, properties: object = {}) => ({
  name,
  properties: { lockDuration: 'PT1M', maxDeliveryCount: 3, ...properties },
});

const ENTITIES = {
  queues: [
    queue('jobs'),
    queue('brief-jobs', { lockDuration: 'PT6S' }),
    queue('gates'),
    queue('bytes'),
    queue('messages'),
  ],
  topics: [
    {
      name: 'news',
      properties: {},
      subscriptions: [{ name: 'everything', properties: { lockDuration: 'PT1M' }, rules: [] }],
    },
  ],
};

type Messages = Parameters<ServiceBusSender['sendMessages']>[0];

/** A broker, a client that sends and peeks, and the hosts a test starts against it. */
export class ServiceBusHarness {
  readonly recorder = new HostRecorder();
  readonly #broker: Awaited<ReturnType<typeof startBroker>>;
  readonly #client: ServiceBusClient;
  readonly #senders = new Map<string, ServiceBusSender>();
  readonly #hosts: FunctionsHost[] = [];

  private constructor(broker: Awaited<ReturnType<typeof startBroker>>) {
    this.#broker = broker;
    this.#client = new ServiceBusClient(broker.connectionString);
  }

  static async open(clock?: Clock): Promise<ServiceBusHarness> {
    const entities = parseEntities(ENTITIES);
    return new ServiceBusHarness(
      await startBroker({ entities, ...(clock === undefined ? {} : { clock }) }),
    );
  }

  get port(): number {
    return this.#broker.port;
  }

  get connectionString(): string {
    return this.#broker.connectionString;
  }

  /** When the next lock ends or message comes, by the broker's clock. */
  nextDueMs(): number {
    return this.#broker.namespace.nextDueMs();
  }

  async startHost(
    settings: Record<string, string> = {},
    fixture = 'commonjs',
  ): Promise<FunctionsHost> {
    const host = await this.recorder.spawn(fixture, {
      BUS: this.#broker.connectionString,
      JOBS_QUEUE: 'jobs',
      ...settings,
    });
    this.#hosts.push(host);
    return host;
  }

  async send(entity: string, messages: Messages): Promise<void> {
    const sender = this.#senders.get(entity) ?? this.#client.createSender(entity);
    this.#senders.set(entity, sender);
    await sender.sendMessages(messages);
  }

  async sendJson(entity: string, body: unknown, more: Partial<ServiceBusMessage> = {}) {
    await this.send(entity, { body, ...more });
  }

  /** Peeks at all messages of a queue. A client continues where it last peeked, so each call takes a new one. */
  async peek(queueName: string): Promise<ServiceBusReceivedMessage[]> {
    const client = new ServiceBusClient(this.#broker.connectionString);
    const messages = await client.createReceiver(queueName).peekMessages(100);
    await client.close();
    return messages;
  }

  /** Waits until the host has settled everything that was in a queue: it does so after it reports the end of a run. */
  async emptied(queueName: string): Promise<void> {
    while ((await this.peek(queueName)).length > 0);
  }

  /** Waits for the next message of a queue, or of its dead-letter queue, and takes it out. */
  async take(queueName: string, subQueue?: 'deadLetter'): Promise<ServiceBusReceivedMessage> {
    const receiver = this.#client.createReceiver(queueName, {
      receiveMode: 'receiveAndDelete',
      ...(subQueue === undefined ? {} : { subQueueType: subQueue }),
    });
    const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 60_000 });
    await receiver.close();
    if (message === undefined) throw new Error(`No message came to ${queueName}.`);
    return message;
  }

  /** What the function `runJob` reported of the message with this id, once it has. */
  async jobReport(messageId: unknown): Promise<{ message: unknown; metadata: Metadata }> {
    const isIt = (text: string) =>
      (JSON.parse(text) as { metadata: Metadata }).metadata['messageId'] === messageId;
    const [log] = await this.recorder.take(
      'log',
      ({ category, message }) => category === 'Function.runJob.User' && isIt(message),
    );
    return JSON.parse(log?.message ?? '{}');
  }

  async close(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.kill()));
    await this.#client.close();
    await this.#broker.close();
  }
}

export type Metadata = Record<string, unknown>;
