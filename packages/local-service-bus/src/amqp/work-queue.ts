/** Work that takes long, one piece at a time in the order it was asked for, with all that waits meanwhile in between. */
export class WorkQueue {
  readonly #waiting: (() => void)[] = [];

  add(work: () => void): void {
    this.#waiting.push(work);
    if (this.#waiting.length === 1) setImmediate(() => this.#take());
  }

  #take(): void {
    this.#waiting[0]?.();
    this.#waiting.shift();
    if (this.#waiting.length > 0) setImmediate(() => this.#take());
  }
}
