import { MAX_UNFINISHED_BYTES } from './limits.ts';
import type { Frame, IncomingLink } from './rhea-internals.ts';
import { Violation } from './violation.ts';

/** A buffer's own cost, besides its bytes. */
const OVERHEAD_BYTES = 256;

/** Messages of which more is to come: rhea collects them without an end. */
export class UnfinishedMessages {
  readonly #bytesByLink = new WeakMap<IncomingLink, number>();
  #totalBytes = 0;

  get bytes(): number {
    return this.#totalBytes;
  }

  check(frame: Frame, link: IncomingLink): void {
    const bytesBefore = this.#bytesByLink.get(link) ?? 0;
    const isUnfinished = frame.performative['more'] === true;
    const bytes = isUnfinished ? bytesBefore + OVERHEAD_BYTES + (frame.payload?.length ?? 0) : 0;
    this.#bytesByLink.set(link, bytes);
    this.#totalBytes += bytes - bytesBefore;
    if (this.#totalBytes > MAX_UNFINISHED_BYTES + link.local.attach.max_message_size) {
      throw new Violation('it does not finish its messages');
    }
    if (isUnfinished) unpin(frame);
  }
}

/** A part of what was read from the socket would keep all of that in memory. */
function unpin(frame: Frame): void {
  const { performative } = frame;
  if (frame.payload !== undefined) frame.payload = Buffer.from(frame.payload);
  if (Buffer.isBuffer(performative['delivery_tag'])) {
    performative['delivery_tag'] = Buffer.from(performative['delivery_tag']);
  }
  // Transactions have one, and are refused.
  performative['state'] = undefined;
}
