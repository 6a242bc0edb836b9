import type { LockedMessage } from 'local-service-bus/core';
import type { FaultKind } from './faults.ts';

/** A message is late this long after it became available. */
const LATE_MS = 30_000;

/** Watches deliveries, and records those that were unusual and made a difference. */
export class Deliveries {
  readonly #met: Set<FaultKind>;
  readonly #abandoned = new Set<string>();
  /** By queue, the newest message that an instance has begun. */
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

  /** Settling was refused: its lock ended meanwhile, or another copy was settled. */
  notSettled(message: LockedMessage, nowMs: number): void {
    if (nowMs >= message.lockedUntilMs) this.#met.add('lock lost while working');
  }
}

function nameOf(path: string, { sequenceNumber }: LockedMessage): string {
  return `${path} ${sequenceNumber}`;
}
