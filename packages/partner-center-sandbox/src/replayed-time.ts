/** The clock, which stands still during a call, and is turned back for one that is made again. */
export class ReplayedTime {
  readonly #nowMs: () => number;
  #heldMs: number | undefined;
  #isReplaying = false;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  get isReplaying(): boolean {
    return this.#isReplaying;
  }

  nowMs(): number {
    return this.#heldMs ?? this.#nowMs();
  }

  holdStill<T>(work: (atMs: number) => T): T {
    const atMs = this.#nowMs();
    this.#heldMs = atMs;
    try {
      return work(atMs);
    } finally {
      this.#heldMs = undefined;
    }
  }

  replay<T>(atMs: number, work: () => T): T {
    this.#isReplaying = true;
    this.#heldMs = atMs;
    try {
      return work();
    } finally {
      this.#heldMs = undefined;
      this.#isReplaying = false;
    }
  }
}
