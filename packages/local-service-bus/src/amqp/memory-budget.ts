import { MAX_HELD_BYTES } from './limits.ts';

/** Whoever has the broker hold something. */
export interface Holder {
  /** Ends it, and with it all that it holds. */
  endForMemory(): void;
}

interface Holding {
  readonly bytes: number;
  /** When it last gave anything back. */
  readonly sinceMs: number;
}

/** What all peers together have the broker hold: each within its own limits, a thousand could take all memory. */
export class MemoryBudget {
  readonly #nowMs: () => number;
  readonly #holdings = new Map<Holder, Holding>();
  #totalBytes = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** To be told of every change; if it is too much for all of them, one of them is ended. */
  hold(holder: Holder, bytes: number): void {
    const before = this.#holdings.get(holder);
    if (before?.bytes === bytes) return;
    const isMore = before !== undefined && bytes > before.bytes;
    this.#holdings.set(holder, { bytes, sinceMs: isMore ? before.sinceMs : this.#nowMs() });
    this.#totalBytes += bytes - (before?.bytes ?? 0);
    while (this.#totalBytes > MAX_HELD_BYTES) this.#endOne();
  }

  release(holder: Holder): void {
    this.#totalBytes -= this.#holdings.get(holder)?.bytes ?? 0;
    this.#holdings.delete(holder);
  }

  /** The one that has given nothing back for longest, of those that hold half an even share at least. */
  #endOne(): void {
    const minBytes = this.#totalBytes / this.#holdings.size / 2;
    const [first] = [...this.#holdings]
      .filter(([, { bytes }]) => bytes >= minBytes)
      .sort(([, a], [, b]) => a.sinceMs - b.sinceMs || b.bytes - a.bytes);
    if (first === undefined) return;
    this.release(first[0]);
    first[0].endForMemory();
  }
}
