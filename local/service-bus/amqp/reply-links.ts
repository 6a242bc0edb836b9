import { randomBytes } from 'node:crypto';
import rhea, { type Sender, type Session } from 'rhea';
import { TAG_BYTES } from './lock-token.ts';
import { OutgoingLink } from './outgoing-link.ts';

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

/** How many replies wait for credit on one link before the oldest are given up. */
const MAX_WAITING = 1_000;

/** The links of one connection on which requests to `$cbs` and `$management` are answered. */
export class ReplyLinks {
  readonly #links = new Set<ReplyLink>();

  add(sender: Sender, session: Session, node: string): void {
    const replyTo = sender.target?.address ?? '';
    const link: ReplyLink = {
      session,
      node,
      replyTo,
      link: new OutgoingLink(sender),
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
    if (link.waiting.length > MAX_WAITING) link.waiting.shift();
    flush(link);
  }

  /** A link may also close without a word, together with its session. */
  #forgetClosed(): void {
    for (const link of this.#links) if (!link.link.isOpen) this.#links.delete(link);
  }
}

function flush({ link, waiting }: ReplyLink): void {
  while (link.credit > 0) {
    const reply = waiting.shift();
    if (reply === undefined) break;
    link.sendSettled(reply, randomBytes(TAG_BYTES));
  }
  link.answerDrain();
}
