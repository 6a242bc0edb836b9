import type {
  ServiceBusMessage,
  ServiceBusReceivedMessage,
  ServiceBusReceiver,
  ServiceBusSender,
} from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLocal, openTarget, QUEUE, type Target } from './target.ts';

const WAIT = { maxWaitTimeInMs: 60_000 };

let target: Target;
let sender: ServiceBusSender;
let receiver: ServiceBusReceiver;
let deadLetters: ServiceBusReceiver;

beforeAll(async () => {
  target = await openTarget();
  sender = target.client.createSender(QUEUE);
  receiver = target.client.createReceiver(QUEUE);
  deadLetters = target.client.createReceiver(QUEUE, { subQueueType: 'deadLetter' });
});

afterAll(() => target.close());

/** Sends a message of this test's own. */
async function send(message: Partial<ServiceBusMessage> = {}): Promise<string> {
  const messageId = target.newId();
  await sender.sendMessages({ body: 'x', messageId, ...message });
  return messageId;
}

async function receive(from = receiver): Promise<ServiceBusReceivedMessage> {
  const [message] = await from.receiveMessages(1, WAIT);
  if (message === undefined) throw new Error(`Nothing came from ${from.entityPath}.`);
  return message;
}

const receiveNothing = async (): Promise<void> =>
  expect(await receiver.receiveMessages(1, { maxWaitTimeInMs: 50 })).toEqual([]);

async function receiveDeferred(message: ServiceBusReceivedMessage) {
  const { sequenceNumber } = message;
  if (sequenceNumber === undefined) throw new Error('A received message has a sequence number.');
  const [deferred] = await receiver.receiveDeferredMessages(sequenceNumber);
  if (deferred === undefined) throw new Error('A deferred message comes to who asks for it.');
  return deferred;
}

describe('a message', () => {
  test('arrives as it was sent, with what the broker knows about it', async () => {
    const messageId = await send({
      body: { customer: 'a', count: 3 },
      subject: 'request',
      correlationId: 'c',
      contentType: 'application/json',
      replyTo: 'r',
      to: 't',
      applicationProperties: { text: 'ü', number: 1.5, flag: true },
    });
    const message = await receive();
    await receiver.completeMessage(message);
    expect(message).toMatchObject({
      messageId,
      body: { customer: 'a', count: 3 },
      subject: 'request',
      correlationId: 'c',
      contentType: 'application/json',
      replyTo: 'r',
      to: 't',
      applicationProperties: { text: 'ü', number: 1.5, flag: true },
      deliveryCount: 0,
      state: 'active',
    });
    expect(message.enqueuedTimeUtc).toBeInstanceOf(Date);
    expect(message.lockToken).toMatch(/^[\da-f-]{36}$/);
    expect(message.lockedUntilUtc?.getTime()).toBeGreaterThan(
      message.enqueuedTimeUtc?.getTime() ?? Infinity,
    );
  });

  test('without an id gets one', async () => {
    await sender.sendMessages({ body: 'nameless' });
    const message = await receive();
    await receiver.completeMessage(message);
    expect(message.messageId).toMatch(/^[\da-f]{32}$/);
  });

  test('keeps its place: a batch is received in the order it was sent in', async () => {
    const ids = [target.newId(), target.newId(), target.newId()];
    await sender.sendMessages(ids.map((messageId) => ({ body: messageId, messageId })));
    const received = await receiver.receiveMessages(3, WAIT);
    for (const message of received) await receiver.completeMessage(message);
    expect(received.map((message) => message.body)).toEqual(ids);
    const numbers = received.map((message) => message.sequenceNumber?.toNumber() ?? 0);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  test('of 200 KB comes through whole', async () => {
    const body = 'ä'.repeat(100_000);
    await send({ body });
    const message = await receive();
    await receiver.completeMessage(message);
    expect(message.body).toBe(body);
  });
});

describe('a received message', () => {
  test('that is completed is gone', async () => {
    await send();
    await receiver.completeMessage(await receive());
    await receiveNothing();
  });

  test('that is abandoned comes again at once, counted and with its new properties', async () => {
    const messageId = await send({ applicationProperties: { a: 1 } });
    await receiver.abandonMessage(await receive(), { why: 'busy' });
    const again = await receive();
    await receiver.completeMessage(again);
    expect(again).toMatchObject({
      messageId,
      deliveryCount: 1,
      applicationProperties: { a: 1, why: 'busy' },
    });
  });

  test('that is deferred comes only by its sequence number', async () => {
    const messageId = await send();
    const message = await receive();
    await receiver.deferMessage(message, { step: 'two' });
    await receiveNothing();
    const deferred = await receiveDeferred(message);
    expect(deferred).toMatchObject({
      messageId,
      state: 'deferred',
      deliveryCount: 1,
      applicationProperties: { step: 'two' },
    });
    await receiver.completeMessage(deferred);
    await expect(receiveDeferred(message)).rejects.toMatchObject({ code: 'MessageNotFound' });
  });

  test('that was deferred can be dead-lettered', async () => {
    const messageId = await send();
    const message = await receive();
    await receiver.deferMessage(message);
    const reason = { deadLetterReason: 'Old', deadLetterErrorDescription: 'No one came.' };
    await receiver.deadLetterMessage(await receiveDeferred(message), reason);
    const dead = await receive(deadLetters);
    await deadLetters.completeMessage(dead);
    expect(dead).toMatchObject({ messageId, deadLetterReason: 'Old' });
  });

  test('that is dead-lettered is in the dead-letter queue with its reason', async () => {
    const messageId = await send({ body: 'poison' });
    await receiver.deadLetterMessage(await receive(), {
      deadLetterReason: 'Bad',
      deadLetterErrorDescription: 'No one can read it.',
      attempt: 'first',
    });
    const dead = await receive(deadLetters);
    await deadLetters.completeMessage(dead);
    expect(dead).toMatchObject({
      messageId,
      body: 'poison',
      deadLetterReason: 'Bad',
      deadLetterErrorDescription: 'No one can read it.',
      applicationProperties: { attempt: 'first' },
    });
  });

  test('that was delivered ten times without success is dead-lettered', async () => {
    const messageId = await send();
    for (let times = 0; times < 10; times += 1) {
      const message = await receive();
      expect(message.deliveryCount).toBe(times);
      await receiver.abandonMessage(message);
    }
    await receiveNothing();
    const dead = await receive(deadLetters);
    await deadLetters.completeMessage(dead);
    expect(dead).toMatchObject({
      messageId,
      deadLetterReason: 'MaxDeliveryCountExceeded',
      deadLetterErrorDescription: 'Message could not be consumed after 10 delivery attempts.',
    });
  });

  test('can be settled when the link it came on has closed', async () => {
    await send();
    const other = target.client.createReceiver(QUEUE);
    const message = await receive(other);
    await other.close();
    await receiver.completeMessage(message);
    await receiveNothing();
  });
});

describe('a receiver', () => {
  test('can receive and delete messages', async () => {
    const messageId = await send();
    const taker = target.client.createReceiver(QUEUE, { receiveMode: 'receiveAndDelete' });
    expect(await taker.receiveMessages(1, WAIT)).toMatchObject([{ messageId }]);
    await taker.close();
    await receiveNothing();
  });

  test('that peeks locks nothing', async () => {
    const messageId = await send();
    const seen = await receiver.peekMessages(10);
    expect(seen).toMatchObject([{ messageId, state: 'active' }]);
    expect(seen[0]?.lockToken).toBeUndefined();
    await receiver.completeMessage(await receive());
  });

  test('that subscribes gets everything, several messages at once', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => send()));
    const handled = new Set<unknown>();
    const processor = target.client.createReceiver(QUEUE);
    await new Promise<void>((resolve, reject) => {
      processor.subscribe(
        {
          processMessage: async ({ messageId }) => {
            handled.add(messageId);
            if (handled.size === ids.length) resolve();
          },
          processError: async ({ error }) => reject(error),
        },
        { maxConcurrentCalls: 8 },
      );
    });
    await processor.close();
    expect([...handled].toSorted()).toEqual(ids.toSorted());
    await receiveNothing();
  });
});

describe.runIf(isLocal)('in time', () => {
  const minutes = (count: number): number => count * 60_000;

  test('gets a message again when its lock ends, and the old lock is invalid', async () => {
    const messageId = await send();
    const message = await receive();
    target.clock.advance(minutes(1));
    await expect(receiver.completeMessage(message)).rejects.toMatchObject({
      code: 'MessageLockLost',
    });
    await expect(receiver.renewMessageLock(message)).rejects.toMatchObject({
      code: 'MessageLockLost',
    });
    const again = await receive();
    await receiver.completeMessage(again);
    expect(again).toMatchObject({ messageId, deliveryCount: 1 });
  });

  test('keeps a message longer with a renewed lock', async () => {
    await send();
    const message = await receive();
    target.clock.advance(minutes(0.5));
    const lockedUntil = await receiver.renewMessageLock(message);
    expect(lockedUntil.getTime()).toBe(target.clock.nowMs() + minutes(1));
    target.clock.advance(minutes(0.9));
    await receiver.completeMessage(message);
    await receiveNothing();
  });

  test('finds an expired message in the dead-letter queue, if the queue is set so', async () => {
    const messageId = await send({ timeToLive: minutes(2) });
    target.clock.advance(minutes(2));
    await receiveNothing();
    const dead = await receive(deadLetters);
    await deadLetters.completeMessage(dead);
    expect(dead).toMatchObject({ messageId, deadLetterReason: 'TTLExpiredException' });
  });

  test('that waits gets a message as soon as its lock ends', async () => {
    const messageId = await send();
    await receive();
    const waiting = receive(target.client.createReceiver(QUEUE));
    target.clock.advance(minutes(1));
    const again = await waiting;
    expect(again.messageId).toBe(messageId);
    await receiver.completeMessage(again);
  });
});
