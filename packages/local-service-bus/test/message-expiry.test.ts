import type { AmqpAnnotatedMessage } from '@azure/core-amqp';
import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { describe, expect, test } from 'vitest';
import { START_MS } from './core/core-stage.ts';
import { SdkStage } from './sdk-stage.ts';

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

describe('a message says when it expires', () => {
  test('counted from its arrival, by the broker’s clock, whatever the sender’s says', async () => {
    const stage = await SdkStage.withQueue();
    stage.clock.advance(1_000);
    await stage.sender.sendMessages({ body: 'x', timeToLive: MINUTE_MS });
    const expected = expiring({ fromMs: START_MS + 1_000, timeToLiveMs: MINUTE_MS });
    expect(await stage.peekOne()).toMatchObject(expected);
    expect(await stage.receiveOne()).toMatchObject(expected);
  });

  test('counted from when it became active, if it was scheduled', async () => {
    const stage = await SdkStage.withQueue();
    const scheduledEnqueueTimeUtc = new Date(START_MS + DAY_MS);
    await stage.sender.sendMessages({ body: 'x', timeToLive: MINUTE_MS, scheduledEnqueueTimeUtc });
    const expected = expiring({ fromMs: START_MS + DAY_MS, timeToLiveMs: MINUTE_MS });
    expect(absoluteExpiryTime(await stage.peekOne())).toBe(START_MS + DAY_MS + MINUTE_MS);
    stage.clock.advance(DAY_MS + 1_000);
    expect(await stage.receiveOne()).toMatchObject(expected);
  });

  test.each([
    ['the queue’s default, if it has no time of its own', undefined],
    ['the queue’s default, if its own is longer', 2 * MINUTE_MS],
  ])('by %s', async (_which, timeToLive) => {
    const stage = await SdkStage.withQueue({ defaultMessageTimeToLive: 'PT1M' });
    await stage.sender.sendMessages({ body: 'x', ...(timeToLive && { timeToLive }) });
    const expected = expiring({ fromMs: START_MS, timeToLiveMs: MINUTE_MS });
    expect(await stage.receiveOne()).toMatchObject(expected);
  });

  test('also further ahead than a header can say', async () => {
    const stage = await SdkStage.withQueue({ defaultMessageTimeToLive: 'P90D' });
    await stage.sender.sendMessages({ body: 'x' });
    const expected = expiring({ fromMs: START_MS, timeToLiveMs: 90 * DAY_MS });
    expect(await stage.receiveOne()).toMatchObject(expected);
  });
});

describe('the end that a sender names', () => {
  const properties = { absoluteExpiryTime: START_MS - 1_000, creationTime: START_MS - DAY_MS };
  const message: AmqpAnnotatedMessage = { body: 'x', bodyType: 'data', properties };

  test('means nothing, and is not passed on', async () => {
    const stage = await SdkStage.withQueue({ deadLetteringOnMessageExpiration: true });
    await stage.sender.sendMessages(message);
    stage.clock.advance(YEAR_MS);
    const received = await stage.receiveOne();
    expect(absoluteExpiryTime(received)).toBeUndefined();
    expect(received.timeToLive).toBeUndefined();
    expect(received._rawAmqpMessage.properties?.creationTime).toBe(START_MS - DAY_MS);
  });

  test('does not keep alive what its header lets die', async () => {
    const stage = await SdkStage.withQueue();
    const later = { absoluteExpiryTime: START_MS + YEAR_MS, creationTime: START_MS };
    const header = { timeToLive: MINUTE_MS };
    await stage.sender.sendMessages({ ...message, header, properties: later });
    stage.clock.advance(MINUTE_MS - 1);
    expect(absoluteExpiryTime(await stage.peekOne())).toBe(START_MS + MINUTE_MS);
    stage.clock.advance(1);
    expect(await stage.receiver.peekMessages(1)).toEqual([]);
  });
});

describe('a dead letter', () => {
  test('says when it would have expired, and never does', async () => {
    const stage = await SdkStage.withQueue();
    await stage.sender.sendMessages({ body: 'x', timeToLive: MINUTE_MS });
    await stage.receiver.deadLetterMessage(await stage.receiveOne(), REASON);
    stage.clock.advance(YEAR_MS);
    const dead = await stage.receiveOne(stage.deadLetters);
    expect(dead).toMatchObject({
      ...expiring({ fromMs: START_MS, timeToLiveMs: MINUTE_MS }),
      enqueuedTimeUtc: new Date(START_MS),
      ...REASON,
    });
    await stage.deadLetters.abandonMessage(dead);
    await stage.deadLetters.deferMessage(await stage.receiveOne(stage.deadLetters));
    stage.clock.advance(YEAR_MS);
    const deferred = await stage.receiveDeferred(dead, stage.deadLetters);
    await stage.deadLetters.completeMessage(deferred);
  });

  test('that came there by expiring says so, and when', async () => {
    const stage = await SdkStage.withQueue({ deadLetteringOnMessageExpiration: true });
    await stage.sender.sendMessages({
      body: 'x',
      timeToLive: MINUTE_MS,
      subject: 's',
      applicationProperties: { own: 'kept' },
    });
    stage.clock.advance(YEAR_MS);
    expect(await stage.receiveOne(stage.deadLetters)).toMatchObject({
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

  test('has the properties its receiver gave it, and none where it gave none', async () => {
    const stage = await SdkStage.withQueue();
    await stage.sender.sendMessages([{ body: 1 }, { body: 2 }]);
    await stage.receiver.deadLetterMessage(await stage.receiveOne(), { ...REASON, note: 'n' });
    await stage.receiver.deadLetterMessage(await stage.receiveOne());
    expect((await stage.receiveOne(stage.deadLetters)).applicationProperties).toEqual({
      DeadLetterReason: 'Bad',
      DeadLetterErrorDescription: 'Very bad.',
      note: 'n',
    });
    const bare = await stage.receiveOne(stage.deadLetters);
    expect(bare.deadLetterReason).toBeUndefined();
    expect(bare.deadLetterSource).toBeUndefined();
  });
});
