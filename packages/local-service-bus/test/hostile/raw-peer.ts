import { connect, type Socket } from 'node:net';
import rhea, { type Typed } from 'rhea';
import { encodeValue } from '../../src/amqp/rhea-internals.ts';

const { types } = rhea;

export const AMQP_HEADER = Buffer.from('AMQP\0\x01\0\0', 'latin1');
export const SASL_HEADER = Buffer.from('AMQP\x03\x01\0\0', 'latin1');

const CODES = {
  open: 0x10,
  begin: 0x11,
  attach: 0x12,
  flow: 0x13,
  transfer: 0x14,
  disposition: 0x15,
  detach: 0x16,
  end: 0x17,
  close: 0x18,
} as const;

export const uint = (value: number): Typed => types.wrap_uint(value);

/** A frame with the length given, true or not. */
export function sizedFrame(size: number, content: Buffer, type = 0, channel = 0): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(size);
  head.writeUInt8(2, 4);
  head.writeUInt8(type, 5);
  head.writeUInt16BE(channel, 6);
  return Buffer.concat([head, content]);
}

export const rawFrame = (content: Buffer, channel = 0): Buffer =>
  sizedFrame(content.length + 8, content, 0, channel);

/** What a peer sends to say that it is there. */
export const heartbeat = sizedFrame(8, Buffer.alloc(0));

/** A performative with its fields in AMQP's order; nothing checks that they make sense. */
export function frame(
  name: keyof typeof CODES,
  fields: unknown[],
  { payload, channel = 0 }: { payload?: Buffer; channel?: number } = {},
): Buffer {
  const described = types.described(types.wrap_ulong(CODES[name]), types.wrap_list(fields));
  return rawFrame(Buffer.concat([encodeValue(described), ...(payload ? [payload] : [])]), channel);
}

export const open = (...more: unknown[]): Buffer => frame('open', ['raw', 'localhost', ...more]);

export const begin = (channel = 0, incomingWindow = 1_000): Buffer =>
  frame('begin', [null, uint(0), uint(incomingWindow), uint(1_000)], { channel });

const address = (code: number, node: string): Typed =>
  types.described(types.wrap_ulong(code), types.wrap_list([node]));

/** A link on which the broker sends. */
export const attachReceiver = (handle: number, node: string, name = `in-${handle}`): Buffer =>
  attach(name, handle, true, node);

/** A link on which the peer sends. */
export const attachSender = (handle: number, node: string, name = `out-${handle}`): Buffer =>
  attach(name, handle, false, node);

const attach = (name: string, handle: number, isReceiver: boolean, node: string): Buffer =>
  frame('attach', [
    name,
    uint(handle),
    isReceiver,
    null,
    null,
    address(0x28, node),
    address(0x29, node),
    null,
    null,
    ...(isReceiver ? [] : [uint(0)]),
  ]);

export const credit = (handle: number, count: unknown, incomingWindow = 100_000): Buffer =>
  frame('flow', [
    uint(0),
    uint(incomingWindow),
    uint(0),
    uint(1_000),
    uint(handle),
    uint(0),
    count,
  ]);

/** Opens a session's window. */
export const sessionFlow = (incomingWindow: number): Buffer =>
  frame('flow', [uint(0), uint(incomingWindow), uint(0), uint(1_000)]);

export const transfer = (id: number, payload: Buffer, hasMore = false, handle = 0): Buffer =>
  frame('transfer', [uint(handle), uint(id), Buffer.from([id & 0xff]), uint(0), false, hasMore], {
    payload,
  });

/** A socket that says what it is told to and minds nothing. */
export class RawPeer {
  readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => undefined);
  }

  static async connect(port: number, first: Buffer = Buffer.alloc(0)): Promise<RawPeer> {
    const peer = new RawPeer(connect(port, '127.0.0.1'));
    await new Promise<void>((resolve) => {
      peer.socket.once('connect', resolve).once('close', () => resolve());
    });
    peer.socket.resume();
    peer.socket.write(first);
    return peer;
  }

  /** One that is opened, with a session on channel 0. */
  static opened(port: number, ...more: Buffer[]): Promise<RawPeer> {
    return RawPeer.connect(port, Buffer.concat([AMQP_HEADER, open(), begin(), ...more]));
  }

  get isCutOff(): boolean {
    return this.socket.destroyed || this.socket.readableEnded;
  }

  /** @returns a function that says how many bytes have come since now */
  countBytes(): () => number {
    let count = 0;
    this.socket.on('data', (bytes: Buffer) => {
      count += bytes.length;
    });
    return () => count;
  }

  /** Resolves when anything has come, or nothing will any more. */
  async heardOrCutOff(): Promise<void> {
    if (this.isCutOff) return;
    await new Promise<void>((resolve) => {
      this.socket.once('data', () => resolve()).once('close', () => resolve());
    });
  }

  /** Resolves when these bytes have come. */
  async heard(expected: Buffer): Promise<void> {
    for (let heard = Buffer.alloc(0); !heard.includes(expected); ) {
      const bytes = await new Promise<Buffer>((resolve) => this.socket.once('data', resolve));
      heard = Buffer.concat([heard, bytes]);
    }
  }

  /** Writes as fast as it is let, until all is written or the broker has had enough. */
  async pour(bytes: Buffer, times: number): Promise<void> {
    for (let time = 0; time < times && !this.isCutOff; time += 1) {
      if (this.socket.write(bytes)) continue;
      await this.#drainedOrClosed();
    }
  }

  /** Without a word about errors, which are what the broker is to answer with. */
  #drainedOrClosed(): Promise<void> {
    const { socket } = this;
    return new Promise((resolve) => {
      const finish = (): void => {
        socket.off('drain', finish).off('close', finish);
        resolve();
      };
      socket.on('drain', finish).on('close', finish);
      if (socket.closed) finish();
    });
  }

  async cutOff(): Promise<void> {
    if (this.socket.closed) return;
    await new Promise((resolve) => this.socket.once('close', resolve));
  }

  leave(): void {
    this.socket.destroy();
  }
}
