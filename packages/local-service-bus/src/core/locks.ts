import { BrokerError } from './broker-error.ts';
import { Heap } from './heap.ts';
import type { StoredMessage } from './stored-message.ts';

const LOCK_LOST =
  'The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue. Receive the message again.';

/** The locks of one queue, by token and by when they end. */
export class Locks {
  readonly #durationMs: number;
  readonly #byToken = new Map<string, StoredMessage>();
  readonly #byEnd = new Heap<StoredMessage>((a, b) => a.lockedUntilMs < b.lockedUntilMs);

  constructor(durationMs: number) {
    this.#durationMs = durationMs;
  }

  /** The message whose lock ends first. */
  first(): StoredMessage | undefined {
    return this.#byEnd.first();
  }

  /** @throws BrokerError when the lock is lost */
  held(lockToken: string): StoredMessage {
    const message = this.#byToken.get(lockToken);
    if (message === undefined) throw new BrokerError('com.microsoft:message-lock-lost', LOCK_LOST);
    return message;
  }

  take(message: StoredMessage, lockToken: string, nowMs: number): void {
    message.lockToken = lockToken;
    this.#byToken.set(lockToken, message);
    this.#runFrom(message, nowMs);
  }

  /** Takes a lock over as it is. */
  restore(message: StoredMessage, lockToken: string): void {
    this.#byToken.set(lockToken, message);
    this.#byEnd.add(message);
  }

  renew(message: StoredMessage, nowMs: number): void {
    this.#byEnd.remove(message);
    this.#runFrom(message, nowMs);
  }

  /** Ends the message's lock, if it has one. */
  end(message: StoredMessage): void {
    if (message.lockToken === undefined) return;
    this.#byToken.delete(message.lockToken);
    this.#byEnd.remove(message);
    message.lockToken = undefined;
  }

  #runFrom(message: StoredMessage, nowMs: number): void {
    message.lockedUntilMs = nowMs + this.#durationMs;
    this.#byEnd.add(message);
  }
}
