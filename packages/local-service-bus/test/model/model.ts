import type { NewMessage, Settlement, Shown, Source } from './bus.ts';

export interface QueueRules {
  readonly lockMs: number;
  readonly maxDeliveryCount: number;
  readonly duplicateWindowMs: number;
  readonly isExpiredDeadLettered: boolean;
}

interface Stored {
  readonly message: NewMessage;
  readonly place: Source;
  readonly state: Shown['state'];
  /** A message that waited for its time is still shown as scheduled when it no longer waits. */
  readonly isWaiting: boolean;
  /** Only the order counts. */
  readonly number: number;
  readonly enqueuedMs: number;
  readonly dueMs: number;
  readonly expiresMs: number;
  readonly deliveryCount: number;
  /** 0 if it is not locked. */
  readonly lockedUntilMs: number;
  readonly deadLetterReason: string | undefined;
}

const FRESH = { deliveryCount: 0, lockedUntilMs: 0, deadLetterReason: undefined } as const;

/**
 * A queue as Service Bus's documentation describes it (message sequencing, settlement, deferral, expiration, duplicate
 * detection, dead-letter queues). Made to be read next to that, not to be fast; it knows nothing of the broker.
 */
export class ModelQueue {
  readonly rules: QueueRules;
  nowMs: number;
  #lastNumber = 0;
  readonly #firstUseMs = new Map<string, number>();
  readonly #stored = new Map<number, Stored>();

  constructor(rules: QueueRules, nowMs: number) {
    this.rules = rules;
    this.nowMs = nowMs;
  }

  /** A duplicate is accepted, and dropped. A scheduled message's id is in use from when it was sent. */
  send(message: NewMessage, dueMs: number): void {
    const firstUseMs = this.#firstUseMs.get(message.messageId) ?? -Infinity;
    if (this.nowMs < firstUseMs + this.rules.duplicateWindowMs) return;
    this.#firstUseMs.set(message.messageId, this.nowMs);
    const isWaiting = dueMs > this.nowMs;
    const stored: Stored = {
      ...FRESH,
      message,
      place: 'queue',
      state: isWaiting ? 'scheduled' : 'active',
      isWaiting,
      number: this.#nextNumber(),
      enqueuedMs: this.nowMs,
      dueMs,
      expiresMs: dueMs + (message.timeToLiveMs ?? Infinity),
    };
    if (isWaiting) this.#put(stored);
    else this.#activate(stored);
  }

  /** @returns whether it was (still) scheduled */
  cancel(body: number): boolean {
    return this.#stored.get(body)?.isWaiting === true && this.#stored.delete(body);
  }

  receivable(source: Source): Shown[] {
    return this.#inOrder(source)
      .filter((one) => one.state !== 'deferred' && !one.isWaiting && one.lockedUntilMs === 0)
      .map(asShown);
  }

  /** @returns when the lock ends */
  lock(body: number): number {
    const lockedUntilMs = this.nowMs + this.rules.lockMs;
    this.#put({ ...this.#get(body), lockedUntilMs });
    return lockedUntilMs;
  }

  delete(body: number): void {
    this.#stored.delete(body);
  }

  /** A deferred message does not expire by itself; it does when someone asks for it. */
  lockDeferred(body: number): Shown | undefined {
    const stored = this.#stored.get(body);
    if (stored?.state !== 'deferred' || stored.lockedUntilMs > 0) return undefined;
    const isExpired = stored.expiresMs <= this.nowMs;
    if (isExpired) this.#expire(stored);
    else this.lock(body);
    return isExpired ? undefined : asShown(stored);
  }

  /** Only under a lock that has not ended. */
  settle(body: number, settlement: Settlement): void {
    const stored = this.#get(body);
    if (settlement === 'complete') this.delete(body);
    else if (settlement === 'dead-letter') this.#deadLetter(stored, 'Test');
    else this.#unlock(settlement === 'defer' ? { ...stored, state: 'deferred' } : stored);
  }

  peek(source: Source): Shown[] {
    return this.#inOrder(source).map(asShown);
  }

  /** Lets everything happen at its time. */
  advance(ms: number): void {
    const endMs = this.nowMs + ms;
    const nextMs = () => Math.min(...[...this.#stored.values()].map(happensMs));
    for (; nextMs() <= endMs; ) {
      this.nowMs = nextMs();
      for (const one of this.#inOrder()) if (happensMs(one) <= this.nowMs) this.#happen(one);
    }
    this.nowMs = endMs;
  }

  /**
   * Everything is kept but the locks, which end as if their time were up. Service Bus documents that too: a lock may
   * be lost before its time, through an update of the service for one (`MessageLockLost`); what was locked then
   * counts as delivered.
   */
  restart(): void {
    for (const one of this.#inOrder()) if (one.lockedUntilMs > 0) this.#unlock(one);
  }

  #happen(stored: Stored): void {
    if (stored.isWaiting) this.#activate(stored);
    else if (stored.lockedUntilMs > 0) this.#unlock(stored);
    else this.#expire(stored);
  }

  /** It gets a new number, and its time to live counts from here. */
  #activate(stored: Stored): void {
    const { nowMs } = this;
    const expiresMs = nowMs + (stored.message.timeToLiveMs ?? Infinity);
    const number = this.#nextNumber();
    this.#put({ ...stored, isWaiting: false, number, enqueuedMs: nowMs, expiresMs });
  }

  /** Under its lock it did not expire; it does now. Dead letters are delivered as often as one likes. */
  #unlock(stored: Stored): void {
    const free = delivered(stored);
    const isSpent = free.place === 'queue' && free.deliveryCount >= this.rules.maxDeliveryCount;
    if (isSpent) this.#deadLetter(free, 'MaxDeliveryCountExceeded');
    else if (free.state !== 'deferred' && endMs(free) <= this.nowMs) this.#expire(free);
    else this.#put(free);
  }

  #expire(stored: Stored): void {
    if (this.rules.isExpiredDeadLettered) this.#deadLetter(stored, 'TTLExpiredException');
    else this.delete(stored.message.body);
  }

  #deadLetter(stored: Stored, deadLetterReason: string): void {
    const dead = { state: 'active', place: 'dead-letters', lockedUntilMs: 0 } as const;
    this.#put({ ...stored, ...dead, deadLetterReason });
  }

  #inOrder(source?: Source): Stored[] {
    const there = [...this.#stored.values()].filter(({ place }) => !source || place === source);
    return there.sort((a, b) => a.number - b.number);
  }

  #put = (stored: Stored): unknown => this.#stored.set(stored.message.body, stored);

  #get(body: number): Stored {
    const stored = this.#stored.get(body);
    if (stored === undefined) throw new Error(`The model holds no message ${body}.`);
    return stored;
  }

  #nextNumber = (): number => ++this.#lastNumber;
}

/** A delivery that was given up or lost counts, a deferral too (azure-service-bus issue 375); one of a dead letter does not. */
const delivered = (stored: Stored): Stored => ({
  ...stored,
  deliveryCount: stored.deliveryCount + (stored.place === 'queue' ? 1 : 0),
  lockedUntilMs: 0,
});

/** Dead letters outlive their time, and still say when that was. */
const endMs = ({ place, expiresMs }: Stored): number => (place === 'queue' ? expiresMs : Infinity);

const asShown = (stored: Stored): Shown => ({
  body: stored.message.body,
  state: stored.state,
  deliveryCount: stored.deliveryCount,
  expiresAtMs: stored.expiresMs === Infinity ? undefined : stored.expiresMs,
  enqueuedAtMs: stored.enqueuedMs,
  deadLetterReason: stored.deadLetterReason,
});

/** When something next happens to a message by itself. */
function happensMs(stored: Stored): number {
  const { isWaiting, dueMs, lockedUntilMs, state } = stored;
  if (isWaiting) return dueMs;
  if (lockedUntilMs > 0) return lockedUntilMs;
  return state === 'deferred' ? Infinity : endMs(stored);
}
