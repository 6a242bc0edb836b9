import type { Delivery, Sender } from 'rhea';
import { localAttach, senderFlow, trackableDeliveries, writeSoon } from './rhea-internals.ts';
import type { SendBuffer } from './send-buffer.ts';

/** AMQP's message format of a single message. */
const SINGLE_MESSAGE = 0;

/** A link on which the broker sends, with exact accounts of its credit. */
export class OutgoingLink {
  readonly sender: Sender;
  readonly #sendBuffer: SendBuffer;
  /** Handed to rhea so far; it writes them, and takes the credit, at the end of the turn. */
  #sentCount = 0;
  #drainedCount = 0;

  constructor(sender: Sender, sendBuffer: SendBuffer) {
    this.sender = sender;
    this.#sendBuffer = sendBuffer;
    // .NET clients fail if the answer to their attach has other settle modes than they asked for.
    localAttach(sender).snd_settle_mode = sender.snd_settle_mode;
    localAttach(sender).rcv_settle_mode = sender.rcv_settle_mode;
    sender.set_source({ address: sender.source.address });
    sender.set_target({ address: sender.target?.address ?? '' });
    senderFlow(sender)._get_drain = () => this.#useUpCredit();
  }

  get isOpen(): boolean {
    return this.sender.is_open();
  }

  /** How many messages may be sent now: none to a peer that does not read. */
  get credit(): number {
    if (!this.isOpen || !this.#sendBuffer.hasRoom) return 0;
    const creditLeft = senderFlow(this.sender).credit - this.#unwritten;
    return Math.min(creditLeft, trackableDeliveries(this.sender));
  }

  /** Whether the receiver wants messages settled before it has them (receive and delete). */
  get isPreSettled(): boolean {
    return this.sender.snd_settle_mode === 1;
  }

  send(message: Buffer, tag: Buffer): Delivery {
    this.#sentCount += 1;
    this.#sendBuffer.add(message.length);
    return this.sender.send(message, tag, SINGLE_MESSAGE);
  }

  /** Sends without expecting an answer. */
  sendSettled(message: Buffer, tag: Buffer): void {
    Object.assign(this.send(message, tag), { settled: true });
  }

  /** Tells a receiver that asked for it that nothing more comes on the credit it gave. */
  answerDrain(): void {
    if (!this.isOpen || !this.#sendBuffer.hasRoom || !senderFlow(this.sender)._draining) return;
    this.sender.set_drained(true);
    writeSoon(this.sender);
  }

  get #unwritten(): number {
    return this.#sentCount + this.#drainedCount - senderFlow(this.sender).delivery_count;
  }

  /** rhea asks this while it writes a flow frame, after the messages; its own answer leaves out the drain flag at credit 0. */
  #useUpCredit(): boolean {
    const flow = senderFlow(this.sender);
    if (!flow._draining || this.#unwritten > 0) return false;
    this.#drainedCount += flow.credit;
    flow.delivery_count += flow.credit;
    flow.credit = 0;
    flow._draining = false;
    return true;
  }
}
