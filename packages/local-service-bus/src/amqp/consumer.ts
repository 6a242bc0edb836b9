import { randomBytes } from 'node:crypto';
import type { Delivery, EventContext } from 'rhea';
import type { Outcome } from '../core/message.ts';
import type { Namespace } from '../core/namespace.ts';
import type { Dispositions } from './dispositions.ts';
import { encodeMessage } from './encode-message.ts';
import { lockTokenToTag, TAG_BYTES, tagToLockToken } from './lock-token.ts';
import { outcomeOf } from './outcome-of.ts';
import { amqpError } from './outcomes.ts';
import type { OutgoingLink } from './outgoing-link.ts';

/** A client's receiving link: takes messages as far as its credit goes, and passes on what becomes of them. */
export class Consumer {
  readonly path: string;
  readonly #link: OutgoingLink;
  readonly #namespace: Namespace;
  readonly #dispositions: Dispositions;

  constructor(link: OutgoingLink, path: string, namespace: Namespace, dispositions: Dispositions) {
    const { sender } = link;
    this.path = path;
    this.#link = link;
    this.#namespace = namespace;
    this.#dispositions = dispositions;
    sender.on('accepted', ({ delivery }: EventContext) => this.#settle(delivery));
    sender.on('rejected', ({ delivery }: EventContext) => this.#settle(delivery));
    sender.on('released', ({ delivery }: EventContext) => this.#settle(delivery));
    sender.on('modified', ({ delivery }: EventContext) => this.#settle(delivery));
  }

  /** Delivers one message, if one waits and there is credit. */
  takeOne(): boolean {
    if (this.#link.credit <= 0) return false;
    try {
      return this.#link.isPreSettled ? this.#takeForGood() : this.#takeLocked();
    } catch (error) {
      this.#link.sender.close(amqpError(error));
      return false;
    }
  }

  /** Closes the link, because of what must not happen, and spares all others. */
  fail(error: unknown): void {
    this.#link.sender.close(amqpError(error));
  }

  /** Answers a drain, once what was ready is on its way. */
  answerDrain(): void {
    this.#link.answerDrain();
  }

  #takeLocked(): boolean {
    const [message] = this.#namespace.receive(this.path);
    if (message === undefined) return false;
    this.#link.send(encodeMessage(message), lockTokenToTag(message.lockToken));
    return true;
  }

  #takeForGood(): boolean {
    const [message] = this.#namespace.receiveAndDelete(this.path);
    if (message === undefined) return false;
    this.#link.send(encodeMessage(message), randomBytes(TAG_BYTES));
    return true;
  }

  #settle(delivery: Delivery | undefined): void {
    if (delivery === undefined || this.#link.isPreSettled) return;
    try {
      const outcome: Outcome = outcomeOf(delivery.remote_state);
      this.#namespace.settle(this.path, tagToLockToken(Buffer.from(delivery.tag)), outcome);
      this.#dispositions.answer(delivery);
    } catch (error) {
      this.#dispositions.answer(delivery, amqpError(error));
    }
  }
}
