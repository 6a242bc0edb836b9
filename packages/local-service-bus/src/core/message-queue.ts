import { BrokerError } from './broker-error.ts';
import { BySequenceNumber } from './by-sequence-number.ts';
import { Heap } from './heap.ts';
import { Locks } from './locks.ts';
import type { BrokeredMessage, LockedMessage, Outcome, SendableMessage } from './message.ts';
import type { QueueRecord } from './record.ts';
import { SequenceNumbers } from './sequence-numbers.ts';
import {
  type Arrival,
  deadLettered,
  newlyStored,
  type StoredMessage,
  snapshot,
} from './stored-message.ts';

export interface MessageQueueSettings {
  readonly path: string;
  readonly lockDurationMs: number;
  /** `Infinity` for ever. */
  readonly timeToLiveMs: number;
  /** `Infinity` in a dead-letter queue, which nothing leaves by itself. */
  readonly maxDeliveryCount: number;
  readonly deadLetterOnExpiration: boolean;
  /** Absent in a dead-letter queue. */
  readonly deadLetterQueue?: MessageQueue;
}

/** What a queue needs from outside. */
export interface MessageQueueDeps {
  readonly newId: () => string;
  /** Called whenever a message becomes receivable. */
  readonly onAvailable: (path: string) => void;
}

type GivenUp = Exclude<Outcome, { readonly kind: 'complete' | 'release' }>;

/** What receivers see of a queue, a subscription or a dead-letter queue: one message after the other, each under one lock. */
export class MessageQueue {
  readonly settings: MessageQueueSettings;
  readonly numbers = new SequenceNumbers();
  readonly #deps: MessageQueueDeps;
  readonly #messages = new BySequenceNumber<StoredMessage>();
  readonly #ready = new Heap<StoredMessage>((a, b) => a.sequenceNumber < b.sequenceNumber);
  readonly #locks: Locks;
  /** Everything that waits and does not live for ever; what is locked or deferred does not expire by itself. */
  readonly #byExpiry = new Heap<StoredMessage>((a, b) => a.expiresAtMs < b.expiresAtMs);
  #deferredCount = 0;
  #sizeBytes = 0;

  constructor(settings: MessageQueueSettings, deps: MessageQueueDeps) {
    this.settings = settings;
    this.#locks = new Locks(settings.lockDurationMs);
    this.#deps = deps;
  }

  /** Bytes held, its dead-letter queue included. */
  get sizeBytes(): number {
    return this.#sizeBytes + (this.settings.deadLetterQueue?.sizeBytes ?? 0);
  }

  /** Messages that are neither deferred nor scheduled; locked ones count. */
  get activeCount(): number {
    return this.#messages.size - this.#deferredCount;
  }

  get deferredCount(): number {
    return this.#deferredCount;
  }

  get #isDeadLetterQueue(): boolean {
    return this.settings.deadLetterQueue === undefined;
  }

  enqueue(content: SendableMessage, arrival: Arrival): void {
    const timeToLiveMs = Math.min(content.timeToLiveMs ?? Infinity, this.settings.timeToLiveMs);
    this.#add(newlyStored(content, arrival, timeToLiveMs));
  }

  /** Locks the first message that waits, if any. */
  lockNext(nowMs: number): LockedMessage | undefined {
    const message = this.#ready.first();
    return message && this.#lock(message, nowMs);
  }

  /** Takes the first message that waits for good. */
  takeNext(): BrokeredMessage | undefined {
    const message = this.#ready.first();
    if (message !== undefined) this.#remove(message);
    return message && snapshot(message);
  }

  /**
   * A deferred message whose time is up expires only when someone asks for it, as in Service Bus.
   * @returns those that did
   */
  expireDeferred(sequenceNumbers: readonly number[], nowMs: number): number[] {
    return sequenceNumbers.filter((sequenceNumber) => {
      const message = this.#unlockedDeferred(sequenceNumber);
      if (message === undefined || this.#endOfLifeMs(message) > nowMs) return false;
      this.#expire(message);
      return true;
    });
  }

  /** @throws BrokerError when one of them is not deferred, or is locked; then none is locked */
  lockDeferred(sequenceNumbers: readonly number[], nowMs: number): LockedMessage[] {
    return this.#deferred(sequenceNumbers).map((message) => this.#lock(message, nowMs));
  }

  /** @throws BrokerError when one of them is not deferred, or is locked; then none is taken */
  takeDeferred(sequenceNumbers: readonly number[]): BrokeredMessage[] {
    return this.#deferred(sequenceNumbers).map((message) => {
      this.#remove(message);
      return snapshot(message);
    });
  }

  /** @throws BrokerError when the lock is lost */
  settle(lockToken: string, outcome: Outcome, nowMs: number): void {
    const message = this.#locks.held(lockToken);
    if (outcome.kind === 'complete') this.#remove(message);
    else if (outcome.kind === 'release') this.#unlock(message, nowMs);
    else this.#giveUp(message, outcome, nowMs);
  }

  /**
   * @returns when the lock now ends
   * @throws BrokerError when it is lost
   */
  renew(lockToken: string, nowMs: number): number {
    const message = this.#locks.held(lockToken);
    this.#locks.renew(message, nowMs);
    return message.lockedUntilMs;
  }

  /** Whatever is there from this number on, locked and deferred messages too, in order and without locking it. */
  *peek(fromSequenceNumber: number): Generator<BrokeredMessage> {
    for (const message of this.#messages.from(fromSequenceNumber)) yield snapshot(message);
  }

  /** When a lock or a message expires next. */
  nextDueMs(): number {
    return Math.min(
      this.#locks.first()?.lockedUntilMs ?? Infinity,
      this.#byExpiry.first()?.expiresAtMs ?? Infinity,
    );
  }

  /** Ends the locks and the messages whose time is up. */
  advance(nowMs: number): void {
    this.#endLocks(nowMs, nowMs);
    for (;;) {
      const message = this.#byExpiry.first();
      if (message === undefined || message.expiresAtMs > nowMs) break;
      this.#expire(message);
    }
  }

  /** Ends every lock as if its time were up. */
  endLocks(nowMs: number): void {
    this.#endLocks(Infinity, nowMs);
  }

  /** Everything it would have to know again, locks included. */
  *records(): Generator<QueueRecord> {
    const { path } = this.settings;
    yield { kind: 'queue-numbers', path, last: this.numbers.last };
    for (const message of this.#messages) yield { kind: 'message', path, message };
  }

  restore(record: QueueRecord): void {
    if (record.kind === 'queue-numbers') this.numbers.last = record.last;
    else this.#add({ ...record.message });
  }

  #endLocks(untilMs: number, nowMs: number): void {
    for (;;) {
      const message = this.#locks.first();
      if (message === undefined || message.lockedUntilMs > untilMs) return;
      this.#countDelivery(message);
      this.#unlock(message, nowMs);
    }
  }

  #add(message: StoredMessage): void {
    this.#messages.add(message);
    this.#sizeBytes += message.content.sizeBytes ?? 0;
    if (message.state === 'deferred') this.#deferredCount += 1;
    if (message.lockToken === undefined) this.#offer(message);
    else this.#locks.restore(message, message.lockToken);
  }

  #remove(message: StoredMessage): void {
    this.#withdraw(message);
    this.#locks.end(message);
    if (message.state === 'deferred') this.#deferredCount -= 1;
    this.#messages.delete(message.sequenceNumber);
    this.#sizeBytes -= message.content.sizeBytes ?? 0;
  }

  /** Makes it receivable, and liable to expire. */
  #offer(message: StoredMessage): void {
    if (message.state === 'deferred') return;
    if (this.#endOfLifeMs(message) < Infinity) this.#byExpiry.add(message);
    this.#ready.add(message);
    this.#deps.onAvailable(this.settings.path);
  }

  #withdraw(message: StoredMessage): void {
    this.#ready.remove(message);
    this.#byExpiry.remove(message);
  }

  #lock(message: StoredMessage, nowMs: number): LockedMessage {
    this.#withdraw(message);
    const lockToken = this.#deps.newId();
    this.#locks.take(message, lockToken, nowMs);
    return { ...snapshot(message), lockToken, lockedUntilMs: message.lockedUntilMs };
  }

  /** The receiver had the message, and did not complete it. */
  #giveUp(message: StoredMessage, outcome: GivenUp, nowMs: number): void {
    if (outcome.kind === 'dead-letter' && this.#isDeadLetterQueue) {
      throw new BrokerError(
        'amqp:not-allowed',
        `${this.settings.path} is a dead-letter queue: its messages can be completed, not dead-lettered again.`,
      );
    }
    message.modifiedProperties = { ...message.modifiedProperties, ...outcome.properties };
    if (outcome.kind === 'dead-letter') {
      this.#deadLetter(message, outcome.reason, outcome.description);
      return;
    }
    this.#countDelivery(message);
    if (outcome.kind === 'defer') this.#defer(message);
    this.#unlock(message, nowMs);
  }

  /**
   * Counted is what was abandoned, lost or deferred. Not so what its receiver dead-letters, nor anything in a
   * dead-letter queue (azure-sdk-for-js, test/internal/batchReceiver.spec.ts and test/public/deferredMessage.spec.ts,
   * which run against the service; azure-sdk-for-net issue 53437 for a lost lock). Of a dead letter that is deferred
   * this is UNCONFIRMED.
   */
  #countDelivery(message: StoredMessage): void {
    if (!this.#isDeadLetterQueue) message.deliveryCount += 1;
  }

  #unlock(message: StoredMessage, nowMs: number): void {
    this.#locks.end(message);
    if (message.deliveryCount >= this.settings.maxDeliveryCount) {
      this.#deadLetter(
        message,
        'MaxDeliveryCountExceeded',
        `Message could not be consumed after ${this.settings.maxDeliveryCount} delivery attempts.`,
      );
    } else if (message.state !== 'deferred' && this.#endOfLifeMs(message) <= nowMs) {
      this.#expire(message);
    } else {
      this.#offer(message);
    }
  }

  /** Time to live is not observed in a dead-letter queue (article service-bus-dead-letter-queues). */
  #endOfLifeMs(message: StoredMessage): number {
    return this.#isDeadLetterQueue ? Infinity : message.expiresAtMs;
  }

  #expire(message: StoredMessage): void {
    if (this.settings.deadLetterOnExpiration) {
      this.#deadLetter(
        message,
        'TTLExpiredException',
        'The message expired and was dead lettered.',
      );
    } else {
      this.#remove(message);
    }
  }

  #deadLetter(message: StoredMessage, reason?: string, description?: string): void {
    const { deadLetterQueue } = this.settings;
    this.#remove(message);
    if (deadLetterQueue === undefined) return;
    deadLetterQueue.#add(deadLettered(message, reason, description));
  }

  #defer(message: StoredMessage): void {
    if (message.state === 'deferred') return;
    message.state = 'deferred';
    this.#deferredCount += 1;
  }

  #deferred(sequenceNumbers: readonly number[]): StoredMessage[] {
    return [...new Set(sequenceNumbers)].map((sequenceNumber) => {
      const message = this.#unlockedDeferred(sequenceNumber);
      if (message !== undefined) return message;
      throw new BrokerError(
        'com.microsoft:message-not-found',
        `Failed to lock one or more specified messages: ${this.settings.path} holds no unlocked deferred message with sequence number ${sequenceNumber}.`,
      );
    });
  }

  #unlockedDeferred(sequenceNumber: number): StoredMessage | undefined {
    const message = this.#messages.get(sequenceNumber);
    return message?.state === 'deferred' && message.lockToken === undefined ? message : undefined;
  }
}
