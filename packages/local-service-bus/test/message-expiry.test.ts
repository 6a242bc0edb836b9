import type { AmqpAnnotatedMessage } from '@azure/core-amqp';
import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { describe, expect, test } from 'vitest';
import { START_MS } from './core/core-harness.ts';
import { SdkHarness } from './sdk-harness.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

const REASON = { deadLetterReason: 'Bad', deadLetterErrorDescription: 'Very bad.' };

interface Expiry {
  readonly fromMs: number;
  readonly timeToLiveMs: number;
}

/** What a message says of its end: on the wire, and as the client understands that. */
const expiring = ({ fromMs, timeToLiveMs }: Expiry) => ({
  timeToLive: timeToLiveMs,
  expiresAtUtc: new Date(fromMs + timeToLiveMs),
  _rawAmqpMessage: {
    properties: { absoluteExpiryTime: fromMs + timeToLiveMs, creationTime: fromMs },
  },
});

const absoluteExpiryTime = (message: ServiceBusReceivedMessage): unknown =>
  message._rawAmqpMessage.properties?.absoluteExpiryTime;

describe('a message has its expiry', () => {
  test('counted from its arrival, by the broker’s clock and not the sender’s', async () => {
    const harness = await SdkHarness.withQueue();
    harness.clock.advance(1_000);
    await harness.sender.sendMessages({ body: 'x', timeToLive: MINUTE_MS });
    const expected = expiring({ fromMs: START_MS + 1_000, timeToLiveMs: MINUTE_MS });
    expect(await harness.peekOne()).toMatchObject(expected);
    expect(await harness.receiveOne()).toMatchObject(expected);
  });

  test('counted from when it became active, if it was scheduled', async () => {
    const harness = await SdkHarness.withQueue();
    const scheduledEnqueueTimeUtc = new Date(START_MS + DAY_MS);
    await harness.sender.sendMessages({
      body: 'x',
      timeToLive: MINUTE_MS,
      scheduledEnqueueTimeUtc,
    });
    const expected = expiring({ fromMs: START_MS + DAY_MS, timeToLiveMs: MINUTE_MS });
    expect(absoluteExpiryTime(await harness.peekOne())).toBe(START_MS + DAY_MS + MINUTE_MS);
    harness.clock.advance(DAY_MS + 1_000);
    expect(await harness.receiveOne()).toMatchObject(expected);
  });

  test.each([
    ['the queue’s default, if it has no time of its own', undefined],
    ['the queue’s default, if its own is longer', 2 * MINUTE_MS],
  ])('by %s', async (_which, timeToLive) => {
    const harness = await SdkHarness.withQueue({ defaultMessageTimeToLive: 'PT1M' });
    await harness.sender.sendMessages({ body: 'x', ...(timeToLive && { timeToLive }) });
    const expected = expiring({ fromMs: START_MS, timeToLiveMs: MINUTE_MS });
    expect(await harness.receiveOne()).toMatchObject(expected);
  });

  test('even further ahead than a header can express', async () => {
    const harness = await SdkHarness.withQueue({ defaultMessageTimeToLive: 'P90D' });
    await harness.sender.sendMessages({ body: 'x' });
    const expected = expiring({ fromMs: START_MS, timeToLiveMs: 90 * DAY_MS });
    expect(await harness.receiveOne()).toMatchObject(expected);
  });
});

describe('the expiry that a sender sets', () => {
  const properties = { absoluteExpiryTime: START_MS - 1_000, creationTime: START_MS - DAY_MS };
  const message: AmqpAnnotatedMessage = { body: 'x', bodyType: 'data', properties };

  test('is ignored, and not passed on', async () => {
    const harness = await SdkHarness.withQueue({ deadLetteringOnMessageExpiration: true });
    await harness.sender.sendMessages(message);
    harness.clock.advance(YEAR_MS);
    const received = await harness.receiveOne();
    expect(absoluteExpiryTime(received)).toBeUndefined();
    expect(received.timeToLive).toBeUndefined();
    expect(received._rawAmqpMessage.properties?.creationTime).toBe(START_MS - DAY_MS);
  });

  test('does not extend the time to live of its header', async () => {
    const harness = await SdkHarness.withQueue();
    const later = { absoluteExpiryTime: START_MS + YEAR_MS, creationTime: START_MS };
    const header = { timeToLive: MINUTE_MS };
    await harness.sender.sendMessages({ ...message, header, properties: later });
    harness.clock.advance(MINUTE_MS - 1);
    expect(absoluteExpiryTime(await harness.peekOne())).toBe(START_MS + MINUTE_MS);
    harness.clock.advance(1);
    expect(await harness.receiver.peekMessages(1)).toEqual([]);
  });
});

describe('a dead letter', () => {
  test('has its former expiry, and never expires', async () => {
    const harness = await SdkHarness.withQueue();
    await harness.sender.sendMessages({ body: 'x', timeToLive: MINUTE_MS });
    await harness.receiver.deadLetterMessage(await harness.receiveOne(), REASON);
    harness.clock.advance(YEAR_MS);
    const dead = await harness.receiveOne(harness.deadLetters);
    expect(dead).toMatchObject({
      ...expiring({ fromMs: START_MS, timeToLiveMs: MINUTE_MS }),
      enqueuedTimeUtc: new Date(START_MS),
      ...REASON,
    });
    await harness.deadLetters.abandonMessage(dead);
    await harness.deadLetters.deferMessage(await harness.receiveOne(harness.deadLetters));
    harness.clock.advance(YEAR_MS);
    const deferred = await harness.receiveDeferred(dead, harness.deadLetters);
    await harness.deadLetters.completeMessage(deferred);
  });

  test('that expired has that reason, and its expiry', async () => {
    const harness = await SdkHarness.withQueue({ deadLetteringOnMessageExpiration: true });
    await harness.sender.sendMessages({
      body: 'x',
      timeToLive: MINUTE_MS,
      subject: 's',
      applicationProperties: { own: 'kept' },
    });
    harness.clock.advance(YEAR_MS);
    expect(await harness.receiveOne(harness.deadLetters)).toMatchObject({
      ...expiring({ fromMs: START_MS, timeToLiveMs: MINUTE_MS }),
      state: 'active',
      deliveryCount: 0,
      subject: 's',
      applicationProperties: {
        own: 'kept',
        DeadLetterReason: 'TTLExpiredException',
        DeadLetterErrorDescription: 'The message expired and was dead lettered.',
      },
    });
  });

  test('has the properties that its receiver set, if any', async () => {
    const harness = await SdkHarness.withQueue();
    await harness.sender.sendMessages([{ body: 1 }, { body: 2 }]);
    await harness.receiver.deadLetterMessage(await harness.receiveOne(), { ...REASON, note: 'n' });
    await harness.receiver.deadLetterMessage(await harness.receiveOne());
    expect((await harness.receiveOne(harness.deadLetters)).applicationProperties).toEqual({
      DeadLetterReason: 'Bad',
      DeadLetterErrorDescription: 'Very bad.',
      note: 'n',
    });
    const bare = await harness.receiveOne(harness.deadLetters);
    expect(bare.deadLetterReason).toBeUndefined();
    expect(bare.deadLetterSource).toBeUndefined();
  });
});
