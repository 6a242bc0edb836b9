import type { FrameMeter } from './frame-meter.ts';

/** A buffer's own cost, besides its bytes. */
const OVERHEAD_BYTES = 256;

/** A frame of which more is to come: rhea keeps every piece of it as it came from the socket. */
export class UnfinishedFrame {
  readonly #meter: FrameMeter;
  #completeCount = 0;
  #bytes = 0;

  constructor(meter: FrameMeter) {
    this.#meter = meter;
  }

  get bytes(): number {
    return this.#meter.isInFrame ? this.#bytes : 0;
  }

  /** To be called once the meter has taken them. */
  take(piece: Buffer): void {
    if (this.#meter.completeCount > this.#completeCount) this.#bytes = 0;
    this.#completeCount = this.#meter.completeCount;
    this.#bytes += OVERHEAD_BYTES + piece.length;
  }
}
