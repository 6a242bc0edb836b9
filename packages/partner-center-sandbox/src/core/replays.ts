import { isDeepStrictEqual } from 'node:util';
import { invalidInput, type Reply } from './answer.ts';

/** How long a repeated MS-RequestId gets the first answer again. UNCONFIRMED; article headers names no time. */
const WINDOW_MS = 10 * 60_000;
const KEPT = 10_000;

interface Answered {
  readonly atMs: number;
  readonly body: unknown;
  readonly reply: Reply;
}

const anotherBody = invalidInput('MS-RequestId is that of a call with another body.');

/** "On timeout the retry carries the same MS-RequestId" (article headers): the answers to the last writes. */
export class Replays {
  readonly #answers = new Map<string, Answered>();

  /** The first answer, if it is the same that is asked for; with another body, a refusal (INFERRED). */
  find(key: string, body: unknown, nowMs: number): Reply | undefined {
    const found = this.#answers.get(key);
    if (found === undefined || nowMs - found.atMs > WINDOW_MS) return undefined;
    return isDeepStrictEqual(body, found.body) ? structuredClone(found.reply) : anotherBody;
  }

  remember(key: string, body: unknown, reply: Reply, nowMs: number): void {
    this.#answers.set(key, { atMs: nowMs, ...structuredClone({ body, reply }) });
    const oldest = this.#answers.keys().next();
    if (this.#answers.size > KEPT && oldest.done !== true) this.#answers.delete(oldest.value);
  }
}
