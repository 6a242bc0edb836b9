/** The numbers an entity gives its messages: ascending, from 1, none twice. */
export class SequenceNumbers {
  /** The latest one given; set when an entity is restored. */
  last = 0;

  next(): number {
    this.last += 1;
    return this.last;
  }
}
