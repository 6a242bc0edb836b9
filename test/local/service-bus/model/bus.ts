/** Where a receiver looks. */
export type Source = 'queue' | 'dead-letters';

export type Settlement = 'complete' | 'abandon' | 'dead-letter' | 'defer';

export interface NewMessage {
  /** Unlike any other message's, whatever its id. */
  readonly body: number;
  readonly messageId: string;
  /** Absent for as long as the queue keeps messages. */
  readonly timeToLiveMs?: number;
}

export interface Received {
  readonly body: number;
  readonly deliveryCount: number;
  readonly deadLetterReason: string | undefined;
}

/** A received message that can still be settled; `lock` is for the bus that gave it. */
export interface Locked<Lock> extends Received {
  readonly lock: Lock;
  readonly lockedUntilMs: number;
}

export interface Peeked {
  readonly body: number;
  readonly state: 'active' | 'deferred' | 'scheduled';
}

export class Refused extends Error {}

/**
 * What a sequence of commands is run against: the real SDK over AMQP, or the broker's core. `Lock` and `Ticket`
 * (of a scheduled or deferred message) are theirs. A refusal by the broker's rules is a `Refused`.
 */
export interface Bus<Lock, Ticket> {
  send(message: NewMessage, enqueueAtMs?: number): Promise<void>;
  schedule(message: NewMessage, enqueueAtMs: number): Promise<Ticket>;
  cancel(ticket: Ticket): Promise<void>;
  /** Up to `count`; `expectedCount` only says how many are worth waiting for. */
  receive(source: Source, count: number, expectedCount: number): Promise<Locked<Lock>[]>;
  receiveAndDelete(source: Source, count: number, expectedCount: number): Promise<Received[]>;
  ticketOf(lock: Lock): Ticket;
  receiveDeferred(ticket: Ticket): Promise<Locked<Lock>>;
  settle(source: Source, lock: Lock, settlement: Settlement): Promise<void>;
  /** @returns when the lock now ends */
  renew(source: Source, lock: Lock): Promise<number>;
  peek(source: Source): Promise<Peeked[]>;
  advance(ms: number): Promise<void>;
  /** Stops the broker and starts it again on its journal. */
  restart(): Promise<void>;
  close(): Promise<void>;
}
