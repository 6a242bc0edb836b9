import { describe, expect, test } from 'vitest';
import { CoreStage, minutes, START_MS } from './core-stage.ts';

const DEAD_LETTERS = 'jobs/$DeadLetterQueue';
/** The largest maxDeliveryCount that there is. */
const MAX_DELIVERIES = 2_000;

const lost = expect.objectContaining({ condition: 'com.microsoft:message-lock-lost' });

describe('a locked message', () => {
  test('is nobody else’s until its lock ends, and then comes again, counted', () => {
    const stage = CoreStage.withQueue({ lockDuration: 'PT1M' });
    stage.send({ messageId: 'a' });
    expect(stage.receiveOne()).toMatchObject({
      deliveryCount: 0,
      lockedUntilMs: START_MS + minutes(1),
    });
    expect(stage.namespace.receive('jobs')).toEqual([]);
    expect(stage.namespace.nextDueMs()).toBe(START_MS + minutes(1));
    stage.nowMs += minutes(1);
    expect(stage.receiveOne()).toMatchObject({ deliveryCount: 1, sequenceNumber: 1 });
  });

  test('stays locked for as long as the lock is renewed', () => {
    const stage = CoreStage.withQueue();
    stage.send({ messageId: 'a' });
    const { lockToken } = stage.receiveOne();
    stage.nowMs += minutes(0.9);
    expect(stage.namespace.renewLock('jobs', lockToken)).toBe(START_MS + minutes(1.9));
    stage.nowMs += minutes(0.9);
    stage.namespace.settle('jobs', lockToken, { kind: 'complete' });
    expect(stage.namespace.counts('jobs').active).toBe(0);
  });

  test('cannot be settled or renewed once its lock is lost', () => {
    const stage = CoreStage.withQueue();
    stage.send({ messageId: 'a' });
    const { lockToken } = stage.receiveOne();
    stage.nowMs += minutes(1);
    expect(() => stage.namespace.settle('jobs', lockToken, { kind: 'complete' })).toThrow(lost);
    expect(() => stage.namespace.renewLock('jobs', lockToken)).toThrow(lost);
    expect(stage.namespace.counts('jobs').active).toBe(1);
  });

  test('that is abandoned comes again at once, before later ones, with its new properties', () => {
    const stage = CoreStage.withQueue();
    stage.send({ messageId: 'a' }, { messageId: 'b' });
    const { lockToken } = stage.receiveOne();
    stage.namespace.settle('jobs', lockToken, { kind: 'abandon', properties: { why: 'busy' } });
    expect(stage.receiveOne()).toMatchObject({
      sequenceNumber: 1,
      deliveryCount: 1,
      modifiedProperties: { why: 'busy' },
    });
  });

  test('that is released comes again uncounted, however often', () => {
    const stage = CoreStage.withQueue({ maxDeliveryCount: 2 });
    stage.send({ messageId: 'a' });
    for (let times = 0; times < 5; times += 1) {
      const { lockToken } = stage.receiveOne();
      stage.namespace.settle('jobs', lockToken, { kind: 'release' });
    }
    expect(stage.receiveOne().deliveryCount).toBe(0);
  });

  test('that is deferred comes only to who asks for its number, and goes back there', () => {
    const stage = CoreStage.withQueue();
    stage.send({ messageId: 'a' });
    const { lockToken, sequenceNumber } = stage.receiveOne();
    stage.namespace.settle('jobs', lockToken, { kind: 'defer' });
    expect(stage.namespace.receive('jobs')).toEqual([]);
    expect(stage.namespace.counts('jobs')).toMatchObject({ active: 0, deferred: 1 });
    const [again] = stage.namespace.receiveDeferred('jobs', [sequenceNumber]);
    expect(again).toMatchObject({ deliveryCount: 1, state: 'deferred' });
    expect(() => stage.namespace.receiveDeferred('jobs', [sequenceNumber])).toThrow(
      /no unlocked deferred message with sequence number 1/,
    );
    stage.namespace.settle('jobs', again?.lockToken ?? '', { kind: 'abandon' });
    expect(stage.namespace.receiveAndDeleteDeferred('jobs', [sequenceNumber])).toHaveLength(1);
    expect(stage.namespace.counts('jobs')).toMatchObject({ active: 0, deferred: 0 });
  });
});

describe('the dead-letter queue', () => {
  test('gets a message that was delivered as often as allowed, with the reason', () => {
    const stage = CoreStage.withQueue({ maxDeliveryCount: 3 });
    stage.send({ messageId: 'a' });
    for (let times = 0; times < 3; times += 1) {
      stage.namespace.settle('jobs', stage.receiveOne().lockToken, { kind: 'abandon' });
    }
    expect(stage.namespace.counts('jobs')).toMatchObject({ active: 0, deadLettered: 1 });
    expect(stage.receiveOne('jobs/$DeadLetterQueue')).toMatchObject({
      deliveryCount: 3,
      modifiedProperties: {
        DeadLetterReason: 'MaxDeliveryCountExceeded',
        DeadLetterErrorDescription: 'Message could not be consumed after 3 delivery attempts.',
      },
    });
  });

  test('gets what a receiver puts there, and gives it again and again', () => {
    const stage = CoreStage.withQueue({ maxDeliveryCount: 1 });
    stage.send({ messageId: 'a' });
    const outcome = { kind: 'dead-letter', reason: 'Bad', description: 'Very bad.' } as const;
    stage.namespace.settle('jobs', stage.receiveOne().lockToken, outcome);
    const deadLetters = 'jobs/$deadletterqueue';
    for (let times = 0; times < 3; times += 1) {
      const message = stage.receiveOne(deadLetters);
      expect(message.modifiedProperties).toEqual({
        DeadLetterReason: 'Bad',
        DeadLetterErrorDescription: 'Very bad.',
      });
      stage.namespace.settle(deadLetters, message.lockToken, { kind: 'abandon' });
    }
    expect(() =>
      stage.namespace.settle(deadLetters, stage.receiveOne(deadLetters).lockToken, outcome),
    ).toThrow(/not dead-lettered again/);
  });
});

describe('a message that lives only for a time', () => {
  test('is dead-lettered when it expires, where that is configured', () => {
    const stage = CoreStage.withQueue({
      defaultMessageTimeToLive: 'PT10M',
      deadLetteringOnMessageExpiration: true,
    });
    stage.send({ messageId: 'own', timeToLiveMs: minutes(5) }, { messageId: 'default' });
    stage.nowMs += minutes(5);
    expect(stage.namespace.counts('jobs')).toMatchObject({ active: 1, deadLettered: 1 });
    stage.nowMs += minutes(5);
    expect(stage.namespace.counts('jobs')).toMatchObject({ active: 0, deadLettered: 2 });
    expect(stage.receiveOne('jobs/$DeadLetterQueue').modifiedProperties).toEqual({
      DeadLetterReason: 'TTLExpiredException',
      DeadLetterErrorDescription: 'The message expired and was dead lettered.',
    });
  });

  test('is gone when it expires, where that is not', () => {
    const stage = CoreStage.withQueue();
    stage.send({ messageId: 'a', timeToLiveMs: 1_000 });
    stage.nowMs += 1_000;
    expect(stage.namespace.counts('jobs')).toMatchObject({ active: 0, deadLettered: 0 });
  });

  test('does not expire while it is deferred, but when somebody asks for it then', () => {
    const stage = CoreStage.withQueue({ deadLetteringOnMessageExpiration: true });
    stage.send({ messageId: 'a', timeToLiveMs: 1_000 }, { messageId: 'b', timeToLiveMs: 1_000 });
    const [first, second] = stage.namespace.receive('jobs', 2);
    for (const message of [first, second]) {
      stage.namespace.settle('jobs', message?.lockToken ?? '', { kind: 'defer' });
    }
    stage.nowMs += 2_000;
    expect(stage.namespace.counts('jobs')).toMatchObject({ deferred: 2, deadLettered: 0 });
    expect(() => stage.namespace.receiveDeferred('jobs', [1])).toThrow(/no unlocked deferred/);
    expect(() => stage.namespace.receiveAndDeleteDeferred('jobs', [2])).toThrow(/no unlocked/);
    expect(stage.namespace.counts('jobs')).toMatchObject({ deferred: 0, deadLettered: 2 });
    expect(stage.receiveOne('jobs/$DeadLetterQueue').modifiedProperties).toMatchObject({
      DeadLetterReason: 'TTLExpiredException',
    });
  });

  test('does not expire in the hands of a receiver', () => {
    const stage = CoreStage.withQueue({ lockDuration: 'PT1M' });
    stage.send({ messageId: 'a', timeToLiveMs: 1_000 }, { messageId: 'b', timeToLiveMs: 1_000 });
    const [first, second] = stage.namespace.receive('jobs', 2);
    stage.nowMs += 2_000;
    stage.namespace.settle('jobs', first?.lockToken ?? '', { kind: 'complete' });
    stage.namespace.settle('jobs', second?.lockToken ?? '', { kind: 'abandon' });
    expect(stage.namespace.counts('jobs').active).toBe(0);
  });
});

test('a dead letter comes again however often it is abandoned, uncounted, more often than any queue would allow', () => {
  const stage = CoreStage.withQueue({ maxDeliveryCount: 1 });
  stage.send({ messageId: 'a' });
  stage.namespace.settle('jobs', stage.receiveOne().lockToken, { kind: 'abandon' });
  for (let times = 1; times <= MAX_DELIVERIES; times += 1) {
    const { lockToken } = stage.receiveOne(DEAD_LETTERS);
    stage.namespace.settle(DEAD_LETTERS, lockToken, { kind: 'abandon' });
  }
  expect(stage.receiveOne(DEAD_LETTERS).deliveryCount).toBe(1);
});
