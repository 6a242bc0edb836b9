import type { ServiceBusMessage } from '@azure/service-bus';
import { describe, expect, test } from 'vitest';
import { START_MS } from './core/core-harness.ts';
import { SdkHarness } from './sdk-harness.ts';

const DELAY_MS = 3_600_000;
const DUE = new Date(START_MS + DELAY_MS);

type Schedule = (harness: SdkHarness, message: ServiceBusMessage) => Promise<unknown>;

const WAYS: [string, Schedule][] = [
  [
    'sent for later',
    ({ sender }, message) => sender.sendMessages({ ...message, scheduledEnqueueTimeUtc: DUE }),
  ],
  ['scheduled', ({ sender }, message) => sender.scheduleMessages(message, DUE)],
];

const [[, sendForLater]] = WAYS as [[string, Schedule]];

describe.each(WAYS)('a message that was %s', (_how, schedule) => {
  test('is peeked as scheduled, enqueued when it was sent, until it is due', async () => {
    const harness = await SdkHarness.withQueue();
    harness.clock.advance(1_000);
    await schedule(harness, { body: 'x' });
    harness.clock.advance(1_000);
    expect(await harness.peekOne()).toMatchObject({
      state: 'scheduled',
      enqueuedTimeUtc: new Date(START_MS + 1_000),
      scheduledEnqueueTimeUtc: DUE,
    });
  });

  test('is received as scheduled, enqueued when it was due, with a number of its own', async () => {
    const harness = await SdkHarness.withQueue();
    await schedule(harness, { body: 'x' });
    const before = await harness.peekOne();
    harness.clock.advance(DELAY_MS + 1_000);
    const received = await harness.receiveOne();
    expect(received).toMatchObject({
      state: 'scheduled',
      enqueuedTimeUtc: DUE,
      scheduledEnqueueTimeUtc: DUE,
    });
    expect(received.sequenceNumber?.toNumber()).toBeGreaterThan(
      before.sequenceNumber?.toNumber() ?? Infinity,
    );
    await harness.receiver.abandonMessage(received);
    expect(await harness.receiveOne()).toMatchObject({ state: 'scheduled', deliveryCount: 1 });
  });

  test('is received as deferred once it was deferred, whatever happens to it then', async () => {
    const harness = await SdkHarness.withQueue();
    await schedule(harness, { body: 'x' });
    harness.clock.advance(DELAY_MS);
    const received = await harness.receiveOne();
    await harness.receiver.deferMessage(received);
    const deferred = await harness.receiveDeferred(received);
    expect(deferred.state).toBe('deferred');
    await harness.receiver.abandonMessage(deferred);
    expect((await harness.peekOne()).state).toBe('deferred');
    expect(harness.broker.namespace.counts('jobs')).toMatchObject({ active: 0, deferred: 1 });
  });

  test('is an active dead letter once it is dead-lettered', async () => {
    const harness = await SdkHarness.withQueue();
    await schedule(harness, { body: 'x' });
    harness.clock.advance(DELAY_MS);
    await harness.receiver.deadLetterMessage(await harness.receiveOne());
    expect((await harness.receiveOne(harness.deadLetters)).state).toBe('active');
    expect(harness.broker.namespace.counts('jobs')).toMatchObject({ active: 0, deferred: 0 });
  });
});

test('a message scheduled for a past time is active', async () => {
  const harness = await SdkHarness.withQueue();
  const scheduledEnqueueTimeUtc = new Date(START_MS);
  await harness.sender.sendMessages({ body: 'x', scheduledEnqueueTimeUtc });
  expect(await harness.receiveOne()).toMatchObject({ state: 'active', scheduledEnqueueTimeUtc });
});

test('a message that waited in a topic is received as scheduled from its subscriptions', async () => {
  const harness = await SdkHarness.of({
    queues: [{ name: 'jobs' }],
    topics: [{ name: 'news', subscriptions: [{ name: 'all' }] }],
  });
  const sender = harness.client.createSender('news');
  await sender.sendMessages([{ body: 'later', scheduledEnqueueTimeUtc: DUE }, { body: 'now' }]);
  harness.clock.advance(DELAY_MS);
  const subscription = harness.openReceiver('news/Subscriptions/all');
  const states = [await harness.receiveOne(subscription), await harness.receiveOne(subscription)];
  expect(states).toMatchObject([
    { body: 'now', state: 'active' },
    { body: 'later', state: 'scheduled', enqueuedTimeUtc: DUE },
  ]);
});

test('a received message that is sent again does not wait for its old time, and is active', async () => {
  const harness = await SdkHarness.withQueue();
  await sendForLater(harness, { body: 'x' });
  harness.clock.advance(DELAY_MS);
  await harness.sender.sendMessages(await harness.receiveOne());
  expect(await harness.receiveOne()).toMatchObject({ state: 'active' });
});
