import type { Socket } from 'node:net';
import rhea, { type Connection, type Sender, type Typed } from 'rhea';
import type { AmqpError } from './outcomes.ts';

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

/** A frame as rhea hands it to its connection. */
export interface Frame {
  readonly channel: number;
  readonly performative: Record<string, unknown>;
  payload?: Buffer;
}

/** A link on which the peer sends. */
export interface IncomingLink {
  readonly local: { readonly attach: LocalAttach };
}

interface OutgoingDelivery {
  readonly id: number;
  data: Buffer[];
}

interface LinkState {
  is_open(): boolean;
  readonly remote: { readonly attach?: object };
}

interface SessionState {
  readonly links: Readonly<Record<string, LinkState>>;
  readonly remote: {
    readonly begin?: object;
    readonly handles: Readonly<Record<number, IncomingLink>>;
  };
  readonly incoming: { readonly deliveries: { readonly size: number } };
  readonly outgoing: {
    readonly next_pending_delivery: number;
    readonly next_delivery_id: number;
    readonly deliveries: {
      readonly size: number;
      by_id(id: number): OutgoingDelivery | undefined;
      get_head(): OutgoingDelivery | undefined;
    };
  };
}

interface ConnectionState {
  readonly remote: { readonly open?: object };
  /** Sessions by the broker's channel, and by the peer's. */
  readonly local_channel_map: Readonly<Record<number, SessionState>>;
  readonly remote_channel_map: Readonly<Record<number, SessionState>>;
  /** What rhea last caught, and would go on after. */
  readonly saved_error?: unknown;
}

export const connectionState = (connection: Connection): ConnectionState =>
  connection as unknown as ConnectionState;

/** Has something done before one of the connection's methods. */
export function intercept<Argument>(
  connection: Connection,
  method: string,
  before: (argument: Argument) => void,
): void {
  const original: (argument: Argument) => void = connection[method].bind(connection);
  connection[method] = (argument: Argument): void => {
    before(argument);
    original(argument);
  };
}

/** Has something done with what one of the connection's methods does. */
export function surround<Argument>(
  connection: Connection,
  method: string,
  around: (original: () => void, argument: Argument) => void,
): void {
  const original: (argument: Argument) => void = connection[method].bind(connection);
  connection[method] = (argument: Argument): void => around(() => original(argument), argument);
}

/** Bytes of deliveries handed over and not written yet. */
export function unsentBytes(connection: Connection): number {
  let bytes = 0;
  for (const { outgoing } of Object.values(connectionState(connection).local_channel_map)) {
    for (let id = outgoing.next_pending_delivery; id < outgoing.next_delivery_id; id += 1) {
      for (const part of outgoing.deliveries.by_id(id)?.data ?? []) bytes += part.length;
    }
  }
  return bytes;
}

const releasedUpTo = new WeakMap<object, number>();

/** rhea keeps a delivery until it is settled, and with it, to no end, all that was sent. */
export function releaseSent(connection: Connection): void {
  for (const { outgoing } of Object.values(connectionState(connection).local_channel_map)) {
    const headId = outgoing.deliveries.get_head()?.id ?? outgoing.next_pending_delivery;
    const fromId = Math.max(releasedUpTo.get(outgoing) ?? 0, headId);
    for (let id = fromId; id < outgoing.next_pending_delivery; id += 1) {
      const delivery = outgoing.deliveries.by_id(id);
      if (delivery !== undefined) delivery.data = [];
    }
    releasedUpTo.set(outgoing, outgoing.next_pending_delivery);
  }
}

export interface CodecReader {
  remaining(): number;
}

type ReadItems = (this: CodecReader, count: number, ...more: unknown[]) => unknown;

export const readerPrototype = codec.Reader.prototype as unknown as {
  read_n: ReadItems;
  read_array_items: ReadItems;
};

/** The server's side of a connection that a peer has opened. */
export const acceptSocket = (connection: Connection, socket: Socket): void =>
  connection['accept'](socket);

export const hasOpenLink = (connection: Connection): boolean =>
  Object.values(connectionState(connection).local_channel_map).some(({ links }) =>
    Object.values(links).some((link) => link.is_open()),
  );

/** Closes a connection within this turn, with the error that the peer is told. */
export function closeAtOnce(connection: Connection, error: AmqpError): void {
  connection.close(error);
  connection['_process']();
}
