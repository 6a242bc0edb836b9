import { describe, expect, test } from 'vitest';
import { CoreStage, minutes, START_MS } from './core/core-stage.ts';

describe('a scheduled message', () => {
  test('waits for its time, and then has a new sequence number', () => {
    const stage = CoreStage.withQueue();
    stage.send({ messageId: 'later', scheduledEnqueueTimeMs: START_MS + minutes(5) });
    stage.send({ messageId: 'now' });
    expect(stage.namespace.nextDueMs()).toBe(START_MS + minutes(5));
    expect(stage.namespace.counts('jobs')).toMatchObject({ active: 1, scheduled: 1 });
    expect(stage.bodies()).toEqual(['now']);
    stage.nowMs += minutes(5);
    expect(stage.receiveOne()).toMatchObject({
      sequenceNumber: 3,
      enqueuedTimeMs: START_MS + minutes(5),
      state: 'scheduled',
    });
  });

  test('of a journal that does not say when it was sent is shown with its time', () => {
    const stage = CoreStage.withQueue();
    const scheduled = { content: { body: 'x' }, sequenceNumber: 1, dueMs: START_MS + minutes(5) };
    stage.namespace.restore({ kind: 'scheduled', path: 'jobs', scheduled });
    expect(stage.namespace.peek('jobs', 0, 1)).toMatchObject([
      { state: 'scheduled', enqueuedTimeMs: START_MS + minutes(5) },
    ]);
  });

  test('whose time has passed is active at once', () => {
    const stage = CoreStage.withQueue();
    stage.send({ messageId: 'late', scheduledEnqueueTimeMs: START_MS - 1 });
    expect(stage.bodies()).toEqual(['late']);
  });

  test('can be cancelled while it waits, and only then', () => {
    const stage = CoreStage.withQueue();
    const [first = 0, second = 0] = stage.send(
      { messageId: 'a', scheduledEnqueueTimeMs: START_MS + 1 },
      { messageId: 'b', scheduledEnqueueTimeMs: START_MS + 1 },
    );
    stage.namespace.cancelScheduled('jobs', [first]);
    expect(() => stage.namespace.cancelScheduled('jobs', [second, first])).toThrow(
      /no scheduled message with sequence number 1/,
    );
    stage.nowMs += 1;
    expect(() => stage.namespace.cancelScheduled('jobs', [second])).toThrow(/is active already/);
    expect(stage.bodies()).toEqual(['b']);
  });

  test('lives its time from the moment it becomes active', () => {
    const stage = CoreStage.withQueue();
    const scheduledEnqueueTimeMs = START_MS + minutes(60);
    stage.send({ messageId: 'a', scheduledEnqueueTimeMs, timeToLiveMs: minutes(1) });
    stage.nowMs += minutes(60.5);
    expect(stage.namespace.counts('jobs').active).toBe(1);
    stage.nowMs += minutes(0.5);
    expect(stage.namespace.counts('jobs').active).toBe(0);
  });
});

describe('duplicate detection', () => {
  const detecting = () =>
    CoreStage.withQueue({
      requiresDuplicateDetection: true,
      duplicateDetectionHistoryTimeWindow: 'PT10M',
    });

  test('drops an id that was used within the window, received or not', () => {
    const stage = detecting();
    stage.send({ messageId: 'a' });
    expect(stage.bodies()).toEqual(['a']);
    stage.nowMs += minutes(10) - 1;
    stage.send({ messageId: 'a' });
    expect(stage.bodies()).toEqual([]);
    stage.nowMs += 1;
    stage.send({ messageId: 'a' });
    expect(stage.bodies()).toEqual(['a']);
  });

  test('knows a scheduled message from the moment it was sent, cancelled or not', () => {
    const stage = detecting();
    const scheduledEnqueueTimeMs = START_MS + minutes(60);
    const [first = 0] = stage.send({ messageId: 'a', scheduledEnqueueTimeMs });
    stage.namespace.cancelScheduled('jobs', [first]);
    const [second = 0] = stage.send({ messageId: 'a', scheduledEnqueueTimeMs });
    expect(second).toBeGreaterThan(first);
    expect(() => stage.namespace.cancelScheduled('jobs', [second])).toThrow(/as a duplicate/);
    expect(stage.namespace.counts('jobs').scheduled).toBe(0);
  });

  test('lets messages without an id through, and each is given one', () => {
    const stage = detecting();
    stage.send({ body: 1 }, { body: 2 });
    const ids = stage.namespace.peek('jobs', 1, 2).map(({ content }) => content.messageId);
    expect(new Set([...ids, undefined]).size).toBe(3);
  });
});

describe('limits', () => {
  test('a message that is too large is refused, and those sent with it too', () => {
    const stage = CoreStage.withQueue({ maxMessageSizeInKilobytes: 1 });
    expect(() => stage.send({ sizeBytes: 10 }, { sizeBytes: 1_025 })).toThrow(
      expect.objectContaining({ condition: 'amqp:link:message-size-exceeded' }),
    );
    expect(stage.bodies()).toEqual([]);
  });

  test('a full queue refuses, until it is emptied, its dead-letter queue included', () => {
    const stage = CoreStage.withQueue({ maxSizeInMegabytes: 1 });
    const large = { sizeBytes: 200_000 };
    stage.send(large, large, large, large);
    stage.send({ ...large, scheduledEnqueueTimeMs: START_MS + 1 });
    expect(() => stage.send(large)).toThrow(
      expect.objectContaining({ condition: 'amqp:resource-limit-exceeded' }),
    );
    stage.namespace.settle('jobs', stage.receiveOne().lockToken, { kind: 'dead-letter' });
    expect(() => stage.send(large)).toThrow(/is full/);
    stage.namespace.receiveAndDelete('jobs/$DeadLetterQueue');
    stage.send(large);
  });

  test('an id of more than 128 characters is refused', () => {
    expect(() => CoreStage.withQueue().send({ messageId: 'x'.repeat(129) })).toThrow(
      /at most 128 characters/,
    );
  });
});

test('peeking shows scheduled, deferred and locked messages, by number, and locks nothing', () => {
  const stage = CoreStage.withQueue();
  stage.send({ messageId: 'scheduled', scheduledEnqueueTimeMs: START_MS + 1 });
  stage.send({ messageId: 'deferred' }, { messageId: 'locked' }, { messageId: 'ready' });
  stage.namespace.settle('jobs', stage.receiveOne().lockToken, { kind: 'defer' });
  stage.receiveOne();
  const seen = (from: number) =>
    stage.namespace.peek('jobs', from, 3).map(({ content, state }) => [content.body, state]);
  expect(seen(1)).toEqual([
    ['scheduled', 'scheduled'],
    ['deferred', 'deferred'],
    ['locked', 'active'],
  ]);
  expect(seen(4)).toEqual([['ready', 'active']]);
  expect(stage.receiveOne().content.body).toBe('ready');
});

test('a sending that duplicate detection has no room for is refused as a whole', () => {
  const stage = CoreStage.withQueue({ requiresDuplicateDetection: true });
  const ids = Array.from({ length: 499_999 }, (_, index) => `m${index}`);
  stage.namespace.send(
    'jobs',
    ids.map((messageId) => ({ messageId, body: 0 })),
  );
  expect(() => stage.send({ messageId: 'a' }, { messageId: 'b' })).toThrow(/MessageIds already/);
  expect(stage.namespace.counts('jobs').active).toBe(499_999);
  expect(stage.send({ messageId: 'm1' }, { messageId: 'a' })).toHaveLength(2);
  expect(stage.namespace.counts('jobs').active).toBe(500_000);
});
