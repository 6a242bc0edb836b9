import type { Clock } from '@sandbox-teardown/shared/clock';
import type { Namespace } from './core/namespace.ts';

/** Runs the namespace's timed events: it sets one timer, for the next of them. */
export class Timekeeper {
  readonly #clock: Clock;
  #namespace: Namespace | undefined;
  #isWoken = false;
  #armedForMs = Infinity;
  #cancelTimer: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  keep(namespace: Namespace): void {
    this.#namespace = namespace;
  }

  stop(): void {
    this.#namespace = undefined;
    this.#cancelTimer();
  }

  /** Sets the timer anew after the current turn, if the next event is another one. */
  wake(): void {
    if (this.#isWoken) return;
    this.#isWoken = true;
    queueMicrotask(() => {
      this.#isWoken = false;
      this.#arm();
    });
  }

  #arm(): void {
    if (this.#namespace === undefined) return;
    const dueMs = this.#namespace.nextDueMs();
    if (dueMs === this.#armedForMs) return;
    this.#cancelTimer();
    this.#armedForMs = dueMs;
    if (dueMs === Infinity) return;
    this.#cancelTimer = this.#clock.schedule(dueMs, () => {
      this.#armedForMs = Infinity;
      this.#namespace?.advance();
      this.#arm();
    });
  }
}
