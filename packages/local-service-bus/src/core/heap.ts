/** A binary heap whose items can also be taken out of the middle: O(log n) throughout. */
export class Heap<Item> {
  readonly #items: Item[] = [];
  readonly #positions = new Map<Item, number>();
  readonly #before: (a: Item, b: Item) => boolean;

  /** @param before whether `a` comes out earlier than `b` */
  constructor(before: (a: Item, b: Item) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#items.length;
  }

  first(): Item | undefined {
    return this.#items[0];
  }

  add(item: Item): void {
    this.#siftUp(item, this.#items.length);
  }

  /** Takes the item out, wherever it is; does nothing if it is not in the heap. */
  remove(item: Item): void {
    const position = this.#positions.get(item);
    const last = this.#items.at(-1);
    if (position === undefined || last === undefined) return;
    this.#positions.delete(item);
    this.#items.pop();
    if (last === item) return;
    this.#siftDown(last, position);
    this.#siftUp(last, this.#positions.get(last) ?? position);
  }

  #siftUp(item: Item, start: number): void {
    let position = start;
    while (position > 0) {
      const parentPosition = (position - 1) >> 1;
      const parent = this.#items[parentPosition];
      if (parent === undefined || !this.#before(item, parent)) break;
      this.#place(parent, position);
      position = parentPosition;
    }
    this.#place(item, position);
  }

  #siftDown(item: Item, start: number): void {
    let position = start;
    for (;;) {
      const childPosition = this.#firstChild(position);
      const child = this.#items[childPosition];
      if (child === undefined || !this.#before(child, item)) break;
      this.#place(child, position);
      position = childPosition;
    }
    this.#place(item, position);
  }

  #firstChild(position: number): number {
    const leftPosition = 2 * position + 1;
    const left = this.#items[leftPosition];
    const right = this.#items[leftPosition + 1];
    const isRight = left !== undefined && right !== undefined && this.#before(right, left);
    return isRight ? leftPosition + 1 : leftPosition;
  }

  #place(item: Item, position: number): void {
    this.#items[position] = item;
    this.#positions.set(item, position);
  }
}
