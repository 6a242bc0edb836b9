import type { Entities } from '../entities.ts';
import { BrokerError } from './broker-error.ts';
import { deadLetterPath, pathKey } from './entity-path.ts';
import type { Rule } from './filter.ts';
import type { Inbox } from './inbox.ts';
import type { BrokeredMessage, LockedMessage, Outcome, SendableMessage } from './message.ts';
import type { MessageQueue } from './message-queue.ts';
import type { NamespaceRecord } from './record.ts';
import type { SubscriptionRules } from './subscription-rules.ts';
import { buildTopology, type Topology } from './topology.ts';

export interface NamespaceOptions {
  readonly entities: Entities;
  /** Milliseconds since the Unix epoch. */
  readonly nowMs: () => number;
  /** A new UUID in its text form, for each lock and each message without an id. */
  readonly newId: () => string;
  /** Called with the path of a queue, subscription or dead-letter queue whenever a message becomes receivable in it. */
  readonly onAvailable?: (path: string) => void;
  /** Called at the beginning of everything that may change `nextDueMs()`. */
  readonly onUse?: () => void;
}

export interface EntityCounts {
  /** Receivable and locked ones. */
  readonly active: number;
  readonly scheduled: number;
  readonly deferred: number;
  readonly deadLettered: number;
}

/** More than a client asks for at once; Service Bus gives fewer than it is asked for, too. That it is 250 is UNCONFIRMED. */
const MAX_PEEKED = 250;

/**
 * The rules of Service Bus as a state machine: queues, topics, subscriptions and their dead-letter queues,
 * named by path (`orders`, `news/Subscriptions/all`, `orders/$DeadLetterQueue`). It has no sockets, no timers and
 * no clock of its own; before anything it does it lets happen what fell due in the meantime.
 *
 * Every method throws a BrokerError where Service Bus would refuse.
 */
export class Namespace {
  readonly #topology: Topology;
  readonly #nowMs: () => number;
  readonly #onUse: () => void;

  constructor(options: NamespaceOptions) {
    this.#nowMs = options.nowMs;
    this.#onUse = options.onUse ?? (() => undefined);
    this.#topology = buildTopology(options.entities, {
      newId: options.newId,
      onAvailable: options.onAvailable ?? (() => undefined),
    });
  }

  /**
   * Takes all messages or none; one with a `scheduledEnqueueTimeMs` waits for it.
   * @returns their sequence numbers, by which scheduled ones can be cancelled
   */
  send(path: string, messages: readonly SendableMessage[]): number[] {
    return this.inbox(path).accept(messages, this.#advance());
  }

  /** Cancels all or none. */
  cancelScheduled(path: string, sequenceNumbers: readonly number[]): void {
    this.#advance();
    this.inbox(path).cancel(sequenceNumbers);
  }

  /** Locks up to `maxCount` messages, in the order of their sequence numbers. */
  receive(path: string, maxCount = 1): LockedMessage[] {
    const nowMs = this.#advance();
    const queue = this.queue(path);
    return takeUpTo(maxCount, () => queue.lockNext(nowMs));
  }

  /** Takes up to `maxCount` messages for good, in the order of their sequence numbers. */
  receiveAndDelete(path: string, maxCount = 1): BrokeredMessage[] {
    this.#advance();
    const queue = this.queue(path);
    return takeUpTo(maxCount, () => queue.takeNext());
  }

  /**
   * Lets those expire whose time is up; a command of its own, for it stands even where what follows is refused.
   * @returns the numbers of those that did
   */
  expireDeferred(path: string, sequenceNumbers: readonly number[]): number[] {
    return this.queue(path).expireDeferred(sequenceNumbers, this.#advance());
  }

  /** Locks deferred messages, all or none. */
  receiveDeferred(path: string, sequenceNumbers: readonly number[]): LockedMessage[] {
    this.expireDeferred(path, sequenceNumbers);
    return this.queue(path).lockDeferred(sequenceNumbers, this.#advance());
  }

  /** Takes deferred messages for good, all or none. */
  receiveAndDeleteDeferred(path: string, sequenceNumbers: readonly number[]): BrokeredMessage[] {
    this.expireDeferred(path, sequenceNumbers);
    return this.queue(path).takeDeferred(sequenceNumbers);
  }

  settle(path: string, lockToken: string, outcome: Outcome): void {
    this.queue(path).settle(lockToken, outcome, this.#advance());
  }

  /** @returns when the lock now ends */
  renewLock(path: string, lockToken: string): number {
    return this.queue(path).renew(lockToken, this.#advance());
  }

  /** Peeks at messages without locking them: scheduled, deferred and locked ones too, from a sequence number upwards. */
  peek(path: string, fromSequenceNumber: number, maxCount: number): BrokeredMessage[] {
    this.#advance();
    const count = Math.min(maxCount, MAX_PEEKED);
    const scheduled = this.#topology.inboxes.get(pathKey(path))?.peek(fromSequenceNumber);
    const others = this.queue(path).peek(fromSequenceNumber);
    return [...firstOf(scheduled ?? [], count), ...firstOf(others, count)]
      .sort((a, b) => a.sequenceNumber - b.sequenceNumber)
      .slice(0, count);
  }

  /** How many messages a queue, topic or subscription holds; a topic only ever holds scheduled ones. */
  counts(path: string): EntityCounts {
    this.#advance();
    const queue = this.#topology.queues.get(pathKey(path));
    const inbox = this.#topology.inboxes.get(pathKey(path));
    if (queue === undefined && inbox === undefined) throw notFound(path);
    return {
      active: queue?.activeCount ?? 0,
      scheduled: inbox?.scheduledCount ?? 0,
      deferred: queue?.deferredCount ?? 0,
      deadLettered: this.#topology.queues.get(pathKey(deadLetterPath(path)))?.activeCount ?? 0,
    };
  }

  /** A subscription's rules. */
  rules(path: string): Rule[] {
    return this.#rules(path).all();
  }

  addRule(path: string, rule: Rule): void {
    this.#advance();
    this.#rules(path).add(rule);
  }

  removeRule(path: string, name: string): void {
    this.#advance();
    this.#rules(path).remove(name);
  }

  /** When something next happens by itself (a scheduled message, a lock's end, an expiry); `Infinity` for never. */
  nextDueMs(): number {
    const { inboxes, queues } = this.#topology;
    let dueMs = Infinity;
    for (const inbox of inboxes.values()) dueMs = Math.min(dueMs, inbox.nextDueMs());
    for (const queue of queues.values()) dueMs = Math.min(dueMs, queue.nextDueMs());
    return dueMs;
  }

  /** Lets happen what has fallen due; the shell calls it at `nextDueMs()`. */
  advance(): void {
    this.#advance();
  }

  /** Ends every lock as if its time were up: what was locked counts as delivered, and can be received again. */
  endLocks(): void {
    const nowMs = this.#advance();
    for (const queue of this.#topology.queues.values()) queue.endLocks(nowMs);
  }

  /** Everything the namespace holds, piece by piece, for another one of the same entities to restore. */
  *records(): Generator<NamespaceRecord> {
    const { inboxes, queues, rules } = this.#topology;
    for (const inbox of inboxes.values()) yield* inbox.records();
    for (const queue of queues.values()) yield* queue.records();
    for (const ruleSet of rules.values()) yield* ruleSet.records();
  }

  /** Takes over one piece; a new namespace is given all of them, in their order, before anything else. */
  restore(record: NamespaceRecord): void {
    switch (record.kind) {
      case 'numbers':
      case 'seen':
      case 'scheduled':
        this.inbox(record.path).restore(record);
        break;
      case 'queue-numbers':
      case 'message':
        this.queue(record.path).restore(record);
        break;
      case 'rules':
        this.#rules(record.path).restore(record);
        break;
    }
  }

  /** What senders see at this path. */
  inbox(path: string): Inbox {
    const inbox = this.#topology.inboxes.get(pathKey(path));
    if (inbox !== undefined) return inbox;
    if (!this.#topology.queues.has(pathKey(path))) throw notFound(path);
    throw new BrokerError(
      'amqp:not-allowed',
      `Nothing can be sent to ${path}: send to its queue or topic.`,
    );
  }

  /** What receivers see at this path. */
  queue(path: string): MessageQueue {
    const queue = this.#topology.queues.get(pathKey(path));
    if (queue !== undefined) return queue;
    if (!this.#topology.inboxes.has(pathKey(path))) throw notFound(path);
    throw new BrokerError(
      'amqp:not-allowed',
      `Nothing can be received from ${path}, which is a topic: receive from one of its subscriptions.`,
    );
  }

  #rules(path: string): SubscriptionRules {
    const rules = this.#topology.rules.get(pathKey(path));
    if (rules !== undefined) return rules;
    throw new BrokerError('amqp:not-allowed', `${path} is no subscription, so it has no rules.`);
  }

  #advance(): number {
    this.#onUse();
    const nowMs = this.#nowMs();
    const { inboxes, queues } = this.#topology;
    for (const inbox of inboxes.values()) if (inbox.nextDueMs() <= nowMs) inbox.advance(nowMs);
    for (const queue of queues.values()) if (queue.nextDueMs() <= nowMs) queue.advance(nowMs);
    return nowMs;
  }
}

function firstOf<Message>(messages: Iterable<Message>, count: number): Message[] {
  const iterator = messages[Symbol.iterator]();
  return takeUpTo(count, () => iterator.next().value);
}

function takeUpTo<Message>(maxCount: number, next: () => Message | undefined): Message[] {
  const taken: Message[] = [];
  while (taken.length < maxCount) {
    const message = next();
    if (message === undefined) break;
    taken.push(message);
  }
  return taken;
}

const notFound = (path: string): BrokerError =>
  new BrokerError(
    'amqp:not-found',
    `The messaging entity '${path}' could not be found: declare it in the entities file, or correct the name.`,
  );
