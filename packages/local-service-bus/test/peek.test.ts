import type { PeekMessagesOptions } from '@azure/service-bus';
import Long from 'long';
import { describe, expect, test } from 'vitest';
import { CoreHarness, START_MS } from './core/core-harness.ts';
import { SdkHarness } from './sdk-harness.ts';

const FEW = 1_000;
const MANY = 100_000;
/** A peek that reads all messages takes a hundred times as long among the many. */
const MAX_RATIO = 10;
const FROM_THE_START: PeekMessagesOptions = { fromSequenceNumber: Long.ZERO };
/** The client has the option, and does not type it. */
const WITHOUT_BODY = { ...FROM_THE_START, omitMessageBody: true } as PeekMessagesOptions;
const WITH_BODY = { ...FROM_THE_START, omitMessageBody: false } as PeekMessagesOptions;

const messages = (count: number, more: object = {}) =>
  Array.from({ length: count }, (_, index) => ({ body: index, ...more }));

describe('peeking without bodies', () => {
  test('shows everything else, and the size of the body', async () => {
    const harness = await SdkHarness.withQueue();
    const body = 'ä'.repeat(1_000);
    const applicationProperties = { a: 1 };
    await harness.sender.sendMessages({
      body,
      messageId: 'm',
      subject: 's',
      applicationProperties,
    });
    const [seen] = await harness.receiver.peekMessages(1, WITHOUT_BODY);
    expect(seen).toMatchObject({ messageId: 'm', subject: 's', applicationProperties });
    expect(seen?.body).toBeUndefined();
    const size = seen?._rawAmqpMessage.deliveryAnnotations?.['omitted-message-body-size'];
    expect(Number(size)).toBeGreaterThanOrEqual(Buffer.byteLength(body));
    expect(Number(size)).toBeLessThan(Buffer.byteLength(body) + 50);
  });

  test.each([WITH_BODY, FROM_THE_START])('is not done unasked: %o', async (options) => {
    const harness = await SdkHarness.withQueue();
    await harness.sender.sendMessages({ body: 'here' });
    const [seen] = await harness.receiver.peekMessages(1, options);
    expect(seen?.body).toBe('here');
    expect(seen?._rawAmqpMessage.deliveryAnnotations).toEqual({});
  });

  test('does not change the message', async () => {
    const harness = await SdkHarness.withQueue();
    await harness.sender.sendMessages({ body: 'here' });
    await harness.receiver.peekMessages(1, WITHOUT_BODY);
    expect((await harness.receiveOne()).body).toBe('here');
  });
});

describe('peeking continues where it stopped', () => {
  test('over scheduled, active, deferred and locked messages, each once and by number', async () => {
    const harness = await SdkHarness.withQueue();
    const scheduledEnqueueTimeUtc = new Date(START_MS + 1);
    for (let round = 0; round < 4; round += 1) {
      await harness.sender.sendMessages({ body: 'later', scheduledEnqueueTimeUtc });
      await harness.sender.sendMessages({ body: 'now' });
    }
    await harness.receiver.deferMessage(await harness.receiveOne());
    await harness.receiveOne();
    const pages: number[][] = [];
    for (;;) {
      const page = await harness.receiver.peekMessages(3);
      if (page.length === 0) break;
      pages.push(page.map(({ sequenceNumber }) => sequenceNumber?.toNumber() ?? 0));
    }
    expect(pages).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8],
    ]);
    expect(await harness.receiver.peekMessages(3)).toEqual([]);
  });

  test('from any number, even that of a message that is gone', async () => {
    const harness = await SdkHarness.withQueue();
    await harness.sender.sendMessages([{ body: 1 }, { body: 2 }, { body: 3 }]);
    await harness.receiver.completeMessage(await harness.receiveOne());
    await harness.receiver.completeMessage(await harness.receiveOne());
    const bodies = async (from: number) =>
      (await harness.receiver.peekMessages(5, { fromSequenceNumber: Long.fromNumber(from) })).map(
        ({ body }) => body,
      );
    expect(await bodies(0)).toEqual([3]);
    expect(await bodies(2)).toEqual([3]);
    expect(await bodies(3)).toEqual([3]);
    expect(await bodies(4)).toEqual([]);
  });

  test('in a dead-letter queue by number, in whatever order they came there', async () => {
    const harness = await SdkHarness.withQueue();
    await harness.sender.sendMessages([{ body: 1 }, { body: 2 }, { body: 3 }]);
    const received = [
      await harness.receiveOne(),
      await harness.receiveOne(),
      await harness.receiveOne(),
    ];
    for (const message of received.toReversed()) await harness.receiver.deadLetterMessage(message);
    const seen = [
      ...(await harness.deadLetters.peekMessages(2)),
      ...(await harness.deadLetters.peekMessages(2)),
    ];
    expect(seen.map(({ body }) => body)).toEqual([1, 2, 3]);
  });
});

test('peeking returns at most 250 messages at once, and none if none are requested', () => {
  const harness = CoreHarness.withQueue();
  harness.send(...messages(200), ...messages(200, { scheduledEnqueueTimeMs: START_MS + 1 }));
  expect(harness.namespace.peek('jobs', 0, Infinity)).toHaveLength(250);
  expect(harness.namespace.peek('jobs', 0, 0)).toEqual([]);
  expect(harness.namespace.peek('jobs', 0, -1)).toEqual([]);
});

const MIN_TRIES = 9;
const MAX_TRIES = 500;

/**
 * How many times as long one takes as the other, each at its quickest. They take turns, and are tried again while it is too
 * much, so that what else the machine does makes no difference.
 */
async function ratioOf(one: () => unknown, other: () => unknown): Promise<number> {
  let [oneMs, otherMs] = [Infinity, Infinity];
  const isEnough = (tries: number) => tries >= MIN_TRIES && oneMs / otherMs < MAX_RATIO;
  for (let tries = 0; tries < MAX_TRIES && !isEnough(tries); tries += 1) {
    otherMs = Math.min(otherMs, await durationMs(other));
    oneMs = Math.min(oneMs, await durationMs(one));
  }
  return oneMs / otherMs;
}

async function durationMs(work: () => unknown): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

const PLACES = [
  ['the first', 0],
  ['one in the middle', 0.5],
  ['the last', 1],
] as const;

describe.each([
  ['active', {}],
  ['scheduled', { scheduledEnqueueTimeMs: START_MS + 1 }],
] as const)(
  'peeking among 100,000 %s messages takes no longer than among 1,000:',
  (_state, more) => {
    test.each(PLACES)('at %s', async (_which, share) => {
      const peekingAmong = (count: number) => {
        const harness = CoreHarness.withQueue();
        harness.send(...messages(count, more));
        const from = Math.max(1, share * count);
        expect(harness.namespace.peek('jobs', from, 1)).toMatchObject([{ sequenceNumber: from }]);
        return () => {
          for (let times = 0; times < 20; times += 1) harness.namespace.peek('jobs', from, 1);
        };
      };
      expect(await ratioOf(peekingAmong(MANY), peekingAmong(FEW))).toBeLessThan(MAX_RATIO);
    });
  },
);

test('a client peeks at one of 100,000 messages about as quickly as at one of 1,000', async () => {
  const peekingAmong = async (count: number) => {
    const harness = await SdkHarness.withQueue();
    harness.broker.namespace.send('jobs', messages(count));
    await harness.peekOne();
    return () => harness.peekOne();
  };
  const ratio = await ratioOf(await peekingAmong(MANY), await peekingAmong(FEW));
  expect(ratio).toBeLessThan(MAX_RATIO);
});
