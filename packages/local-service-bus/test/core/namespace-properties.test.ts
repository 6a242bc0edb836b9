import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BrokeredMessage, LockedMessage, Outcome } from '../../src/core/message.ts';
import { CoreHarness, START_MS } from './core-harness.ts';

const SEED = 20_261_123;
const MAX_DELIVERIES = 3;
const LOCK_MS = 60_000;

type Step =
  | { readonly do: 'send'; readonly id: number; readonly delayMs: number }
  | { readonly do: 'receive'; readonly count: number }
  | { readonly do: 'settle'; readonly pick: number; readonly kind: Outcome['kind'] }
  | { readonly do: 'renew'; readonly pick: number }
  | { readonly do: 'wait'; readonly ms: number };

const kinds = ['complete', 'abandon', 'defer', 'dead-letter', 'release'] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('send' as const),
    id: fc.nat(30),
    delayMs: fc.constantFrom(0, 0, 1, LOCK_MS, 3 * LOCK_MS),
  }),
  fc.record({ do: fc.constant('receive' as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    do: fc.constant('settle' as const),
    pick: fc.nat(9),
    kind: fc.constantFrom(...kinds),
  }),
  fc.record({ do: fc.constant('renew' as const), pick: fc.nat(9) }),
  fc.record({
    do: fc.constant('wait' as const),
    ms: fc.constantFrom(1, LOCK_MS / 2, LOCK_MS - 1, LOCK_MS, 5 * LOCK_MS),
  }),
);

/** Drives a queue, and keeps account of what was sent, what is locked, and what must come of it. */
class Account {
  readonly harness: CoreHarness;
  readonly accepted = new Set<string>();
  readonly completed = new Set<string>();
  readonly deliveries = new Map<string, number>();
  readonly held = new Map<string, LockedMessage>();

  constructor(isDetecting: boolean) {
    this.harness = CoreHarness.withQueue({
      maxDeliveryCount: MAX_DELIVERIES,
      requiresDuplicateDetection: isDetecting,
      duplicateDetectionHistoryTimeWindow: 'P7D',
    });
  }

  take(one: Step): void {
    switch (one.do) {
      case 'send':
        this.accepted.add(`m${one.id}`);
        this.harness.send({
          messageId: `m${one.id}`,
          scheduledEnqueueTimeMs: this.harness.nowMs + one.delayMs,
        });
        break;
      case 'receive':
        this.#receive(one.count);
        break;
      case 'settle':
        this.#settle(one.pick, one.kind);
        break;
      case 'renew':
        this.#renew(one.pick);
        break;
      case 'wait':
        this.harness.nowMs += one.ms;
        break;
    }
  }

  #receive(count: number): void {
    const messages = this.harness.namespace.receive('jobs', count);
    const numbers = messages.map((message) => message.sequenceNumber);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    for (const message of messages) {
      const id = String(message.content.messageId);
      const before = this.held.get(id);
      expect(before?.lockedUntilMs ?? 0).toBeLessThanOrEqual(this.harness.nowMs);
      expect(this.completed).not.toContain(id);
      expect(message.deliveryCount).toBeLessThan(MAX_DELIVERIES);
      expect(message.deliveryCount).toBeGreaterThanOrEqual(this.deliveries.get(id) ?? 0);
      this.deliveries.set(id, message.deliveryCount);
      this.held.set(id, message);
    }
  }

  #settle(pick: number, kind: Outcome['kind']): void {
    const [id, message] = [...this.held][pick] ?? [];
    if (id === undefined || message === undefined) return;
    this.held.delete(id);
    if (message.lockedUntilMs <= this.harness.nowMs) {
      expect(() => this.harness.namespace.settle('jobs', message.lockToken, { kind })).toThrow(
        /lock/,
      );
      return;
    }
    this.harness.namespace.settle('jobs', message.lockToken, { kind });
    if (kind === 'complete') this.completed.add(id);
  }

  #renew(pick: number): void {
    const [id, message] = [...this.held][pick] ?? [];
    if (id === undefined || message === undefined) return;
    if (message.lockedUntilMs <= this.harness.nowMs) return;
    const lockedUntilMs = this.harness.namespace.renewLock('jobs', message.lockToken);
    this.held.set(id, { ...message, lockedUntilMs });
  }

  /** Everything the queue and its dead-letter queue still hold, wherever it is. */
  left(): string[] {
    return ['jobs', 'jobs/$DeadLetterQueue'].flatMap((path) =>
      this.harness.namespace
        .peek(path, 1, 1_000)
        .map((message) => String(message.content.messageId)),
    );
  }
}

test('no message is lost or duplicated: each accepted one is completed or still there, once', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const account = new Account(true);
      for (const one of steps) account.take(one);
      const everything = [...account.completed, ...account.left()];
      expect(everything.toSorted()).toEqual([...account.accepted].toSorted());
    }),
    { seed: SEED, numRuns: 400 },
  );
});

/** One that no longer waits is shown as scheduled, too. */
const isWaiting = ({ state, enqueuedTimeMs, content }: BrokeredMessage): boolean =>
  state === 'scheduled' && enqueuedTimeMs < (content.scheduledEnqueueTimeMs ?? 0);

test('the counts are those of the messages, and nothing is due in the past', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const driven = new Account(true);
      for (const one of steps) driven.take(one);
      const { namespace, nowMs } = driven.harness;
      const counts = namespace.counts('jobs');
      const seen = namespace.peek('jobs', 1, 1_000);
      const deferred = seen.filter(({ state }) => state === 'deferred');
      const waiting = seen.filter(isWaiting);
      expect(deferred).toHaveLength(counts.deferred);
      expect(waiting).toHaveLength(counts.scheduled);
      expect(seen.length - deferred.length - waiting.length).toBe(counts.active);
      expect(namespace.nextDueMs()).toBeGreaterThan(nowMs);
    }),
    { seed: SEED, numRuns: 200 },
  );
});

test('timed events do not depend on how often the clock is read', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const [coarse, fine] = [new Account(true), new Account(true)];
      for (const one of steps) {
        coarse.take(one);
        if (one.do === 'wait') visitEveryDueTime(fine, one.ms);
        else fine.take(one);
      }
      expect(fine.left().toSorted()).toEqual(coarse.left().toSorted());
      expect(fine.harness.namespace.counts('jobs')).toEqual(
        coarse.harness.namespace.counts('jobs'),
      );
    }),
    { seed: SEED, numRuns: 200 },
  );
});

function visitEveryDueTime({ harness }: Account, ms: number): void {
  const endMs = harness.nowMs + ms;
  for (let dueMs = harness.namespace.nextDueMs(); dueMs <= endMs; ) {
    harness.nowMs = dueMs;
    harness.namespace.advance();
    dueMs = harness.namespace.nextDueMs();
  }
  harness.nowMs = endMs;
}

test('an id is accepted once per window, and every send is answered', () => {
  const use = fc.record({ id: fc.nat(5), afterMs: fc.nat(40_000) });
  fc.assert(
    fc.property(fc.array(use, { maxLength: 60 }), (uses) => {
      const harness = CoreHarness.withQueue({
        requiresDuplicateDetection: true,
        duplicateDetectionHistoryTimeWindow: 'PT30S',
      });
      const openUntilMs = new Map<number, number>();
      const expected: string[] = [];
      for (const { id, afterMs } of uses) {
        harness.nowMs += afterMs;
        expect(harness.send({ messageId: String(id) })).toHaveLength(1);
        if (harness.nowMs < (openUntilMs.get(id) ?? START_MS)) continue;
        openUntilMs.set(id, harness.nowMs + 30_000);
        expected.push(String(id));
      }
      expect(harness.bodies()).toEqual(expected);
    }),
    { seed: SEED },
  );
});

test('ten thousand messages go through in a moment', () => {
  const harness = CoreHarness.withQueue();
  const ids = Array.from({ length: 10_000 }, (_, index) => ({ messageId: `m${index}` }));
  harness.send(...ids);
  const locked = harness.namespace.receive('jobs', Infinity);
  expect(locked).toHaveLength(10_000);
  harness.nowMs += LOCK_MS;
  const again = harness.namespace.receive('jobs', Infinity);
  for (const { lockToken } of again)
    harness.namespace.settle('jobs', lockToken, { kind: 'complete' });
  expect(harness.namespace.counts('jobs').active).toBe(0);
});
