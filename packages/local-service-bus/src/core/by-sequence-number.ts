interface Numbered {
  readonly sequenceNumber: number;
}

/** Few enough to move when one is put between them or taken out, and many enough that a queue has few chunks. */
const MAX_CHUNK_SIZE = 512;

/**
 * Items in the order of their sequence numbers, none of which is there twice. Whatever is asked of it, it looks at
 * some dozen of them and moves a chunk's worth at most, however many there are.
 */
export class BySequenceNumber<Item extends Numbered> {
  /** In order, one after the other; none is empty. */
  readonly #chunks: Item[][] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(sequenceNumber: number): Item | undefined {
    const chunk = this.#chunks[this.#chunkOf(sequenceNumber)];
    const item = chunk?.[firstFrom(chunk, sequenceNumber)];
    return item?.sequenceNumber === sequenceNumber ? item : undefined;
  }

  add(item: Item): void {
    const index = this.#chunkOf(item.sequenceNumber);
    const chunk = this.#chunks[index] ?? [];
    chunk.splice(firstFrom(chunk, item.sequenceNumber), 0, item);
    this.#size += 1;
    if (chunk.length === 1) this.#chunks.push(chunk);
    if (chunk.length > MAX_CHUNK_SIZE) {
      this.#chunks.splice(index + 1, 0, chunk.splice(MAX_CHUNK_SIZE / 2));
    }
  }

  /** Does nothing if there is none of that number. */
  delete(sequenceNumber: number): void {
    if (this.get(sequenceNumber) === undefined) return;
    const index = this.#chunkOf(sequenceNumber);
    const chunk = this.#chunks[index] ?? [];
    chunk.splice(firstFrom(chunk, sequenceNumber), 1);
    this.#size -= 1;
    if (chunk.length === 0) this.#chunks.splice(index, 1);
  }

  /** Those of this number and of higher ones; to be read before anything is changed. */
  *from(sequenceNumber: number): Generator<Item> {
    const index = this.#chunkOf(sequenceNumber);
    const chunk = this.#chunks[index] ?? [];
    yield* chunk.slice(firstFrom(chunk, sequenceNumber));
    for (let next = index + 1; next < this.#chunks.length; next += 1) {
      yield* this.#chunks[next] ?? [];
    }
  }

  /** All of them. */
  [Symbol.iterator](): Generator<Item> {
    return this.from(-Infinity);
  }

  /** The only chunk that may hold this number: the last one that does not begin after it, or the first. */
  #chunkOf(sequenceNumber: number): number {
    const isAfter = (chunk: Item[] | undefined): boolean =>
      (chunk?.[0]?.sequenceNumber ?? Infinity) > sequenceNumber;
    return Math.max(0, firstIndex(this.#chunks, isAfter) - 1);
  }
}

const firstFrom = (chunk: readonly Numbered[], sequenceNumber: number): number =>
  firstIndex(chunk, (item) => item.sequenceNumber >= sequenceNumber);

/** Where, in what is false up to some place and true from there on, it becomes true. */
function firstIndex<Item>(items: readonly Item[], isThere: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item === undefined || isThere(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
