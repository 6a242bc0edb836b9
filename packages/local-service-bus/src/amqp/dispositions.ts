import type { Delivery, Typed } from 'rhea';
import { type AmqpError, accepted, rejected } from './outcomes.ts';

interface Answer {
  readonly delivery: Delivery;
  readonly error: AmqpError | undefined;
}

/**
 * Answers deliveries, each with its own outcome.
 *
 * rhea 3.0.5 writes two dispositions that follow each other within one turn as one range with the first one's
 * state, whatever the second's. Accepted ones may share a turn; any other gets a turn of its own.
 */
export class Dispositions {
  #waiting: Answer[] = [];
  #isScheduled = false;

  /** Settles the delivery: accepted, or rejected with the error. */
  answer(delivery: Delivery, error?: AmqpError): void {
    this.#waiting.push({ delivery, error });
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#waiting.length === 0) return;
    this.#isScheduled = true;
    process.nextTick(() => {
      this.#isScheduled = false;
      this.#turn();
      this.#schedule();
    });
  }

  #turn(): void {
    const firstRefused = this.#waiting.findIndex((answer) => answer.error !== undefined);
    const count = firstRefused === -1 ? this.#waiting.length : Math.max(1, firstRefused);
    const now = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    for (const { delivery, error } of now) {
      settle(delivery, error === undefined ? accepted() : rejected(error));
    }
  }
}

function settle(delivery: Delivery, state: Typed): void {
  delivery.update(true, state);
  // The peer need not settle once more; rhea would keep the delivery for ever waiting for that.
  Object.assign(delivery, { remote_settled: true });
}
