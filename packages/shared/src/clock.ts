/** Time for the embedded stack: the shells run on the system's clock, tests on one moved by hand. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  nowMs(): number;
  /** Calls back once, at or after `atMs`; the returned function cancels it. */
  schedule(atMs: number, callback: () => void): () => void;
}

/** `setTimeout` fires at once for anything longer than this, so longer waits go in steps. */
const MAX_TIMEOUT_MS = 2_147_483_647;

/** The machine's own clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  schedule(atMs, callback) {
    let timer: NodeJS.Timeout;
    const arm = () => {
      const remainingMs = Math.max(0, atMs - Date.now());
      timer = setTimeout(
        () => (Date.now() >= atMs ? callback() : arm()),
        Math.min(remainingMs, MAX_TIMEOUT_MS),
      );
      timer.unref();
    };
    arm();
    return () => clearTimeout(timer);
  },
};

/** A clock that stands still until it is told to advance; due callbacks run in order of their time. */
export class ManualClock implements Clock {
  #nowMs: number;
  #entries: { atMs: number; callback: () => void }[] = [];

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  schedule(atMs: number, callback: () => void): () => void {
    const entry = { atMs, callback };
    this.#entries.push(entry);
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
    };
  }

  /** Moves the time forward by `ms`, running what falls due on the way at its own time. */
  advance(ms: number): void {
    const targetMs = this.#nowMs + ms;
    for (;;) {
      const due = this.#entries
        .filter((entry) => entry.atMs <= targetMs)
        .sort((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      this.#entries = this.#entries.filter((entry) => entry !== due);
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      due.callback();
    }
    this.#nowMs = targetMs;
  }
}
