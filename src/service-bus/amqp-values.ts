/** An encoded AMQP 1.0 value. */
export interface AmqpValue {
  /** The number of its descriptor, if it has one. */
  readonly descriptor?: bigint | undefined;
  /** The format code: the type of the content. */
  readonly code: number;
  readonly content: Buffer;
}

const DESCRIBED = 0x00;
const ULONGS: ReadonlySet<number> = new Set([0x44, 0x53, 0x80]);
const LONGS: ReadonlySet<number> = new Set([0x55, 0x81]);
const TEXTS: ReadonlySet<number> = new Set([0xa1, 0xb1, 0xa3, 0xb3]);
const BINARIES: ReadonlySet<number> = new Set([0xa0, 0xb0]);
const LISTS_AND_MAPS: ReadonlySet<number> = new Set([0xc0, 0xd0, 0xc1, 0xd1]);

/** The size of a value by the first digit of its code (AMQP 1.0, part 1, section 1.2). */
const FIXED_WIDTHS: Readonly<Record<number, number>> = { 4: 0, 5: 1, 6: 2, 7: 4, 8: 8, 9: 16 };
const SIZED_BY_ONE_BYTE: ReadonlySet<number> = new Set([0xa, 0xc, 0xe]);
const SIZED_BY_FOUR_BYTES: ReadonlySet<number> = new Set([0xb, 0xd, 0xf]);

/**
 * The values in some bytes, one after the other; what is in a list or a map stays encoded.
 *
 * @throws RangeError for bytes that are not AMQP values
 */
export function* amqpValues(bytes: Buffer): Generator<AmqpValue> {
  let position = 0;
  const take = (length: number): Buffer => {
    const end = position + length;
    if (end > bytes.length) throw new RangeError('The AMQP message ends in the middle of a value.');
    const taken = bytes.subarray(position, end);
    position = end;
    return taken;
  };
  const plain = (code: number): AmqpValue => ({ code, content: take(widthOf(code, take)) });
  while (position < bytes.length) {
    const code = take(1).readUInt8();
    if (code !== DESCRIBED) {
      yield plain(code);
    } else {
      const descriptor = integerIn(plain(take(1).readUInt8()));
      yield { ...plain(take(1).readUInt8()), descriptor };
    }
  }
}

function widthOf(code: number, take: (length: number) => Buffer): number {
  const kind = code >> 4;
  if (SIZED_BY_ONE_BYTE.has(kind)) return take(1).readUInt8();
  if (SIZED_BY_FOUR_BYTES.has(kind)) return take(4).readUInt32BE();
  const width = FIXED_WIDTHS[kind];
  if (width === undefined)
    throw new RangeError(`0x${code.toString(16)} is not an AMQP format code.`);
  return width;
}

/** The items of a list, or the alternating names and values of a map. */
export function itemsIn({ code, content }: AmqpValue): AmqpValue[] {
  if (!LISTS_AND_MAPS.has(code)) return [];
  const countWidth = code >> 4 === 0xc ? 1 : 4;
  return [...amqpValues(content.subarray(countWidth))];
}

export function integerIn({ code, content }: AmqpValue): bigint | undefined {
  if (!ULONGS.has(code) && !LONGS.has(code)) return undefined;
  const digits = content.length === 0 ? '0' : content.toString('hex');
  const bits = 8 * content.length;
  return LONGS.has(code) ? BigInt.asIntN(bits, BigInt(`0x${digits}`)) : BigInt(`0x${digits}`);
}

/** A string or a symbol. */
export function textIn({ code, content }: AmqpValue): string | undefined {
  return TEXTS.has(code) ? content.toString('utf8') : undefined;
}

export function bytesIn({ code, content }: AmqpValue): Buffer | undefined {
  return BINARIES.has(code) ? content : undefined;
}
