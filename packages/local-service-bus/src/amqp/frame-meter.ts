import { MAX_FRAME_BYTES } from './limits.ts';
import { Violation } from './violation.ts';

/** "AMQP", which begins a protocol header; as a frame's size it would be far too large. */
const PROTOCOL_HEADER = 0x414d_5150;
const PROTOCOL_HEADER_BYTES = 8;
const SIZE_BYTES = 4;
const MIN_FRAME_BYTES = 8;

/** Follows the frames in a stream of bytes, without keeping any: rhea would collect a frame of any size. */
export class FrameMeter {
  #hasBegun = false;
  #size = 0;
  #sizeBytesRead = 0;
  #bytesLeft = 0;
  /** Headers and frames that have come in wholly. */
  completeCount = 0;

  get isInFrame(): boolean {
    return this.#bytesLeft > 0 || this.#sizeBytesRead > 0;
  }

  /** @throws Violation at the first bytes of what is no AMQP, or of a frame that is too large or too small */
  take(bytes: Buffer): void {
    for (let position = 0; position < bytes.length; ) {
      if (this.#bytesLeft === 0) this.#takeSizeByte(bytes.readUInt8(position++));
      else position += this.#skip(bytes.length - position);
    }
  }

  #takeSizeByte(byte: number): void {
    this.#size = this.#size * 256 + byte;
    this.#sizeBytesRead += 1;
    if (this.#sizeBytesRead < SIZE_BYTES) return;
    this.#bytesLeft = this.#checkedSize(this.#size) - SIZE_BYTES;
    this.#hasBegun = true;
    this.#size = 0;
    this.#sizeBytesRead = 0;
  }

  #checkedSize(size: number): number {
    if (size === PROTOCOL_HEADER) return PROTOCOL_HEADER_BYTES;
    if (!this.#hasBegun) throw new Violation('it does not speak AMQP 1.0');
    if (size < MIN_FRAME_BYTES || size > MAX_FRAME_BYTES) {
      throw new Violation(
        `it announced a frame of ${size} bytes, and one has ${MIN_FRAME_BYTES} to ${MAX_FRAME_BYTES}`,
      );
    }
    return size;
  }

  #skip(available: number): number {
    const count = Math.min(available, this.#bytesLeft);
    this.#bytesLeft -= count;
    if (this.#bytesLeft === 0) this.completeCount += 1;
    return count;
  }
}
