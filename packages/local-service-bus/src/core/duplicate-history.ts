import { BrokerError } from './broker-error.ts';

/** At about 100 bytes an entry this is some 50 MB, far above what a local run sends within a window. */
const MAX_REMEMBERED_IDS = 500_000;

/** The MessageIds an entity saw within its duplicate detection window, counted from their first use. */
export class DuplicateHistory {
  readonly #windowMs: number;
  /** In the order of first use, so the oldest come first. */
  readonly #firstSeenMs = new Map<string, number>();

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /**
   * Remembers the id, unless it is known already.
   * @returns whether it is a duplicate
   */
  isDuplicate(messageId: string, nowMs: number): boolean {
    this.#forgetOld(nowMs);
    if (this.#firstSeenMs.has(messageId)) return true;
    this.#firstSeenMs.set(messageId, nowMs);
    return false;
  }

  /** @throws BrokerError when there is no room for all of these ids */
  checkRoom(messageIds: readonly string[], nowMs: number): void {
    this.#forgetOld(nowMs);
    const unknown = messageIds.filter((messageId) => !this.#firstSeenMs.has(messageId));
    if (this.#firstSeenMs.size + unknown.length > MAX_REMEMBERED_IDS) {
      throw new BrokerError(
        'amqp:resource-limit-exceeded',
        `Duplicate detection holds ${MAX_REMEMBERED_IDS} MessageIds already: wait until its window has passed, or shorten duplicateDetectionHistoryTimeWindow.`,
      );
    }
  }

  /** Each id with when it was first used, the oldest first. */
  entries(): Iterable<readonly [messageId: string, seenMs: number]> {
    return this.#firstSeenMs;
  }

  /** Remembers what was known before; to be called with the oldest first. */
  restore(messageId: string, seenMs: number): void {
    this.#firstSeenMs.set(messageId, seenMs);
  }

  #forgetOld(nowMs: number): void {
    for (const [messageId, seenMs] of this.#firstSeenMs) {
      if (seenMs + this.#windowMs > nowMs) return;
      this.#firstSeenMs.delete(messageId);
    }
  }
}
