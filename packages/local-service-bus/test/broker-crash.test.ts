import {
  ServiceBusClient,
  type ServiceBusReceivedMessage,
  type ServiceBusReceiver,
} from '@azure/service-bus';
import Long from 'long';
import { expect, onTestFinished, test } from 'vitest';
import { BrokerProcess } from './broker-process.ts';

const ENTITIES = {
  queues: [
    {
      name: 'jobs',
      properties: {
        requiresDuplicateDetection: true,
        duplicateDetectionHistoryTimeWindow: 'PT1H',
      },
    },
  ],
  topics: [
    {
      name: 'news',
      subscriptions: [
        { name: 'all' },
        {
          name: 'some',
          rules: [
            {
              name: 'red',
              properties: { filterType: 'CorrelationFilter', correlationFilter: { label: 'red' } },
            },
          ],
        },
      ],
    },
  ],
};

type Source = readonly [queueOrTopic: string, subscription?: string];
const JOBS: Source = ['jobs'];
const ALL: Source = ['news', 'all'];
const SOME: Source = ['news', 'some'];
const HOUR_MS = 3_600_000;
const WAIT = { maxWaitTimeInMs: 60_000 };

/** One acknowledgement's worth of work, and what it makes of what is held: "where/id" to "state deliveryCount". */
interface Step {
  readonly what: string;
  readonly work: (bus: Bus) => Promise<unknown>;
  readonly holds?: Readonly<Record<string, string>>;
  readonly gone?: readonly string[];
}

/** A client, new after every crash, as short as the steps need it. */
class Bus {
  readonly client: ServiceBusClient;

  constructor(connectionString: string) {
    this.client = new ServiceBusClient(connectionString);
  }

  send(entity: string, ...messages: { messageId: string; subject?: string }[]): Promise<void> {
    const bodied = messages.map((message) => ({ ...message, body: { of: message.messageId } }));
    return this.client.createSender(entity).sendMessages(bodied);
  }

  schedule(entity: string, messageId: string, inMs: number): Promise<Long[]> {
    return this.client
      .createSender(entity)
      .scheduleMessages({ messageId, body: { of: messageId } }, new Date(Date.now() + inMs));
  }

  receiver([entity, subscription]: Source, options: object = {}): ServiceBusReceiver {
    return subscription === undefined
      ? this.client.createReceiver(entity, options)
      : this.client.createReceiver(entity, subscription, options);
  }

  /** Locks the next message, which must be this one, and does something with it. */
  async take(
    source: Source,
    messageId: string,
    use: (receiver: ServiceBusReceiver, message: ServiceBusReceivedMessage) => Promise<unknown>,
    options: object = {},
  ): Promise<void> {
    const receiver = this.receiver(source, options);
    const [message] = await receiver.receiveMessages(1, WAIT);
    expect(message).toMatchObject({ messageId, body: { of: messageId } });
    if (message !== undefined) await use(receiver, message);
  }

  async takeDeferred(
    messageId: string,
    use: (receiver: ServiceBusReceiver, message: ServiceBusReceivedMessage) => Promise<unknown>,
  ): Promise<void> {
    const receiver = this.receiver(JOBS);
    const peeked = await receiver.peekMessages(100, { fromSequenceNumber: Long.ONE });
    const number = peeked.find((message) => message.messageId === messageId)?.sequenceNumber;
    const [message] = await receiver.receiveDeferredMessages(number ?? Long.ZERO);
    if (message === undefined) throw new Error(`${messageId} is not deferred.`);
    await use(receiver, message);
  }

  /** All that can be seen from outside. */
  async held(): Promise<Record<string, string>> {
    const places = [JOBS, ALL, SOME].flatMap((source) => [
      this.#peek(String(source.at(-1)), source, {}),
      this.#peek(`${source.at(-1)} dead`, source, { subQueueType: 'deadLetter' }),
    ]);
    const found = await Promise.all([...places, this.#ruleNames()]);
    return Object.assign({}, ...found);
  }

  async #peek(place: string, source: Source, options: object): Promise<Record<string, string>> {
    const receiver = this.receiver(source, options);
    const messages = await receiver.peekMessages(250, { fromSequenceNumber: Long.ONE });
    return Object.fromEntries(
      messages.map(({ messageId, state, deliveryCount, body }) => {
        expect(body).toEqual({ of: messageId });
        return [`${place}/${messageId}`, `${state} ${deliveryCount}`];
      }),
    );
  }

  async #ruleNames(): Promise<Record<string, string>> {
    const names: string[] = [];
    for await (const { name } of this.rules().listRules()) names.push(name);
    return { rules: names.join(' ') };
  }

  rules() {
    return this.client.createRuleManager('news', 'some');
  }
}

const complete = (receiver: ServiceBusReceiver, message: ServiceBusReceivedMessage) =>
  receiver.completeMessage(message);

/** Sequence numbers of what is to be cancelled, as a client would keep them. */
const scheduled: Record<string, Long[]> = {};

const STEPS: readonly Step[] = [
  {
    what: 'send',
    work: (bus) => bus.send('jobs', { messageId: 'a' }),
    holds: { 'jobs/a': 'active 0' },
  },
  { what: 'send a duplicate', work: (bus) => bus.send('jobs', { messageId: 'a' }) },
  {
    what: 'send a batch',
    work: (bus) =>
      bus.send(
        'jobs',
        { messageId: 'b' },
        { messageId: 'c' },
        { messageId: 'd' },
        { messageId: 'e' },
      ),
    holds: {
      'jobs/b': 'active 0',
      'jobs/c': 'active 0',
      'jobs/d': 'active 0',
      'jobs/e': 'active 0',
    },
  },
  {
    what: 'schedule',
    work: async (bus) => {
      scheduled['far'] = await bus.schedule('jobs', 'far', HOUR_MS);
    },
    holds: { 'jobs/far': 'scheduled 0' },
  },
  {
    what: 'schedule a duplicate',
    work: (bus) => bus.schedule('jobs', 'far', 2 * HOUR_MS),
  },
  {
    what: 'schedule another',
    work: async (bus) => {
      scheduled['farther'] = await bus.schedule('jobs', 'farther', HOUR_MS);
    },
    holds: { 'jobs/farther': 'scheduled 0' },
  },
  {
    what: 'cancel a scheduled one',
    work: (bus) =>
      bus.client.createSender('jobs').cancelScheduledMessages(scheduled['farther'] ?? []),
    gone: ['jobs/farther'],
  },
  {
    what: 'lock, and be killed',
    work: (bus) => bus.take(JOBS, 'a', async () => undefined),
    holds: { 'jobs/a': 'active 1' },
  },
  {
    what: 'renew a lock, and be killed',
    work: (bus) => bus.take(JOBS, 'a', (receiver, message) => receiver.renewMessageLock(message)),
    holds: { 'jobs/a': 'active 2' },
  },
  {
    what: 'abandon',
    work: (bus) =>
      bus.take(JOBS, 'a', (receiver, message) =>
        receiver.abandonMessage(message, { tried: 'once' }),
      ),
    holds: { 'jobs/a': 'active 3' },
  },
  {
    what: 'complete',
    work: (bus) =>
      bus.take(JOBS, 'a', async (receiver, message) => {
        expect(message.applicationProperties).toEqual({ tried: 'once' });
        await receiver.completeMessage(message);
      }),
    gone: ['jobs/a'],
  },
  {
    what: 'send a duplicate of what was completed',
    work: (bus) => bus.send('jobs', { messageId: 'a' }),
  },
  {
    what: 'defer',
    work: (bus) => bus.take(JOBS, 'b', (receiver, message) => receiver.deferMessage(message)),
    holds: { 'jobs/b': 'deferred 1' },
  },
  {
    what: 'lock a deferred one, and be killed',
    work: (bus) => bus.takeDeferred('b', async () => undefined),
    holds: { 'jobs/b': 'deferred 2' },
  },
  {
    what: 'dead-letter',
    work: (bus) =>
      bus.take(JOBS, 'c', (receiver, message) =>
        receiver.deadLetterMessage(message, {
          deadLetterReason: 'odd',
          deadLetterErrorDescription: 'very odd',
        }),
      ),
    holds: { 'jobs dead/c': 'active 0' },
    gone: ['jobs/c'],
  },
  {
    what: 'dead-letter a deferred one',
    work: (bus) =>
      bus.takeDeferred('b', (receiver, message) => receiver.deadLetterMessage(message)),
    holds: { 'jobs dead/b': 'active 2' },
    gone: ['jobs/b'],
  },
  {
    what: 'lock a dead letter, and be killed',
    work: (bus) => bus.take(JOBS, 'b', async () => undefined, { subQueueType: 'deadLetter' }),
    holds: { 'jobs dead/b': 'active 2' },
  },
  {
    what: 'complete a dead letter',
    work: (bus) => bus.take(JOBS, 'b', complete, { subQueueType: 'deadLetter' }),
    gone: ['jobs dead/b'],
  },
  {
    what: 'receive and delete',
    work: (bus) => bus.take(JOBS, 'd', async () => undefined, { receiveMode: 'receiveAndDelete' }),
    gone: ['jobs/d'],
  },
  {
    what: 'send to a topic',
    work: (bus) => bus.send('news', { messageId: 'r1', subject: 'red' }, { messageId: 'b1' }),
    holds: { 'all/r1': 'active 0', 'all/b1': 'active 0', 'some/r1': 'active 0' },
  },
  {
    what: 'add a rule',
    work: (bus) => bus.rules().createRule('blue', { subject: 'blue' }),
    holds: { rules: 'red blue' },
  },
  {
    what: 'send to a topic with that rule',
    work: (bus) => bus.send('news', { messageId: 'b2', subject: 'blue' }),
    holds: { 'all/b2': 'active 0', 'some/b2': 'active 0' },
  },
  {
    what: 'remove a rule',
    work: (bus) => bus.rules().deleteRule('red'),
    holds: { rules: 'blue' },
  },
  {
    what: 'send to a topic without that rule',
    work: (bus) => bus.send('news', { messageId: 'r2', subject: 'red' }),
    holds: { 'all/r2': 'active 0' },
  },
  {
    what: 'complete in one subscription',
    work: (bus) => bus.take(ALL, 'r1', complete),
    gone: ['all/r1'],
  },
  {
    what: 'dead-letter in the other',
    work: (bus) => bus.take(SOME, 'r1', (receiver, message) => receiver.deadLetterMessage(message)),
    holds: { 'some dead/r1': 'active 0' },
    gone: ['some/r1'],
  },
  {
    what: 'schedule to a topic',
    work: async (bus) => {
      scheduled['news'] = await bus.schedule('news', 'later', HOUR_MS);
    },
  },
  {
    what: 'cancel it there',
    work: (bus) => bus.client.createSender('news').cancelScheduledMessages(scheduled['news'] ?? []),
  },
  { what: 'complete the last one', work: (bus) => bus.take(JOBS, 'e', complete), gone: ['jobs/e'] },
];

test(`the broker, killed after each of ${STEPS.length} acknowledgements in turn, loses nothing and brings nothing back`, async () => {
  const broker = await BrokerProcess.start(ENTITIES);
  let expected: Record<string, string> = { rules: 'red' };
  for (const { what, work, holds = {}, gone = [] } of STEPS) {
    const before = new Bus(broker.connectionString);
    await work(before);
    await broker.kill();
    await Promise.all([broker.start(), before.client.close()]);
    const rest = Object.entries(expected).filter(([key]) => !gone.includes(key));
    expected = { ...Object.fromEntries(rest), ...holds };
    const after = new Bus(broker.connectionString);
    expect(await after.held(), `after: ${what}`).toEqual(expected);
    await after.client.close();
  }
  expect(broker.kills).toBe(STEPS.length);
});

test('a message that fell due while the broker was down comes, and so does one that falls due later', async () => {
  const broker = await BrokerProcess.start(ENTITIES);
  const before = new Bus(broker.connectionString);
  await before.schedule('jobs', 'meanwhile', 100);
  await before.schedule('jobs', 'afterwards', 1_500);
  await broker.killAndRestart();
  await before.client.close();
  const after = new Bus(broker.connectionString);
  await after.take(JOBS, 'meanwhile', complete);
  await after.take(JOBS, 'afterwards', complete);
  await after.client.close();
});

const COUNT = 100;
const OLD = Array.from({ length: COUNT }, (_, index) => `old-${index}`);
const NEW = Array.from({ length: COUNT }, (_, index) => `new-${index}`);

test.each([1, 30, 100, 199])(
  `killed at acknowledgement %i of ${2 * COUNT} under way at once: what was acknowledged stands`,
  async (killAt) => {
    const broker = await BrokerProcess.start(ENTITIES);
    const before = new Bus(broker.connectionString);
    await before.send('jobs', ...OLD.map((messageId) => ({ messageId })));
    const receiver = before.receiver(JOBS);
    const locked: ServiceBusReceivedMessage[] = [];
    while (locked.length < COUNT) {
      locked.push(...(await receiver.receiveMessages(COUNT - locked.length, WAIT)));
    }
    const completed = new Set<unknown>();
    const sent = new Set<unknown>();
    await new Promise<void>((resolve) => {
      const acknowledged = (set: Set<unknown>, messageId: unknown) => () => {
        set.add(messageId);
        if (completed.size + sent.size === killAt) resolve(broker.kill());
      };
      const unacknowledged = () => undefined;
      const sender = before.client.createSender('jobs');
      for (const [index, message] of locked.entries()) {
        const messageId = NEW[index] ?? '';
        receiver
          .completeMessage(message)
          .then(acknowledged(completed, message.messageId), unacknowledged);
        sender
          .sendMessages({ messageId, body: { of: messageId } })
          .then(acknowledged(sent, messageId), unacknowledged);
      }
    });
    await broker.start();
    // Not awaited: the client waits a minute for what it has not been answered.
    void before.client.close();
    const after = new Bus(broker.connectionString);
    onTestFinished(() => after.client.close());
    const ids = async () => Object.keys(await after.held()).map((key) => key.split('/')[1]);
    const found = new Set(await ids());
    expect(completed.size + sent.size).toBeGreaterThanOrEqual(killAt);
    expect([...completed].filter((id) => found.has(String(id)))).toEqual([]);
    expect([...sent].filter((id) => !found.has(String(id)))).toEqual([]);
    await after.send('jobs', ...NEW.map((messageId) => ({ messageId })));
    const afterwards = (await ids()).filter((id) => id?.startsWith('new-'));
    expect(afterwards.toSorted()).toEqual(NEW.toSorted());
  },
);
