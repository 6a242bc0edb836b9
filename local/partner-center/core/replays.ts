import type { Reply } from './answer.ts';

/** How long a repeated MS-RequestId gets the first answer again. UNCONFIRMED; article headers names no time. */
const WINDOW_MS = 10 * 60_000;
const KEPT = 10_000;

/** "On timeout the retry carries the same MS-RequestId" (article headers): the answers to the last writes. */
export class Replays {
  readonly #answers = new Map<string, { readonly atMs: number; readonly reply: Reply }>();

  find(key: string, nowMs: number): Reply | undefined {
    const found = this.#answers.get(key);
    return found !== undefined && nowMs - found.atMs <= WINDOW_MS ? found.reply : undefined;
  }

  remember(key: string, reply: Reply, nowMs: number): void {
    this.#answers.set(key, { atMs: nowMs, reply });
    const oldest = this.#answers.keys().next();
    if (this.#answers.size > KEPT && oldest.done !== true) this.#answers.delete(oldest.value);
  }
}
