import rhea, { type Typed } from 'rhea';

/** What rhea has but does not type. */
const { Writer } = rhea.types as unknown as {
  readonly Writer: new () => { write(value: Typed): void; toBuffer(): Buffer };
};

/** A value as AMQP puts it on the wire. */
export function encodeValue(value: Typed): Buffer {
  const writer = new Writer();
  writer.write(value);
  return writer.toBuffer();
}
