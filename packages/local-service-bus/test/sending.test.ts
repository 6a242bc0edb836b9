import { describe, expect, test } from 'vitest';
import { CoreHarness, minutes, START_MS } from './core/core-harness.ts';

describe('a scheduled message', () => {
  test('waits for its time, and then has a new sequence number', () => {
    const harness = CoreHarness.withQueue();
    harness.send({ messageId: 'later', scheduledEnqueueTimeMs: START_MS + minutes(5) });
    harness.send({ messageId: 'now' });
    expect(harness.namespace.nextDueMs()).toBe(START_MS + minutes(5));
    expect(harness.namespace.counts('jobs')).toMatchObject({ active: 1, scheduled: 1 });
    expect(harness.bodies()).toEqual(['now']);
    harness.nowMs += minutes(5);
    expect(harness.receiveOne()).toMatchObject({
      sequenceNumber: 3,
      enqueuedTimeMs: START_MS + minutes(5),
      state: 'scheduled',
    });
  });

  test('of a journal without the time of sending is shown with its scheduled time', () => {
    const harness = CoreHarness.withQueue();
    const scheduled = { content: { body: 'x' }, sequenceNumber: 1, dueMs: START_MS + minutes(5) };
    harness.namespace.restore({ kind: 'scheduled', path: 'jobs', scheduled });
    expect(harness.namespace.peek('jobs', 0, 1)).toMatchObject([
      { state: 'scheduled', enqueuedTimeMs: START_MS + minutes(5) },
    ]);
  });

  test('whose time has passed is active at once', () => {
    const harness = CoreHarness.withQueue();
    harness.send({ messageId: 'late', scheduledEnqueueTimeMs: START_MS - 1 });
    expect(harness.bodies()).toEqual(['late']);
  });

  test('can be cancelled while it waits, and only then', () => {
    const harness = CoreHarness.withQueue();
    const [first = 0, second = 0] = harness.send(
      { messageId: 'a', scheduledEnqueueTimeMs: START_MS + 1 },
      { messageId: 'b', scheduledEnqueueTimeMs: START_MS + 1 },
    );
    harness.namespace.cancelScheduled('jobs', [first]);
    expect(() => harness.namespace.cancelScheduled('jobs', [second, first])).toThrow(
      /no scheduled message with sequence number 1/,
    );
    harness.nowMs += 1;
    expect(() => harness.namespace.cancelScheduled('jobs', [second])).toThrow(/is active already/);
    expect(harness.bodies()).toEqual(['b']);
  });

  test('has its time to live from the moment it becomes active', () => {
    const harness = CoreHarness.withQueue();
    const scheduledEnqueueTimeMs = START_MS + minutes(60);
    harness.send({ messageId: 'a', scheduledEnqueueTimeMs, timeToLiveMs: minutes(1) });
    harness.nowMs += minutes(60.5);
    expect(harness.namespace.counts('jobs').active).toBe(1);
    harness.nowMs += minutes(0.5);
    expect(harness.namespace.counts('jobs').active).toBe(0);
  });
});

describe('duplicate detection', () => {
  const detecting = () =>
    CoreHarness.withQueue({
      requiresDuplicateDetection: true,
      duplicateDetectionHistoryTimeWindow: 'PT10M',
    });

  test('drops an id that was used within the window, received or not', () => {
    const harness = detecting();
    harness.send({ messageId: 'a' });
    expect(harness.bodies()).toEqual(['a']);
    harness.nowMs += minutes(10) - 1;
    harness.send({ messageId: 'a' });
    expect(harness.bodies()).toEqual([]);
    harness.nowMs += 1;
    harness.send({ messageId: 'a' });
    expect(harness.bodies()).toEqual(['a']);
  });

  test('knows a scheduled message from the moment it was sent, cancelled or not', () => {
    const harness = detecting();
    const scheduledEnqueueTimeMs = START_MS + minutes(60);
    const [first = 0] = harness.send({ messageId: 'a', scheduledEnqueueTimeMs });
    harness.namespace.cancelScheduled('jobs', [first]);
    const [second = 0] = harness.send({ messageId: 'a', scheduledEnqueueTimeMs });
    expect(second).toBeGreaterThan(first);
    expect(() => harness.namespace.cancelScheduled('jobs', [second])).toThrow(/as a duplicate/);
    expect(harness.namespace.counts('jobs').scheduled).toBe(0);
  });

  test('accepts messages without an id, and gives each one', () => {
    const harness = detecting();
    harness.send({ body: 1 }, { body: 2 });
    const ids = harness.namespace.peek('jobs', 1, 2).map(({ content }) => content.messageId);
    expect(new Set([...ids, undefined]).size).toBe(3);
  });
});

describe('limits', () => {
  test('a message that is too large is refused, and those sent with it too', () => {
    const harness = CoreHarness.withQueue({ maxMessageSizeInKilobytes: 1 });
    expect(() => harness.send({ sizeBytes: 10 }, { sizeBytes: 1_025 })).toThrow(
      expect.objectContaining({ condition: 'amqp:link:message-size-exceeded' }),
    );
    expect(harness.bodies()).toEqual([]);
  });

  test('a full queue refuses messages until it is emptied, including its dead-letter queue', () => {
    const harness = CoreHarness.withQueue({ maxSizeInMegabytes: 1 });
    const large = { sizeBytes: 200_000 };
    harness.send(large, large, large, large);
    harness.send({ ...large, scheduledEnqueueTimeMs: START_MS + 1 });
    expect(() => harness.send(large)).toThrow(
      expect.objectContaining({ condition: 'amqp:resource-limit-exceeded' }),
    );
    harness.namespace.settle('jobs', harness.receiveOne().lockToken, { kind: 'dead-letter' });
    expect(() => harness.send(large)).toThrow(/is full/);
    harness.namespace.receiveAndDelete('jobs/$DeadLetterQueue');
    harness.send(large);
  });

  test('an id of more than 128 characters is refused', () => {
    expect(() => CoreHarness.withQueue().send({ messageId: 'x'.repeat(129) })).toThrow(
      /at most 128 characters/,
    );
  });
});

test('peeking shows scheduled, deferred and locked messages, by number, and locks nothing', () => {
  const harness = CoreHarness.withQueue();
  harness.send({ messageId: 'scheduled', scheduledEnqueueTimeMs: START_MS + 1 });
  harness.send({ messageId: 'deferred' }, { messageId: 'locked' }, { messageId: 'ready' });
  harness.namespace.settle('jobs', harness.receiveOne().lockToken, { kind: 'defer' });
  harness.receiveOne();
  const seen = (from: number) =>
    harness.namespace.peek('jobs', from, 3).map(({ content, state }) => [content.body, state]);
  expect(seen(1)).toEqual([
    ['scheduled', 'scheduled'],
    ['deferred', 'deferred'],
    ['locked', 'active'],
  ]);
  expect(seen(4)).toEqual([['ready', 'active']]);
  expect(harness.receiveOne().content.body).toBe('ready');
});

test('a batch that duplicate detection has no room for is refused as a whole', () => {
  const harness = CoreHarness.withQueue({ requiresDuplicateDetection: true });
  const ids = Array.from({ length: 499_999 }, (_, index) => `m${index}`);
  harness.namespace.send(
    'jobs',
    ids.map((messageId) => ({ messageId, body: 0 })),
  );
  expect(() => harness.send({ messageId: 'a' }, { messageId: 'b' })).toThrow(/MessageIds already/);
  expect(harness.namespace.counts('jobs').active).toBe(499_999);
  expect(harness.send({ messageId: 'm1' }, { messageId: 'a' })).toHaveLength(2);
  expect(harness.namespace.counts('jobs').active).toBe(500_000);
});
