/** Where a receiver reads. */
export type Source = 'queue' | 'dead-letters';

export type Settlement = 'complete' | 'abandon' | 'dead-letter' | 'defer';

export interface NewMessage {
  /** Unlike any other message's, whatever its id. */
  readonly body: number;
  readonly messageId: string;
  /** Absent for as long as the queue keeps messages. */
  readonly timeToLiveMs?: number;
}

/** A message as it is shown, whether it is received or peeked at. */
export interface Shown {
  readonly body: number;
  readonly state: 'active' | 'deferred' | 'scheduled';
  readonly deliveryCount: number;
  /** Absent if it says that it never does. */
  readonly expiresAtMs: number | undefined;
  readonly enqueuedAtMs: number;
  readonly deadLetterReason: string | undefined;
}

/** A received message that can still be settled; `lock` is for the bus that gave it. */
export interface Locked<Lock> extends Shown {
  readonly lock: Lock;
  readonly lockedUntilMs: number;
}

export class Refused extends Error {}

/**
 * What a sequence of commands is run against: the real SDK over AMQP, or the broker's core. `Lock` and `Ticket`
 * (of a scheduled or deferred message) are theirs. An error by the broker's rules is a `Refused`.
 */
export interface Bus<Lock, Ticket> {
  send(message: NewMessage, enqueueAtMs?: number): Promise<void>;
  schedule(message: NewMessage, enqueueAtMs: number): Promise<Ticket>;
  cancel(ticket: Ticket): Promise<void>;
  /** Up to `count`; `expectedCount` only says how many are worth waiting for. */
  receive(source: Source, count: number, expectedCount: number): Promise<Locked<Lock>[]>;
  receiveAndDelete(source: Source, count: number, expectedCount: number): Promise<Shown[]>;
  ticketOf(lock: Lock): Ticket;
  receiveDeferred(ticket: Ticket): Promise<Locked<Lock>>;
  settle(source: Source, lock: Lock, settlement: Settlement): Promise<void>;
  /** @returns when the lock now ends */
  renew(source: Source, lock: Lock): Promise<number>;
  /** All that is there, in pages of so many. */
  peek(source: Source, pageSize: number): Promise<Shown[]>;
  advance(ms: number): Promise<void>;
  /** Stops the broker and starts it again on its journal. */
  restart(): Promise<void>;
  close(): Promise<void>;
}
