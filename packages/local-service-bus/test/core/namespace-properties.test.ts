import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BrokeredMessage, LockedMessage, Outcome } from '../../src/core/message.ts';
import { CoreStage, START_MS } from './core-stage.ts';

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
  readonly stage: CoreStage;
  readonly accepted = new Set<string>();
  readonly completed = new Set<string>();
  readonly deliveries = new Map<string, number>();
  readonly held = new Map<string, LockedMessage>();

  constructor(isDetecting: boolean) {
    this.stage = CoreStage.withQueue({
      maxDeliveryCount: MAX_DELIVERIES,
      requiresDuplicateDetection: isDetecting,
      duplicateDetectionHistoryTimeWindow: 'P7D',
    });
  }

  take(one: Step): void {
    switch (one.do) {
      case 'send':
        this.accepted.add(`m${one.id}`);
        this.stage.send({
          messageId: `m${one.id}`,
          scheduledEnqueueTimeMs: this.stage.nowMs + one.delayMs,
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
        this.stage.nowMs += one.ms;
        break;
    }
  }

  #receive(count: number): void {
    const messages = this.stage.namespace.receive('jobs', count);
    const numbers = messages.map((message) => message.sequenceNumber);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    for (const message of messages) {
      const id = String(message.content.messageId);
      const before = this.held.get(id);
      expect(before?.lockedUntilMs ?? 0).toBeLessThanOrEqual(this.stage.nowMs);
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
    if (message.lockedUntilMs <= this.stage.nowMs) {
      expect(() => this.stage.namespace.settle('jobs', message.lockToken, { kind })).toThrow(
        /lock/,
      );
      return;
    }
    this.stage.namespace.settle('jobs', message.lockToken, { kind });
    if (kind === 'complete') this.completed.add(id);
  }

  #renew(pick: number): void {
    const [id, message] = [...this.held][pick] ?? [];
    if (id === undefined || message === undefined) return;
    if (message.lockedUntilMs <= this.stage.nowMs) return;
    const lockedUntilMs = this.stage.namespace.renewLock('jobs', message.lockToken);
    this.held.set(id, { ...message, lockedUntilMs });
  }

  /** Everything the queue and its dead-letter queue still hold, wherever it is. */
  left(): string[] {
    return ['jobs', 'jobs/$DeadLetterQueue'].flatMap((path) =>
      this.stage.namespace.peek(path, 1, 1_000).map((message) => String(message.content.messageId)),
    );
  }
}

test('no message is lost or doubled: what was accepted is completed or still there, once', () => {
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

test('the counts are those of what is there, and nothing is due in the past', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const driven = new Account(true);
      for (const one of steps) driven.take(one);
      const { namespace, nowMs } = driven.stage;
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

test('what happens by itself does not depend on how often the clock is looked at', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const [coarse, fine] = [new Account(true), new Account(true)];
      for (const one of steps) {
        coarse.take(one);
        if (one.do === 'wait') visitEveryDueTime(fine, one.ms);
        else fine.take(one);
      }
      expect(fine.left().toSorted()).toEqual(coarse.left().toSorted());
      expect(fine.stage.namespace.counts('jobs')).toEqual(coarse.stage.namespace.counts('jobs'));
    }),
    { seed: SEED, numRuns: 200 },
  );
});

function visitEveryDueTime({ stage }: Account, ms: number): void {
  const endMs = stage.nowMs + ms;
  for (let dueMs = stage.namespace.nextDueMs(); dueMs <= endMs; ) {
    stage.nowMs = dueMs;
    stage.namespace.advance();
    dueMs = stage.namespace.nextDueMs();
  }
  stage.nowMs = endMs;
}

test('an id is accepted once per window, and every use is answered', () => {
  const use = fc.record({ id: fc.nat(5), afterMs: fc.nat(40_000) });
  fc.assert(
    fc.property(fc.array(use, { maxLength: 60 }), (uses) => {
      const stage = CoreStage.withQueue({
        requiresDuplicateDetection: true,
        duplicateDetectionHistoryTimeWindow: 'PT30S',
      });
      const openUntilMs = new Map<number, number>();
      const expected: string[] = [];
      for (const { id, afterMs } of uses) {
        stage.nowMs += afterMs;
        expect(stage.send({ messageId: String(id) })).toHaveLength(1);
        if (stage.nowMs < (openUntilMs.get(id) ?? START_MS)) continue;
        openUntilMs.set(id, stage.nowMs + 30_000);
        expected.push(String(id));
      }
      expect(stage.bodies()).toEqual(expected);
    }),
    { seed: SEED },
  );
});

test('ten thousand messages go through in a moment', () => {
  const stage = CoreStage.withQueue();
  const ids = Array.from({ length: 10_000 }, (_, index) => ({ messageId: `m${index}` }));
  stage.send(...ids);
  const locked = stage.namespace.receive('jobs', Infinity);
  expect(locked).toHaveLength(10_000);
  stage.nowMs += LOCK_MS;
  const again = stage.namespace.receive('jobs', Infinity);
  for (const { lockToken } of again)
    stage.namespace.settle('jobs', lockToken, { kind: 'complete' });
  expect(stage.namespace.counts('jobs').active).toBe(0);
});
