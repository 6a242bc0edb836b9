import { BrokerError } from './broker-error.ts';
import { BySequenceNumber } from './by-sequence-number.ts';
import { DuplicateHistory } from './duplicate-history.ts';
import { Heap } from './heap.ts';
import type { BrokeredMessage, SendableMessage } from './message.ts';
import type { InboxRecord } from './record.ts';
import type { Scheduled } from './scheduled.ts';
import type { SequenceNumbers } from './sequence-numbers.ts';
import type { Arrival } from './stored-message.ts';

export interface InboxSettings {
  readonly path: string;
  readonly maxMessageBytes: number;
  readonly maxSizeBytes: number;
  /** Absent without duplicate detection. */
  readonly duplicateWindowMs?: number;
}

/** Where accepted messages go once they are active. */
export interface Destination {
  readonly numbers: SequenceNumbers;
  enqueue(content: SendableMessage, arrival: Arrival): void;
  readonly sizeBytes: number;
}

type NamedMessage = SendableMessage & { readonly messageId: string };

/** Service Bus refuses longer ones. */
const MAX_MESSAGE_ID_LENGTH = 128;

/** What senders see of a queue or a topic: limits, duplicate detection, and messages that wait for their time. */
export class Inbox {
  readonly settings: InboxSettings;
  readonly #destination: Destination;
  readonly #newId: () => string;
  readonly #history: DuplicateHistory | undefined;
  readonly #scheduled = new BySequenceNumber<Scheduled>();
  readonly #byDueTime = new Heap<Scheduled>((a, b) =>
    a.dueMs === b.dueMs ? a.sequenceNumber < b.sequenceNumber : a.dueMs < b.dueMs,
  );
  #scheduledBytes = 0;

  constructor(settings: InboxSettings, destination: Destination, newId: () => string) {
    this.settings = settings;
    this.#newId = newId;
    this.#destination = destination;
    if (settings.duplicateWindowMs !== undefined) {
      this.#history = new DuplicateHistory(settings.duplicateWindowMs);
    }
  }

  get scheduledCount(): number {
    return this.#scheduled.size;
  }

  /**
   * Takes all messages, or none. One whose MessageId was used within the duplicate detection window is
   * taken and dropped, as Service Bus does; its sequence number then names nothing.
   * @returns their sequence numbers
   * @throws BrokerError when a limit stands against it
   */
  accept(messages: readonly SendableMessage[], nowMs: number): number[] {
    this.#checkLimits(messages);
    const named = messages.map((message) => this.#named(message));
    const messageIds = named.map(({ messageId }) => messageId);
    this.#history?.checkRoom(messageIds, nowMs);
    return named.map((message) => this.#acceptOne(message, nowMs));
  }

  /** @throws BrokerError when one of them is not scheduled (any more); then none is cancelled */
  cancel(sequenceNumbers: readonly number[]): void {
    const found = sequenceNumbers.map((sequenceNumber) => {
      const scheduled = this.#scheduled.get(sequenceNumber);
      if (scheduled !== undefined) return scheduled;
      throw new BrokerError(
        'com.microsoft:message-not-found',
        `${this.settings.path} holds no scheduled message with sequence number ${sequenceNumber}: it is active already, or was cancelled, or was dropped as a duplicate.`,
      );
    });
    for (const scheduled of found) this.#remove(scheduled);
  }

  /** What waits, from this number on and in order. */
  *peek(fromSequenceNumber: number): Generator<BrokeredMessage> {
    for (const scheduled of this.#scheduled.from(fromSequenceNumber)) yield waiting(scheduled);
  }

  nextDueMs(): number {
    return this.#byDueTime.first()?.dueMs ?? Infinity;
  }

  /** Passes on what has fallen due; each gets a new sequence number by that, as in Service Bus. */
  advance(nowMs: number): void {
    for (;;) {
      const scheduled = this.#byDueTime.first();
      if (scheduled === undefined || scheduled.dueMs > nowMs) return;
      this.#remove(scheduled);
      const sequenceNumber = this.#destination.numbers.next();
      const arrival = { atMs: scheduled.dueMs, sequenceNumber, wasScheduled: true };
      this.#destination.enqueue(scheduled.content, arrival);
    }
  }

  /** Everything it would have to know again. */
  *records(): Generator<InboxRecord> {
    const { path } = this.settings;
    yield { kind: 'numbers', path, last: this.#destination.numbers.last };
    for (const [messageId, seenMs] of this.#history?.entries() ?? []) {
      yield { kind: 'seen', path, messageId, seenMs };
    }
    for (const scheduled of this.#scheduled) yield { kind: 'scheduled', path, scheduled };
  }

  restore(record: InboxRecord): void {
    switch (record.kind) {
      case 'numbers':
        this.#destination.numbers.last = record.last;
        break;
      case 'seen':
        this.#history?.restore(record.messageId, record.seenMs);
        break;
      case 'scheduled':
        this.#add(record.scheduled);
        break;
    }
  }

  /** Service Bus gives a message that has none an id; clients cannot renew locks without one. */
  #named(message: SendableMessage): NamedMessage {
    return { ...message, messageId: message.messageId ?? this.#newId().replaceAll('-', '') };
  }

  #acceptOne(content: NamedMessage, nowMs: number): number {
    const sequenceNumber = this.#destination.numbers.next();
    if (this.#history?.isDuplicate(content.messageId, nowMs)) return sequenceNumber;
    const dueMs = content.scheduledEnqueueTimeMs ?? nowMs;
    if (dueMs > nowMs) this.#add({ content, sequenceNumber, sentMs: nowMs, dueMs });
    else this.#destination.enqueue(content, { atMs: nowMs, sequenceNumber, wasScheduled: false });
    return sequenceNumber;
  }

  #add(scheduled: Scheduled): void {
    this.#scheduled.add(scheduled);
    this.#byDueTime.add(scheduled);
    this.#scheduledBytes += scheduled.content.sizeBytes ?? 0;
  }

  #remove(scheduled: Scheduled): void {
    this.#scheduled.delete(scheduled.sequenceNumber);
    this.#byDueTime.remove(scheduled);
    this.#scheduledBytes -= scheduled.content.sizeBytes ?? 0;
  }

  #checkLimits(messages: readonly SendableMessage[]): void {
    const { path, maxMessageBytes, maxSizeBytes } = this.settings;
    let newBytes = 0;
    for (const { sizeBytes = 0, messageId = '' } of messages) {
      newBytes += sizeBytes;
      if (sizeBytes > maxMessageBytes) {
        throw new BrokerError(
          'amqp:link:message-size-exceeded',
          `The message of ${sizeBytes} bytes exceeds the limit of ${maxMessageBytes} bytes that ${path} allows: send a smaller one.`,
        );
      }
      if (messageId.length > MAX_MESSAGE_ID_LENGTH) {
        throw new BrokerError(
          'com.microsoft:argument-error',
          `A MessageId has at most ${MAX_MESSAGE_ID_LENGTH} characters, and this one has ${messageId.length}.`,
        );
      }
    }
    if (this.#destination.sizeBytes + this.#scheduledBytes + newBytes > maxSizeBytes) {
      throw new BrokerError(
        'amqp:resource-limit-exceeded',
        `${path} is full: it holds at most ${maxSizeBytes} bytes. Receive messages (dead-lettered ones count too), or raise maxSizeInMegabytes.`,
      );
    }
  }
}

/**
 * How it is shown until it is due. That it says it was enqueued when it was sent is what Keboola's Service Bus component
 * saw at the service (`is_pending_activation` there); that it says it expires as late as it then will is UNCONFIRMED.
 */
function waiting({ content, sequenceNumber, sentMs, dueMs }: Scheduled): BrokeredMessage {
  const { timeToLiveMs = Infinity } = content;
  return {
    content,
    sequenceNumber,
    enqueuedSequenceNumber: 0,
    enqueuedTimeMs: sentMs ?? dueMs,
    timeToLiveMs,
    expiresAtMs: dueMs + timeToLiveMs,
    deliveryCount: 0,
    state: 'scheduled',
    modifiedProperties: {},
  };
}
