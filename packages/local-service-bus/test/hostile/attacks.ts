import rhea from 'rhea';
import { MAX_FRAME_BYTES } from '../../src/amqp/limits.ts';
import { encodeValue } from '../../src/amqp/rhea-internals.ts';
import {
  AMQP_HEADER,
  attachReceiver,
  attachSender,
  begin,
  credit,
  frame,
  open,
  RawPeer,
  rawFrame,
  SASL_HEADER,
  sizedFrame,
  transfer,
  uint,
} from './raw-peer.ts';

const { types, message } = rhea;

const KILOBYTE = 1_024;
const MEGABYTE = 1_048_576;
/** AMQP's code for it. */
const LONG = 0x81;

/** Repeatable noise (mulberry32). */
export function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

export function noisyBytes(next: () => number, count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, () => next() & 0xff));
}

/** Changes a few bytes, but for the first four: where frames end is known. */
function spoil(bytes: Buffer, next: () => number): void {
  for (let count = 1 + (next() % 3); count > 0; count -= 1) {
    bytes.writeUInt8(next() & 0xff, 4 + (next() % (bytes.length - 4)));
  }
}

/** What a peer does; the peers are kept until memory was measured. */
type Attack = (port: number, seed: number) => Promise<RawPeer[]>;

const times = <Item>(count: number, make: (index: number) => Promise<Item>): Promise<Item[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

/** Each once the broker has answered the one before, so that no two are opening at once. */
async function inTurn(count: number, make: () => Promise<RawPeer>): Promise<RawPeer[]> {
  const peers: RawPeer[] = [];
  while (peers.length < count) {
    const peer = await make();
    await peer.heardOrCutOff();
    peers.push(peer);
  }
  return peers;
}

const described = (code: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0, 0x53, code]), content]);

/** `list32` and `array32` that announce far more than comes. */
const announced = (typeCode: number, count: number, rest: number[]): Buffer => {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(typeCode);
  bytes.writeUInt32BE(64, 1);
  bytes.writeUInt32BE(count, 5);
  return Buffer.concat([bytes, Buffer.from(rest)]);
};

const floodOf = (count: number, bytes: (index: number) => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, index) => bytes(index)));

const request = (operation: string, body: object): Buffer =>
  message.encode({
    message_id: 'id',
    reply_to: 'nobody',
    application_properties: { operation },
    body,
  });

const ACCEPTED = types.described(types.wrap_ulong(0x24), types.wrap_list([]));

/** A message whose body is null. */
const NOTHING = Buffer.from([0x00, 0x53, 0x77, 0x40]);

/** Peeks at as many messages as there are. */
export const PEEK = request('com.microsoft:peek-message', {
  'from-sequence-number': types.wrap_long(0),
  'message-count': types.wrap_int(250),
});

export const receiveDeferred = (sequenceNumber: number): Buffer =>
  request('com.microsoft:receive-by-sequence-number', {
    'sequence-numbers': types.wrap_array([sequenceNumber], LONG, undefined),
  });

/** They want everything there is, and read none of it. */
function greedyReaders(port: number, count: number): Promise<RawPeer[]> {
  return times(count, async () => {
    const peer = await RawPeer.connect(port);
    peer.socket.pause();
    const bytes = [AMQP_HEADER, open(), begin(0, 100_000), attachReceiver(0, 'full')];
    await peer.pour(Buffer.concat([...bytes, credit(0, uint(100_000))]), 1);
    return peer;
  });
}

/** They ask much, and read no answer. */
function askers(port: number, count: number, ...more: Buffer[]): Promise<RawPeer[]> {
  return times(count, async () => {
    const peer = await RawPeer.connect(port);
    peer.socket.pause();
    const node = 'full/$management';
    const links = [attachSender(0, node), attachReceiver(1, node), ...more];
    await peer.pour(Buffer.concat([AMQP_HEADER, open(), begin(0, 100_000), ...links]), 1);
    await peer.pour(
      floodOf(20, (id) => transfer(id, PEEK)),
      1,
    );
    return peer;
  });
}

const ATTACH = attachSender(0, 'attacked');

const nothings = (count: number): null[] => Array.from({ length: count }, () => null);

/** Half a frame full of things. */
const LENGTHY = types.wrap_list(nothings(30_000));

export const ATTACKS: Readonly<Record<string, Attack>> = {
  'random bytes': (port, seed) => {
    const next = noise(seed);
    return times(50, async () => {
      const peer = await RawPeer.connect(port);
      await peer.pour(noisyBytes(next, 4 * KILOBYTE), 10);
      return peer;
    });
  },

  'random frames': (port, seed) => {
    const next = noise(seed);
    return times(200, async () => {
      const peer = await RawPeer.opened(port, attachSender(0, 'attacked'));
      for (let count = 0; count < 20; count += 1) {
        const code = 0x10 + (next() % 9);
        const noisy = described(code, noisyBytes(next, next() % 60));
        await peer.pour(rawFrame(noisy, next() % 2), 1);
      }
      return peer;
    });
  },

  'frames that end too soon': (port) => {
    const whole = Buffer.concat([AMQP_HEADER, open(), begin(), attachReceiver(0, 'attacked')]);
    return times(whole.length, async (length) => {
      const peer = await RawPeer.connect(port, whole.subarray(0, length));
      if (length % 2 === 0) peer.socket.end();
      return peer;
    });
  },

  'protocols that are not AMQP 1.0': (port) => {
    const others = [
      'GET / HTTP/1.1\r\n\r\n',
      'AMQP\0\0\x09\x01',
      'AMQP\x09\x01\0\0',
      '\x16\x03\x01',
    ];
    return times(40, (index) =>
      RawPeer.connect(port, Buffer.from(others[index % others.length] ?? '', 'latin1')),
    );
  },

  'a frame of two gigabytes': (port) =>
    times(4, async () => {
      const peer = await RawPeer.opened(port);
      await peer.pour(sizedFrame(0x7fff_ffff, Buffer.alloc(0)), 1);
      await peer.pour(Buffer.alloc(MEGABYTE), 50);
      return peer;
    }),

  'a SASL frame without an end': (port) =>
    times(4, async () => {
      const peer = await RawPeer.connect(port, SASL_HEADER);
      await peer.pour(sizedFrame(0x1000_0000, Buffer.alloc(0), 1), 1);
      await peer.pour(Buffer.alloc(MEGABYTE), 50);
      return peer;
    }),

  'a message that is never finished': (port) =>
    times(2, async () => {
      const peer = await RawPeer.opened(port, attachSender(0, 'attacked'));
      await peer.pour(transfer(0, Buffer.alloc(60 * KILOBYTE), true), 2_000);
      return peer;
    }),

  'messages of many that are never finished': (port) =>
    times(80, async () => {
      const peer = await RawPeer.opened(port, attachSender(0, 'attacked'));
      await peer.pour(transfer(0, Buffer.alloc(60 * KILOBYTE), true), 270);
      return peer;
    }),

  'frames of many that are begun and not finished': (port) =>
    inTurn(900, async () => {
      const peer = await RawPeer.opened(port, attachSender(0, 'attacked'));
      await peer.pour(sizedFrame(MAX_FRAME_BYTES, Buffer.alloc(60 * KILOBYTE)), 1);
      return peer;
    }),

  'crumbs of messages among much else': (port) =>
    times(1, async () => {
      const peer = await RawPeer.opened(port, attachSender(0, 'attacked'));
      const padding = floodOf(7_000, () => sizedFrame(8, Buffer.alloc(0)));
      await peer.pour(Buffer.concat([transfer(0, Buffer.alloc(1), true), padding]), 800);
      return peer;
    }),

  'a thousand connections that say nothing': (port) => times(1_000, () => RawPeer.connect(port)),

  'a thousand connections that begin to open': (port) =>
    times(1_000, () => RawPeer.connect(port, AMQP_HEADER.subarray(0, 5))),

  'a thousand connections that open and do nothing more': (port) =>
    inTurn(1_000, () => RawPeer.connect(port, Buffer.concat([AMQP_HEADER, open()]))),

  'a thousand connections that begin a session and do nothing more': (port) =>
    inTurn(1_000, () => RawPeer.opened(port)),

  'two hundred connections that open at length': (port) => {
    const bytes = Buffer.concat([AMQP_HEADER, open(...nothings(5), LENGTHY), begin()]);
    return inTurn(200, () => RawPeer.connect(port, Buffer.concat([bytes, ATTACH])));
  },

  'much credit and no reading': (port) => greedyReaders(port, 3),

  'much credit and no reading, by many': (port) => greedyReaders(port, 100),

  'much credit and a closed window': (port) =>
    times(3, async () => {
      const peer = await RawPeer.connect(
        port,
        Buffer.concat([AMQP_HEADER, open(), begin(0, 0), attachReceiver(0, 'full')]),
      );
      await peer.pour(credit(0, uint(100_000), 0), 1);
      return peer;
    }),

  'reading without ever settling': (port) =>
    times(1, async () => {
      const dead = attachReceiver(0, 'full');
      const peer = await RawPeer.opened(port, dead, credit(0, uint(100_000)));
      return peer;
    }),

  'questions whose answers are never read': (port) => askers(port, 2, credit(1, uint(100_000))),

  'questions of many whose answers are never read': (port) =>
    askers(port, 100, credit(1, uint(100_000))),

  'questions of many who take no answer': (port) => askers(port, 100),

  'ten thousand sessions': (port) =>
    times(1, async () => {
      const peer = await RawPeer.connect(port, Buffer.concat([AMQP_HEADER, open()]));
      await peer.pour(
        floodOf(10_000, (channel) => begin(channel)),
        1,
      );
      return peer;
    }),

  'ten thousand links': (port) =>
    times(1, async () => {
      const peer = await RawPeer.opened(port);
      const name = 'n'.repeat(10 * KILOBYTE);
      for (let handle = 0; handle < 10_000; handle += 1) {
        await peer.pour(attachReceiver(handle, 'attacked', `${name}${handle}`), 1);
      }
      return peer;
    }),

  'sessions and links of many': (port) =>
    times(20, async () => {
      const peer = await RawPeer.opened(port);
      const name = 'n'.repeat(KILOBYTE);
      await peer.pour(
        floodOf(900, (handle) =>
          Buffer.concat([
            begin(handle + 1),
            attachReceiver(handle, 'attacked', `${name}${handle}`),
          ]),
        ),
        1,
      );
      return peer;
    }),

  'a settlement of all deliveries there could be': (port) =>
    times(1, (_) =>
      RawPeer.opened(
        port,
        frame('disposition', [true, uint(0), uint(0xffff_ffff), true]),
        frame('disposition', [false, types.wrap_double(-Infinity), uint(1), true]),
      ),
    ),

  'a list that announces a billion items': (port) =>
    times(10, () => {
      const list = announced(0xd0, 30_000_000, [0x40]);
      const nested = Buffer.concat(Array.from({ length: 50 }, () => list));
      return RawPeer.opened(port, rawFrame(described(0x10, nested)));
    }),

  'an array of four billion nothings': (port) =>
    times(2, () =>
      RawPeer.opened(port, rawFrame(described(0x10, announced(0xf0, 0xffff_ffff, [0x40])))),
    ),

  'frames too small to hold anything': (port) =>
    times(2, async () => {
      const small = Buffer.concat([AMQP_HEADER, open(uint(20)), begin(0, 100_000)]);
      const peer = await RawPeer.connect(port, small);
      await peer.pour(Buffer.concat([attachReceiver(0, 'full'), credit(0, uint(5))]), 1);
      return peer;
    }),

  'credit that is no number': (port) =>
    times(2, () =>
      RawPeer.opened(port, attachReceiver(0, 'full'), credit(0, types.wrap_double(Number.NaN))),
    ),

  'frames with parts that are not what they should be': (port, seed) => {
    const next = noise(seed);
    return times(300, async () => {
      const conversation = [
        open(),
        begin(),
        attachSender(0, 'attacked'),
        attachReceiver(1, 'attacked'),
        credit(1, uint(2)),
        transfer(0, NOTHING),
        frame('disposition', [true, uint(0), uint(0), true, ACCEPTED]),
        frame('detach', [uint(0), true]),
        frame('end', []),
        frame('close', []),
      ];
      const spoiled = conversation[next() % conversation.length];
      if (spoiled !== undefined) spoil(spoiled, next);
      return RawPeer.connect(port, Buffer.concat([AMQP_HEADER, ...conversation]));
    });
  },

  'a wish to hear from the broker every millisecond': (port) =>
    times(50, () => RawPeer.connect(port, Buffer.concat([AMQP_HEADER, open(null, null, uint(1))]))),

  'messages with parts that are not what they should be': (port, seed) => {
    const next = noise(seed);
    const whole = message.encode({
      durable: true,
      ttl: 60_000,
      message_annotations: { 'x-opt-scheduled-enqueue-time': types.wrap_timestamp(1) },
      message_id: 'an id',
      correlation_id: 'another',
      application_properties: { one: 1, two: 'two' },
      body: message.data_section(Buffer.from('body')),
    });
    return times(1, async () => {
      const peer = await RawPeer.opened(port, attachSender(0, 'attacked'));
      for (let id = 0; id < 900; id += 1) {
        const bytes = Buffer.from(whole);
        spoil(bytes, next);
        await peer.pour(transfer(id, bytes), 1);
      }
      await peer.pour(Buffer.concat([attachReceiver(1, 'attacked'), credit(1, uint(2_000))]), 1);
      return peer;
    });
  },

  'values nested without an end': (port) =>
    times(2, async () => {
      const peer = await RawPeer.opened(port, attachSender(0, 'attacked'));
      const depth = 15_000;
      const nested = Buffer.concat([Buffer.alloc(depth * 3, Buffer.from([0x00, 0x53, 0x75]))]);
      await peer.pour(transfer(0, nested), 1);
      await peer.pour(rawFrame(encodeValue(types.wrap_list([]))), 1);
      return peer;
    }),
};
