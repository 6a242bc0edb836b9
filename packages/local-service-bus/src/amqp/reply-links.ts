import type { Sender, Session } from 'rhea';
import { OutgoingLink } from './outgoing-link.ts';
import { ReplyLink } from './reply-link.ts';
import type { SendBuffer } from './send-buffer.ts';
import type { WorkQueue } from './work-queue.ts';

interface Place {
  readonly session: Session;
  readonly node: string;
  readonly replyTo: string;
  readonly link: ReplyLink;
}

/** The links of one connection on which requests to `$cbs` and `$management` are answered. */
export class ReplyLinks {
  readonly #places = new Set<Place>();
  readonly #sendBuffer: SendBuffer;
  readonly #workQueue: WorkQueue;

  constructor(sendBuffer: SendBuffer, workQueue: WorkQueue) {
    this.#sendBuffer = sendBuffer;
    this.#workQueue = workQueue;
    sendBuffer.onRoom(() => {
      for (const { link } of this.#places) link.flush();
    });
  }

  /** What waits to be taken. */
  get bytes(): number {
    let bytes = 0;
    for (const { link } of this.#places) bytes += link.bytes;
    return bytes;
  }

  add(sender: Sender, session: Session, node: string): void {
    const replyTo = sender.target?.address ?? '';
    const link = new ReplyLink(new OutgoingLink(sender, this.#sendBuffer), this.#workQueue);
    this.#places.add({ session, node, replyTo, link });
    sender.on('sender_flow', () => link.flush());
  }

  /** Where a request is answered that came in on this session for this node. `$cbs` replies go by the node alone. */
  find(session: Session, node: string, replyTo: unknown): ReplyLink | undefined {
    this.#forgetClosed();
    const candidates = [...this.#places].filter((place) => place.node === node);
    const found =
      candidates.find((candidate) => candidate.replyTo === replyTo) ??
      candidates.find((candidate) => candidate.session === session) ??
      candidates[0];
    return found?.link;
  }

  /** A link may also close without a word, together with its session. */
  #forgetClosed(): void {
    for (const place of this.#places) if (!place.link.isOpen) this.#places.delete(place);
  }
}
