import type { Typed } from 'rhea';
import { newReader } from './rhea-internals.ts';

const HEADER = 0x70;
const DELIVERY_ANNOTATIONS = 0x71;
const MESSAGE_ANNOTATIONS = 0x72;
const PROPERTIES = 0x73;
const APPLICATION_PROPERTIES = 0x74;
const FIRST_BODY_SECTION = 0x75;
const FOOTER = 0x78;

const CODES_BY_SYMBOL: Readonly<Record<string, number>> = {
  'amqp:header:list': HEADER,
  'amqp:delivery-annotations:map': DELIVERY_ANNOTATIONS,
  'amqp:message-annotations:map': MESSAGE_ANNOTATIONS,
  'amqp:properties:list': PROPERTIES,
  'amqp:application-properties:map': APPLICATION_PROPERTIES,
  'amqp:data:binary': 0x75,
  'amqp:amqp-sequence:list': 0x76,
  'amqp:value:*': 0x77,
  'amqp:footer:map': FOOTER,
};

export type TypedMap = Readonly<Record<string, Typed>>;

/** A message as it came in, cut up by what the broker changes on its way and what it leaves alone. */
export class EncodedMessage {
  /** All of it, as it came in. */
  readonly bytes: Buffer;
  readonly header: Typed | undefined;
  readonly messageAnnotations: TypedMap = {};
  /** By their place in the section; the first is the message's id. */
  readonly properties: readonly Typed[] = [];
  readonly applicationProperties: TypedMap = {};
  /** The body and the footer, encoded. */
  readonly body: Buffer;
  /** What the data sections hold; a batch has one for each message in it. */
  readonly data: readonly Buffer[];

  /** @throws an Error when the bytes are no AMQP message */
  constructor(bytes: Buffer) {
    this.bytes = bytes;
    const reader = newReader(bytes);
    const body: Buffer[] = [];
    const data: Buffer[] = [];
    while (reader.remaining() > 0) {
      const start = reader.position;
      const section = reader.read();
      const encoded = bytes.subarray(start, reader.position);
      const code = sectionCode(section);
      if (code === HEADER) this.header = section;
      if (code === MESSAGE_ANNOTATIONS) this.messageAnnotations = typedMap(section);
      if (code === PROPERTIES) this.properties = section.value;
      if (code === APPLICATION_PROPERTIES) this.applicationProperties = typedMap(section);
      if (code === FIRST_BODY_SECTION) data.push(section.value);
      if (code >= FIRST_BODY_SECTION) body.push(encoded);
    }
    this.body = Buffer.concat(body);
    this.data = data;
  }
}

function sectionCode(section: Typed): number {
  const descriptor: unknown = section.descriptor?.value;
  const code = typeof descriptor === 'string' ? CODES_BY_SYMBOL[descriptor] : Number(descriptor);
  if (code !== undefined && code >= HEADER && code <= FOOTER) return code;
  throw new Error('it has a section of no known kind');
}

function typedMap(section: Typed): TypedMap {
  const flat: Typed[] = section.value;
  const entries: [string, Typed][] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const [key, value] = flat.slice(index, index + 2);
    if (key !== undefined && value !== undefined) entries.push([String(key.value), value]);
  }
  return Object.fromEntries(entries);
}
