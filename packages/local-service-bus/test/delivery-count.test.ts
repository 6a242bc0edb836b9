import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { describe, expect, test } from 'vitest';
import { SdkHarness } from './sdk-harness.ts';

const LOCK_MS = 60_000;

/** What becomes of a received message; where it then is again is for the caller to know. */
type End = (harness: SdkHarness, message: ServiceBusReceivedMessage) => Promise<unknown> | unknown;

const abandoned: End = ({ receiver }, message) => receiver.abandonMessage(message);
const lost: End = ({ clock }) => clock.advance(LOCK_MS);

async function sendAndReceive(
  properties: object = {},
): Promise<[SdkHarness, ServiceBusReceivedMessage]> {
  const harness = await SdkHarness.withQueue(properties);
  await harness.sender.sendMessages({ body: 'x' });
  return [harness, await harness.receiveOne()];
}

async function deadLetter(): Promise<[SdkHarness, ServiceBusReceivedMessage]> {
  const [harness, message] = await sendAndReceive({ lockDuration: 'PT1M' });
  await harness.receiver.deadLetterMessage(message);
  return [harness, await harness.receiveOne(harness.deadLetters)];
}

describe('a delivery counts', () => {
  test.each([
    ['is abandoned', abandoned],
    ['is lost', lost],
  ])('when the message %s', async (_how, end) => {
    const [harness, message] = await sendAndReceive();
    expect(message.deliveryCount).toBe(0);
    await end(harness, message);
    expect((await harness.peekOne()).deliveryCount).toBe(1);
    expect((await harness.receiveOne()).deliveryCount).toBe(1);
  });

  test('when the message is deferred', async () => {
    const [harness, message] = await sendAndReceive();
    await harness.receiver.deferMessage(message);
    expect((await harness.receiveDeferred(message)).deliveryCount).toBe(1);
  });

  test.each([
    ['abandoned', abandoned],
    [
      'deferred again',
      ({ receiver }: SdkHarness, message: ServiceBusReceivedMessage) =>
        receiver.deferMessage(message),
    ],
    ['lost', lost],
  ] satisfies [string, End][])('when a deferred message is %s', async (_how, end) => {
    const [harness, message] = await sendAndReceive();
    await harness.receiver.deferMessage(message);
    await end(harness, await harness.receiveDeferred(message));
    expect((await harness.receiveDeferred(message)).deliveryCount).toBe(2);
  });
});

describe('a delivery does not count', () => {
  test('when the receiver dead-letters the message', async () => {
    const [, dead] = await deadLetter();
    expect(dead.deliveryCount).toBe(0);
  });

  test('when the receiver dead-letters a message after a counted delivery', async () => {
    const [harness, message] = await sendAndReceive();
    await harness.receiver.deferMessage(message);
    await harness.receiver.deadLetterMessage(await harness.receiveDeferred(message));
    expect((await harness.receiveOne(harness.deadLetters)).deliveryCount).toBe(1);
  });

  test.each([
    [
      'abandoned',
      ({ deadLetters }: SdkHarness, message: ServiceBusReceivedMessage) =>
        deadLetters.abandonMessage(message),
    ],
    ['lost', lost],
  ] satisfies [string, End][])(
    'when the message is a dead letter that is %s',
    async (_how, end) => {
      const [harness, dead] = await deadLetter();
      await end(harness, dead);
      expect((await harness.peekOne(harness.deadLetters)).deliveryCount).toBe(0);
      expect((await harness.receiveOne(harness.deadLetters)).deliveryCount).toBe(0);
    },
  );

  test('when the message is a dead letter that is deferred', async () => {
    const [harness, dead] = await deadLetter();
    await harness.deadLetters.deferMessage(dead);
    const deferred = await harness.receiveDeferred(dead, harness.deadLetters);
    expect(deferred).toMatchObject({ state: 'deferred', deliveryCount: 0 });
    await harness.deadLetters.completeMessage(deferred);
    expect(await harness.deadLetters.peekMessages(1)).toEqual([]);
  });
});

test('a message with the maximum of deliveries is a dead letter with all of its deliveries counted', async () => {
  const [harness, message] = await sendAndReceive({ maxDeliveryCount: 2 });
  await harness.receiver.abandonMessage(message);
  await harness.receiver.abandonMessage(await harness.receiveOne());
  expect(await harness.receiveOne(harness.deadLetters)).toMatchObject({
    deliveryCount: 2,
    deadLetterReason: 'MaxDeliveryCountExceeded',
  });
});

test('a queue that allows one delivery dead-letters a deferred message', async () => {
  const [harness, message] = await sendAndReceive({ maxDeliveryCount: 1 });
  await harness.receiver.deferMessage(message);
  expect(await harness.receiveOne(harness.deadLetters)).toMatchObject({
    state: 'active',
    deliveryCount: 1,
    deadLetterReason: 'MaxDeliveryCountExceeded',
  });
});

test('a dead letter is not dead-lettered again, and stays', async () => {
  const [harness, dead] = await deadLetter();
  const refused = harness.deadLetters.deadLetterMessage(dead);
  await expect(refused).rejects.toMatchObject({ code: 'GeneralError' });
  harness.clock.advance(LOCK_MS);
  expect((await harness.receiveOne(harness.deadLetters)).deliveryCount).toBe(0);
});
