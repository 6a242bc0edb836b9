import type { ServiceBusMessage } from '@azure/service-bus';
import { describe, expect, test } from 'vitest';
import { START_MS } from './core/core-stage.ts';
import { SdkStage } from './sdk-stage.ts';

const DELAY_MS = 3_600_000;
const DUE = new Date(START_MS + DELAY_MS);

type Schedule = (stage: SdkStage, message: ServiceBusMessage) => Promise<unknown>;

const WAYS: [string, Schedule][] = [
  [
    'sent for later',
    ({ sender }, message) => sender.sendMessages({ ...message, scheduledEnqueueTimeUtc: DUE }),
  ],
  ['scheduled', ({ sender }, message) => sender.scheduleMessages(message, DUE)],
];

const [[, sendForLater]] = WAYS as [[string, Schedule]];

describe.each(WAYS)('a message that was %s', (_how, schedule) => {
  test('is seen as scheduled, enqueued when it was sent, until it is due', async () => {
    const stage = await SdkStage.withQueue();
    stage.clock.advance(1_000);
    await schedule(stage, { body: 'x' });
    stage.clock.advance(1_000);
    expect(await stage.peekOne()).toMatchObject({
      state: 'scheduled',
      enqueuedTimeUtc: new Date(START_MS + 1_000),
      scheduledEnqueueTimeUtc: DUE,
    });
  });

  test('is received as scheduled, enqueued when it was due, with a number of its own', async () => {
    const stage = await SdkStage.withQueue();
    await schedule(stage, { body: 'x' });
    const before = await stage.peekOne();
    stage.clock.advance(DELAY_MS + 1_000);
    const received = await stage.receiveOne();
    expect(received).toMatchObject({
      state: 'scheduled',
      enqueuedTimeUtc: DUE,
      scheduledEnqueueTimeUtc: DUE,
    });
    expect(received.sequenceNumber?.toNumber()).toBeGreaterThan(
      before.sequenceNumber?.toNumber() ?? Infinity,
    );
    await stage.receiver.abandonMessage(received);
    expect(await stage.receiveOne()).toMatchObject({ state: 'scheduled', deliveryCount: 1 });
  });

  test('is received as deferred once it was deferred, whatever becomes of it then', async () => {
    const stage = await SdkStage.withQueue();
    await schedule(stage, { body: 'x' });
    stage.clock.advance(DELAY_MS);
    const received = await stage.receiveOne();
    await stage.receiver.deferMessage(received);
    const deferred = await stage.receiveDeferred(received);
    expect(deferred.state).toBe('deferred');
    await stage.receiver.abandonMessage(deferred);
    expect((await stage.peekOne()).state).toBe('deferred');
    expect(stage.broker.namespace.counts('jobs')).toMatchObject({ active: 0, deferred: 1 });
  });

  test('is an active dead letter once it is dead-lettered', async () => {
    const stage = await SdkStage.withQueue();
    await schedule(stage, { body: 'x' });
    stage.clock.advance(DELAY_MS);
    await stage.receiver.deadLetterMessage(await stage.receiveOne());
    expect((await stage.receiveOne(stage.deadLetters)).state).toBe('active');
    expect(stage.broker.namespace.counts('jobs')).toMatchObject({ active: 0, deferred: 0 });
  });
});

test('a message that was to be enqueued at a time that has come is active', async () => {
  const stage = await SdkStage.withQueue();
  const scheduledEnqueueTimeUtc = new Date(START_MS);
  await stage.sender.sendMessages({ body: 'x', scheduledEnqueueTimeUtc });
  expect(await stage.receiveOne()).toMatchObject({ state: 'active', scheduledEnqueueTimeUtc });
});

test('a message that waited in a topic is received as scheduled from its subscriptions', async () => {
  const stage = await SdkStage.of({
    queues: [{ name: 'jobs' }],
    topics: [{ name: 'news', subscriptions: [{ name: 'all' }] }],
  });
  const sender = stage.client.createSender('news');
  await sender.sendMessages([{ body: 'later', scheduledEnqueueTimeUtc: DUE }, { body: 'now' }]);
  stage.clock.advance(DELAY_MS);
  const subscription = stage.openReceiver('news/Subscriptions/all');
  const states = [await stage.receiveOne(subscription), await stage.receiveOne(subscription)];
  expect(states).toMatchObject([
    { body: 'now', state: 'active' },
    { body: 'later', state: 'scheduled', enqueuedTimeUtc: DUE },
  ]);
});

test('a received message that is sent once more does not wait for its old time, and is active', async () => {
  const stage = await SdkStage.withQueue();
  await sendForLater(stage, { body: 'x' });
  stage.clock.advance(DELAY_MS);
  await stage.sender.sendMessages(await stage.receiveOne());
  expect(await stage.receiveOne()).toMatchObject({ state: 'active' });
});
