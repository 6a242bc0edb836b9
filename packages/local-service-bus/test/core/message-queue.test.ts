import { describe, expect, test } from 'vitest';
import { CoreHarness, minutes, START_MS } from './core-harness.ts';

const DEAD_LETTERS = 'jobs/$DeadLetterQueue';
/** The largest maxDeliveryCount that there is. */
const MAX_DELIVERIES = 2_000;

const lost = expect.objectContaining({ condition: 'com.microsoft:message-lock-lost' });

describe('a locked message', () => {
  test('is not delivered to others until its lock ends, and then comes again with a count', () => {
    const harness = CoreHarness.withQueue({ lockDuration: 'PT1M' });
    harness.send({ messageId: 'a' });
    expect(harness.receiveOne()).toMatchObject({
      deliveryCount: 0,
      lockedUntilMs: START_MS + minutes(1),
    });
    expect(harness.namespace.receive('jobs')).toEqual([]);
    expect(harness.namespace.nextDueMs()).toBe(START_MS + minutes(1));
    harness.nowMs += minutes(1);
    expect(harness.receiveOne()).toMatchObject({ deliveryCount: 1, sequenceNumber: 1 });
  });

  test('stays locked for as long as the lock is renewed', () => {
    const harness = CoreHarness.withQueue();
    harness.send({ messageId: 'a' });
    const { lockToken } = harness.receiveOne();
    harness.nowMs += minutes(0.9);
    expect(harness.namespace.renewLock('jobs', lockToken)).toBe(START_MS + minutes(1.9));
    harness.nowMs += minutes(0.9);
    harness.namespace.settle('jobs', lockToken, { kind: 'complete' });
    expect(harness.namespace.counts('jobs').active).toBe(0);
  });

  test('cannot be settled or renewed once its lock is lost', () => {
    const harness = CoreHarness.withQueue();
    harness.send({ messageId: 'a' });
    const { lockToken } = harness.receiveOne();
    harness.nowMs += minutes(1);
    expect(() => harness.namespace.settle('jobs', lockToken, { kind: 'complete' })).toThrow(lost);
    expect(() => harness.namespace.renewLock('jobs', lockToken)).toThrow(lost);
    expect(harness.namespace.counts('jobs').active).toBe(1);
  });

  test('that is abandoned comes again at once, before later ones, with its new properties', () => {
    const harness = CoreHarness.withQueue();
    harness.send({ messageId: 'a' }, { messageId: 'b' });
    const { lockToken } = harness.receiveOne();
    harness.namespace.settle('jobs', lockToken, { kind: 'abandon', properties: { why: 'busy' } });
    expect(harness.receiveOne()).toMatchObject({
      sequenceNumber: 1,
      deliveryCount: 1,
      modifiedProperties: { why: 'busy' },
    });
  });

  test('that is released comes again without a count, however often', () => {
    const harness = CoreHarness.withQueue({ maxDeliveryCount: 2 });
    harness.send({ messageId: 'a' });
    for (let times = 0; times < 5; times += 1) {
      const { lockToken } = harness.receiveOne();
      harness.namespace.settle('jobs', lockToken, { kind: 'release' });
    }
    expect(harness.receiveOne().deliveryCount).toBe(0);
  });

  test('that is deferred comes only by its number, and stays deferred', () => {
    const harness = CoreHarness.withQueue();
    harness.send({ messageId: 'a' });
    const { lockToken, sequenceNumber } = harness.receiveOne();
    harness.namespace.settle('jobs', lockToken, { kind: 'defer' });
    expect(harness.namespace.receive('jobs')).toEqual([]);
    expect(harness.namespace.counts('jobs')).toMatchObject({ active: 0, deferred: 1 });
    const [again] = harness.namespace.receiveDeferred('jobs', [sequenceNumber]);
    expect(again).toMatchObject({ deliveryCount: 1, state: 'deferred' });
    expect(() => harness.namespace.receiveDeferred('jobs', [sequenceNumber])).toThrow(
      /no unlocked deferred message with sequence number 1/,
    );
    harness.namespace.settle('jobs', again?.lockToken ?? '', { kind: 'abandon' });
    expect(harness.namespace.receiveAndDeleteDeferred('jobs', [sequenceNumber])).toHaveLength(1);
    expect(harness.namespace.counts('jobs')).toMatchObject({ active: 0, deferred: 0 });
  });
});

describe('the dead-letter queue', () => {
  test('gets a message with the maximum of deliveries, with the reason', () => {
    const harness = CoreHarness.withQueue({ maxDeliveryCount: 3 });
    harness.send({ messageId: 'a' });
    for (let times = 0; times < 3; times += 1) {
      harness.namespace.settle('jobs', harness.receiveOne().lockToken, { kind: 'abandon' });
    }
    expect(harness.namespace.counts('jobs')).toMatchObject({ active: 0, deadLettered: 1 });
    expect(harness.receiveOne('jobs/$DeadLetterQueue')).toMatchObject({
      deliveryCount: 3,
      modifiedProperties: {
        DeadLetterReason: 'MaxDeliveryCountExceeded',
        DeadLetterErrorDescription: 'Message could not be consumed after 3 delivery attempts.',
      },
    });
  });

  test('gets what a receiver puts there, and delivers it again and again', () => {
    const harness = CoreHarness.withQueue({ maxDeliveryCount: 1 });
    harness.send({ messageId: 'a' });
    const outcome = { kind: 'dead-letter', reason: 'Bad', description: 'Very bad.' } as const;
    harness.namespace.settle('jobs', harness.receiveOne().lockToken, outcome);
    const deadLetters = 'jobs/$deadletterqueue';
    for (let times = 0; times < 3; times += 1) {
      const message = harness.receiveOne(deadLetters);
      expect(message.modifiedProperties).toEqual({
        DeadLetterReason: 'Bad',
        DeadLetterErrorDescription: 'Very bad.',
      });
      harness.namespace.settle(deadLetters, message.lockToken, { kind: 'abandon' });
    }
    expect(() =>
      harness.namespace.settle(deadLetters, harness.receiveOne(deadLetters).lockToken, outcome),
    ).toThrow(/not dead-lettered again/);
  });
});

describe('a message with a time to live', () => {
  test('is dead-lettered when it expires, if that is configured', () => {
    const harness = CoreHarness.withQueue({
      defaultMessageTimeToLive: 'PT10M',
      deadLetteringOnMessageExpiration: true,
    });
    harness.send({ messageId: 'own', timeToLiveMs: minutes(5) }, { messageId: 'default' });
    harness.nowMs += minutes(5);
    expect(harness.namespace.counts('jobs')).toMatchObject({ active: 1, deadLettered: 1 });
    harness.nowMs += minutes(5);
    expect(harness.namespace.counts('jobs')).toMatchObject({ active: 0, deadLettered: 2 });
    expect(harness.receiveOne('jobs/$DeadLetterQueue').modifiedProperties).toEqual({
      DeadLetterReason: 'TTLExpiredException',
      DeadLetterErrorDescription: 'The message expired and was dead lettered.',
    });
  });

  test('is gone when it expires, if that is not configured', () => {
    const harness = CoreHarness.withQueue();
    harness.send({ messageId: 'a', timeToLiveMs: 1_000 });
    harness.nowMs += 1_000;
    expect(harness.namespace.counts('jobs')).toMatchObject({ active: 0, deadLettered: 0 });
  });

  test('does not expire while it is deferred, but when it is received then', () => {
    const harness = CoreHarness.withQueue({ deadLetteringOnMessageExpiration: true });
    harness.send({ messageId: 'a', timeToLiveMs: 1_000 }, { messageId: 'b', timeToLiveMs: 1_000 });
    const [first, second] = harness.namespace.receive('jobs', 2);
    for (const message of [first, second]) {
      harness.namespace.settle('jobs', message?.lockToken ?? '', { kind: 'defer' });
    }
    harness.nowMs += 2_000;
    expect(harness.namespace.counts('jobs')).toMatchObject({ deferred: 2, deadLettered: 0 });
    expect(() => harness.namespace.receiveDeferred('jobs', [1])).toThrow(/no unlocked deferred/);
    expect(() => harness.namespace.receiveAndDeleteDeferred('jobs', [2])).toThrow(/no unlocked/);
    expect(harness.namespace.counts('jobs')).toMatchObject({ deferred: 0, deadLettered: 2 });
    expect(harness.receiveOne('jobs/$DeadLetterQueue').modifiedProperties).toMatchObject({
      DeadLetterReason: 'TTLExpiredException',
    });
  });

  test('does not expire while it is locked', () => {
    const harness = CoreHarness.withQueue({ lockDuration: 'PT1M' });
    harness.send({ messageId: 'a', timeToLiveMs: 1_000 }, { messageId: 'b', timeToLiveMs: 1_000 });
    const [first, second] = harness.namespace.receive('jobs', 2);
    harness.nowMs += 2_000;
    harness.namespace.settle('jobs', first?.lockToken ?? '', { kind: 'complete' });
    harness.namespace.settle('jobs', second?.lockToken ?? '', { kind: 'abandon' });
    expect(harness.namespace.counts('jobs').active).toBe(0);
  });
});

test('a dead letter comes again however often it is abandoned, without a count', () => {
  const harness = CoreHarness.withQueue({ maxDeliveryCount: 1 });
  harness.send({ messageId: 'a' });
  harness.namespace.settle('jobs', harness.receiveOne().lockToken, { kind: 'abandon' });
  for (let times = 1; times <= MAX_DELIVERIES; times += 1) {
    const { lockToken } = harness.receiveOne(DEAD_LETTERS);
    harness.namespace.settle(DEAD_LETTERS, lockToken, { kind: 'abandon' });
  }
  expect(harness.receiveOne(DEAD_LETTERS).deliveryCount).toBe(1);
});
