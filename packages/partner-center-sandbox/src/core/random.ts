/** Seeded randomness: the same seed gives the same customers, identifiers and delays on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `lowest` to `highest`, both included. */
  integer(lowest: number, highest: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** `length` characters out of `alphabet`. */
  text(length: number, alphabet: string): string;
  /** A lower-case GUID of version 4. */
  guid(): string;
}

const HEX = '0123456789abcdef';

/** The mulberry32 generator: 32 bits of state are plenty for a simulation, and it is fast. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (lowest: number, highest: number) =>
    lowest + Math.floor(next() * (highest - lowest + 1));
  const text = (length: number, alphabet: string) =>
    Array.from({ length }, () => alphabet.charAt(integer(0, alphabet.length - 1))).join('');
  return {
    next,
    integer,
    text,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    guid: () =>
      `${text(8, HEX)}-${text(4, HEX)}-4${text(3, HEX)}-${text(1, '89ab')}${text(3, HEX)}-${text(12, HEX)}`,
  };
}
