import { randomBytes } from 'node:crypto';
import { MAX_WAITING_REPLIES, MAX_WAITING_REPLY_BYTES } from './limits.ts';
import { TAG_BYTES } from './lock-token.ts';
import type { OutgoingLink } from './outgoing-link.ts';
import type { WorkQueue } from './work-queue.ts';

/** An answer that may have to wait for its client. */
export interface Reply {
  /** What it costs to keep it. */
  readonly bytes: number;
  /** Whether to encode it is so much work that others have their turn first. */
  readonly isLate: boolean;
  /** Nothing where it cannot be given. */
  encode(): Buffer | undefined;
}

/** One that is made only when the client takes it: what it costs until then is the question. */
export class LateReply implements Reply {
  readonly isLate = true;
  readonly #question: Buffer;
  readonly #answer: (question: Buffer) => Buffer;

  constructor(question: Buffer, answer: (question: Buffer) => Buffer) {
    // A part of what was read from the socket would keep all of that in memory.
    this.#question = Buffer.from(question);
    this.#answer = answer;
  }

  get bytes(): number {
    return this.#question.length;
  }

  encode(): Buffer | undefined {
    try {
      return this.#answer(this.#question);
    } catch {
      // Its id is of a type that cannot be written back, and no one waits for an answer without one.
      return undefined;
    }
  }
}

/** A link on which requests are answered, as far as the client gives credit and reads. */
export class ReplyLink {
  readonly #link: OutgoingLink;
  readonly #workQueue: WorkQueue;
  readonly #waiting: Reply[] = [];
  #bytes = 0;
  #hasAsked = false;

  constructor(link: OutgoingLink, workQueue: WorkQueue) {
    this.#link = link;
    this.#workQueue = workQueue;
  }

  get isOpen(): boolean {
    return this.#link.isOpen;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The newest reply is kept, however large. */
  add(reply: Reply): void {
    this.#waiting.push(reply);
    this.#bytes += reply.bytes;
    this.flush();
    while (this.#isTooMuch) this.#next();
  }

  flush(): void {
    while (this.#link.credit > 0 && this.#waiting.length > 0) {
      if (this.#waiting[0]?.isLate) {
        this.#askForTurn();
        return;
      }
      this.#sendNext();
    }
    this.#link.answerDrain();
  }

  #askForTurn(): void {
    if (this.#hasAsked) return;
    this.#hasAsked = true;
    this.#workQueue.add(() => {
      this.#hasAsked = false;
      if (this.#link.credit > 0) this.#sendNext();
      this.flush();
    });
  }

  #sendNext(): void {
    const bytes = this.#next()?.encode();
    if (bytes !== undefined) this.#link.sendSettled(bytes, randomBytes(TAG_BYTES));
  }

  get #isTooMuch(): boolean {
    if (this.#waiting.length > MAX_WAITING_REPLIES) return true;
    return this.#waiting.length > 1 && this.#bytes > MAX_WAITING_REPLY_BYTES;
  }

  #next(): Reply | undefined {
    const reply = this.#waiting.shift();
    this.#bytes -= reply?.bytes ?? 0;
    return reply;
  }
}
