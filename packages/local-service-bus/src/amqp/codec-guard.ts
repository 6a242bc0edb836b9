import { type CodecReader, readerPrototype } from './rhea-internals.ts';
import { Violation } from './violation.ts';

/**
 * rhea makes room for as many items as a list or array announces before it has read one, and never stops at an
 * array of items without bytes: forty bytes from a client could take all memory. Once for the whole process, for
 * rhea has one codec; honest messages are not touched, for every other item has a byte at least.
 */
export function guardCodec(): void {
  for (const name of ['read_n', 'read_array_items'] as const) {
    const read = readerPrototype[name];
    if (read.name === GUARDED) continue;
    const guarded = function (this: CodecReader, count: number, ...more: unknown[]): unknown {
      if (count > this.remaining()) {
        throw new Violation(`it announced ${count} items in ${this.remaining()} bytes`);
      }
      return read.call(this, count, ...more);
    };
    Object.defineProperty(guarded, 'name', { value: GUARDED });
    readerPrototype[name] = guarded;
  }
}

const GUARDED = 'guarded';
