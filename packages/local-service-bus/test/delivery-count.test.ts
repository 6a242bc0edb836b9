import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { describe, expect, test } from 'vitest';
import { SdkStage } from './sdk-stage.ts';

const LOCK_MS = 60_000;

/** What becomes of a received message; where it then is again is for the caller to know. */
type End = (stage: SdkStage, message: ServiceBusReceivedMessage) => Promise<unknown> | unknown;

const abandoned: End = ({ receiver }, message) => receiver.abandonMessage(message);
const lost: End = ({ clock }) => clock.advance(LOCK_MS);

async function sendAndReceive(
  properties: object = {},
): Promise<[SdkStage, ServiceBusReceivedMessage]> {
  const stage = await SdkStage.withQueue(properties);
  await stage.sender.sendMessages({ body: 'x' });
  return [stage, await stage.receiveOne()];
}

async function deadLetter(): Promise<[SdkStage, ServiceBusReceivedMessage]> {
  const [stage, message] = await sendAndReceive({ lockDuration: 'PT1M' });
  await stage.receiver.deadLetterMessage(message);
  return [stage, await stage.receiveOne(stage.deadLetters)];
}

describe('a delivery counts', () => {
  test.each([
    ['is abandoned', abandoned],
    ['is lost', lost],
  ])('when the message %s', async (_how, end) => {
    const [stage, message] = await sendAndReceive();
    expect(message.deliveryCount).toBe(0);
    await end(stage, message);
    expect((await stage.peekOne()).deliveryCount).toBe(1);
    expect((await stage.receiveOne()).deliveryCount).toBe(1);
  });

  test('when the message is deferred', async () => {
    const [stage, message] = await sendAndReceive();
    await stage.receiver.deferMessage(message);
    expect((await stage.receiveDeferred(message)).deliveryCount).toBe(1);
  });

  test.each([
    ['abandoned', abandoned],
    [
      'deferred again',
      ({ receiver }: SdkStage, message: ServiceBusReceivedMessage) =>
        receiver.deferMessage(message),
    ],
    ['lost', lost],
  ] satisfies [string, End][])('when a deferred message is %s', async (_how, end) => {
    const [stage, message] = await sendAndReceive();
    await stage.receiver.deferMessage(message);
    await end(stage, await stage.receiveDeferred(message));
    expect((await stage.receiveDeferred(message)).deliveryCount).toBe(2);
  });
});

describe('a delivery does not count', () => {
  test('when it ends with the message in the dead-letter queue by the receiver’s own wish', async () => {
    const [, dead] = await deadLetter();
    expect(dead.deliveryCount).toBe(0);
  });

  test('when it ends there after one that did', async () => {
    const [stage, message] = await sendAndReceive();
    await stage.receiver.deferMessage(message);
    await stage.receiver.deadLetterMessage(await stage.receiveDeferred(message));
    expect((await stage.receiveOne(stage.deadLetters)).deliveryCount).toBe(1);
  });

  test.each([
    [
      'abandoned',
      ({ deadLetters }: SdkStage, message: ServiceBusReceivedMessage) =>
        deadLetters.abandonMessage(message),
    ],
    ['lost', lost],
  ] satisfies [string, End][])(
    'when the message is a dead letter that is %s',
    async (_how, end) => {
      const [stage, dead] = await deadLetter();
      await end(stage, dead);
      expect((await stage.peekOne(stage.deadLetters)).deliveryCount).toBe(0);
      expect((await stage.receiveOne(stage.deadLetters)).deliveryCount).toBe(0);
    },
  );

  test('when the message is a dead letter that is deferred', async () => {
    const [stage, dead] = await deadLetter();
    await stage.deadLetters.deferMessage(dead);
    const deferred = await stage.receiveDeferred(dead, stage.deadLetters);
    expect(deferred).toMatchObject({ state: 'deferred', deliveryCount: 0 });
    await stage.deadLetters.completeMessage(deferred);
    expect(await stage.deadLetters.peekMessages(1)).toEqual([]);
  });
});

test('a message that was delivered as often as allowed is a dead letter with all of its deliveries counted', async () => {
  const [stage, message] = await sendAndReceive({ maxDeliveryCount: 2 });
  await stage.receiver.abandonMessage(message);
  await stage.receiver.abandonMessage(await stage.receiveOne());
  expect(await stage.receiveOne(stage.deadLetters)).toMatchObject({
    deliveryCount: 2,
    deadLetterReason: 'MaxDeliveryCountExceeded',
  });
});

test('a queue that allows one delivery dead-letters what is deferred', async () => {
  const [stage, message] = await sendAndReceive({ maxDeliveryCount: 1 });
  await stage.receiver.deferMessage(message);
  expect(await stage.receiveOne(stage.deadLetters)).toMatchObject({
    state: 'active',
    deliveryCount: 1,
    deadLetterReason: 'MaxDeliveryCountExceeded',
  });
});

test('a dead letter is not dead-lettered again, and stays', async () => {
  const [stage, dead] = await deadLetter();
  const refused = stage.deadLetters.deadLetterMessage(dead);
  await expect(refused).rejects.toMatchObject({ code: 'GeneralError' });
  stage.clock.advance(LOCK_MS);
  expect((await stage.receiveOne(stage.deadLetters)).deliveryCount).toBe(0);
});
