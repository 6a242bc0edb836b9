import rhea, { type Connection, type Sender, type Typed } from 'rhea';

/** What rhea has but does not type, in one place. */

interface Reader {
  readonly position: number;
  read(): Typed;
  remaining(): number;
}

interface Writer {
  write(value: Typed): void;
  toBuffer(): Buffer;
}

interface Codec {
  readonly Reader: new (buffer: Buffer) => Reader;
  readonly Writer: new () => Writer;
}

const codec = rhea.types as unknown as Codec;

export const newReader = (buffer: Buffer): Reader => new codec.Reader(buffer);

export function encodeValue(value: Typed): Buffer {
  const writer = new codec.Writer();
  writer.write(value);
  return writer.toBuffer();
}

/** A link's own attach frame, not yet written when the peer's has come in. */
export interface LocalAttach {
  snd_settle_mode: number;
  rcv_settle_mode: number;
  max_message_size: number;
}

export const localAttach = (link: object): LocalAttach =>
  (link as { readonly local: { readonly attach: LocalAttach } }).local.attach;

/** A sending link's flow control. */
export interface SenderFlow {
  credit: number;
  delivery_count: number;
  _draining: boolean;
  _get_drain: () => boolean;
}

export const senderFlow = (sender: Sender): SenderFlow => sender as unknown as SenderFlow;

/** Deliveries that rhea can still keep track of on the sender's session. */
export const trackableDeliveries = (sender: Sender): number =>
  (
    sender as unknown as { session: { outgoing: { available(): number } } }
  ).session.outgoing.available();

/** Has rhea write, at the end of the turn, what the link has to say. */
export const writeSoon = (sender: Sender): void => sender.connection['_register']();

/** Not the message format of anything; rhea decodes format 0 and leaves every other one alone. */
export const LEFT_ENCODED = 0xffff_fffe;

interface TransferFrame {
  readonly performative: { message_format?: number };
}

/**
 * Makes rhea hand over messages as the bytes that came in. Decoded to JavaScript values and encoded again they
 * would lose their AMQP types (an int would come back as a uint, a long as a double).
 */
export function leaveMessagesEncoded(connection: Connection): void {
  const onTransfer: (frame: TransferFrame) => void = connection['on_transfer'].bind(connection);
  connection['on_transfer'] = (frame: TransferFrame): void => {
    if (frame.performative.message_format === 0) frame.performative.message_format = LEFT_ENCODED;
    onTransfer(frame);
  };
}

/** Has rhea forget a connection whose socket is being closed, with its timers. */
export const forgetConnection = (connection: Connection): void => connection['eof']();
