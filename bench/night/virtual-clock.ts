interface Timer {
  readonly dueMs: number;
  wake(): void;
}

/** A clock without real waiting: it moves when everything that runs waits for it. */
export class VirtualClock {
  nowMs = Date.UTC(2026, 10, 22, 2);
  readonly #timers: Timer[] = [];

  sleep(durationMs: number): Promise<void> {
    const dueMs = this.nowMs + durationMs;
    return new Promise((wake) => {
      const later = this.#timers.findIndex((timer) => timer.dueMs > dueMs);
      this.#timers.splice(later < 0 ? this.#timers.length : later, 0, { dueMs, wake });
    });
  }

  /** When the next waiter wakes; `Infinity` if none waits. */
  get nextMs(): number {
    return this.#timers[0]?.dueMs ?? Infinity;
  }

  /** Wakes every waiter whose time has come by then. */
  advanceTo(ms: number): void {
    this.nowMs = Math.max(this.nowMs, ms);
    while (this.nextMs <= this.nowMs) this.#timers.shift()?.wake();
  }
}
