import type { LockedMessage } from 'local-service-bus/core';
import type { FaultKind } from './faults.ts';

/** Later than this after it could be received, a message is late. */
const LATE_MS = 30_000;

/** Sees how messages come, and counts what is not as one would like it, where it made a difference. */
export class Deliveries {
  readonly #met: Set<FaultKind>;
  readonly #abandoned = new Set<string>();
  /** By queue, the newest message that an instance has begun with. */
  readonly #newest = new Map<string, number>();

  constructor(met: Set<FaultKind>) {
    this.#met = met;
  }

  received(path: string, message: LockedMessage, nowMs: number): void {
    if (this.#abandoned.delete(nameOf(path, message))) {
      this.#met.add('delivered again after an abandon');
    }
    if (message.deliveryCount === 0 && nowMs - message.enqueuedTimeMs >= LATE_MS) {
      this.#met.add('message delivered late');
    }
  }

  began(path: string, message: LockedMessage): void {
    const newest = this.#newest.get(path) ?? 0;
    if (message.sequenceNumber < newest && message.deliveryCount === 0) {
      this.#met.add('messages in another order');
    }
    this.#newest.set(path, Math.max(newest, message.sequenceNumber));
  }

  abandoned(path: string, message: LockedMessage): void {
    this.#abandoned.add(nameOf(path, message));
  }

  /** Settling was refused: either its lock ended meanwhile, or another copy was settled. */
  notSettled(message: LockedMessage, nowMs: number): void {
    if (nowMs >= message.lockedUntilMs) this.#met.add('lock lost while working');
  }
}

function nameOf(path: string, { sequenceNumber }: LockedMessage): string {
  return `${path} ${sequenceNumber}`;
}
