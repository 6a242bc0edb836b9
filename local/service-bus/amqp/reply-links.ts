import { randomBytes } from 'node:crypto';
import rhea, { type Sender, type Session } from 'rhea';
import { MAX_WAITING_REPLIES, MAX_WAITING_REPLY_BYTES } from './limits.ts';
import { TAG_BYTES } from './lock-token.ts';
import { OutgoingLink } from './outgoing-link.ts';
import type { SendBuffer } from './send-buffer.ts';

/** A reply as rhea encodes it. */
export interface Reply {
  readonly correlation_id: unknown;
  readonly application_properties: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

interface ReplyLink {
  readonly session: Session;
  readonly node: string;
  readonly replyTo: string;
  readonly link: OutgoingLink;
  readonly waiting: Buffer[];
}

/** The links of one connection on which requests to `$cbs` and `$management` are answered. */
export class ReplyLinks {
  readonly #links = new Set<ReplyLink>();
  readonly #sendBuffer: SendBuffer;

  constructor(sendBuffer: SendBuffer) {
    this.#sendBuffer = sendBuffer;
    sendBuffer.onRoom(() => {
      for (const link of this.#links) flush(link);
    });
  }

  add(sender: Sender, session: Session, node: string): void {
    const replyTo = sender.target?.address ?? '';
    const link: ReplyLink = {
      session,
      node,
      replyTo,
      link: new OutgoingLink(sender, this.#sendBuffer),
      waiting: [],
    };
    this.#links.add(link);
    sender.on('sender_flow', () => flush(link));
  }

  /** Answers a request that came in on this session for this node. `$cbs` replies go by the node alone. */
  reply(session: Session, node: string, replyTo: unknown, reply: Reply): void {
    this.#forgetClosed();
    const candidates = [...this.#links].filter((link) => link.node === node);
    const link =
      candidates.find((candidate) => candidate.replyTo === replyTo) ??
      candidates.find((candidate) => candidate.session === session) ??
      candidates[0];
    if (link === undefined) return;
    link.waiting.push(rhea.message.encode(reply));
    flush(link);
    while (isTooMuch(link.waiting)) link.waiting.shift();
  }

  /** A link may also close without a word, together with its session. */
  #forgetClosed(): void {
    for (const link of this.#links) if (!link.link.isOpen) this.#links.delete(link);
  }
}

/** The newest reply is kept, however large. */
function isTooMuch(waiting: readonly Buffer[]): boolean {
  if (waiting.length > MAX_WAITING_REPLIES) return true;
  const bytes = waiting.reduce((sum, reply) => sum + reply.length, 0);
  return waiting.length > 1 && bytes > MAX_WAITING_REPLY_BYTES;
}

function flush({ link, waiting }: ReplyLink): void {
  while (link.credit > 0) {
    const reply = waiting.shift();
    if (reply === undefined) break;
    link.sendSettled(reply, randomBytes(TAG_BYTES));
  }
  link.answerDrain();
}
