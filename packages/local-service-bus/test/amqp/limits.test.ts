import { once } from 'node:events';
import { ServiceBusClient } from '@azure/service-bus';
import { ManualClock } from '@sandbox-teardown/shared/clock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  FRAME_DEADLINE_MS,
  IDLE_TIMEOUT_MS,
  MAX_CONNECTIONS,
  MAX_HELD_BYTES,
  MAX_LINKS,
  MAX_OPENING_CONNECTIONS,
  MAX_PEEKED_BYTES,
  MAX_SESSIONS,
  MAX_UNFINISHED_BYTES,
  MAX_UNREAD_BYTES,
  MAX_WAITING_REPLY_BYTES,
  MIN_PEER_FRAME_BYTES,
  MIN_PEER_IDLE_TIMEOUT_MS,
  OPENING_DEADLINE_MS,
} from '../../src/amqp/limits.ts';
import { encodeValue } from '../../src/amqp/rhea-internals.ts';
import { type Broker, startBroker } from '../../src/broker.ts';
import { parseEntities } from '../../src/entities.ts';
import { PEEK, receiveDeferred } from '../hostile/attacks.ts';
import {
  AMQP_HEADER,
  attachReceiver,
  attachSender,
  begin,
  credit,
  heartbeat,
  open,
  RawPeer,
  sessionFlow,
  transfer,
  uint,
} from '../hostile/raw-peer.ts';
import { WireClient } from './wire-client.ts';

const ENTITIES = parseEntities({ queues: [{ name: 'jobs' }] });
const LARGE_BYTES = 200_000;

let wireClock: ManualClock;
let broker: Broker;
let peers: RawPeer[];

beforeEach(async () => {
  wireClock = new ManualClock();
  broker = await startBroker({ entities: ENTITIES, wireClock });
  peers = [];
});

afterEach(async () => {
  for (const peer of peers) peer.leave();
  await broker.close();
});

async function connected(...first: Buffer[]): Promise<RawPeer> {
  const peer = await RawPeer.connect(broker.port, Buffer.concat(first));
  peers.push(peer);
  return peer;
}

const opened = (...more: Buffer[]): Promise<RawPeer> =>
  connected(AMQP_HEADER, open(), begin(0, 100_000), ...more);

/** Resolves when the broker has dealt with all that was sent to it before, by whomever. */
async function broughtUpToDate(): Promise<void> {
  const client = await WireClient.connect(broker.port);
  await client.close();
}

function fill(count: number): void {
  const messages = Array.from({ length: count }, () => ({ body: 'x'.repeat(LARGE_BYTES) }));
  broker.namespace.send('jobs', messages);
}

const leftCount = (): number => broker.namespace.receive('jobs', 1_000).length;

describe('a limit in time:', () => {
  test('a peer that does not open is cut off, a byte a second or none', async () => {
    const silent = await connected();
    const slow = await connected();
    const bytes = Buffer.concat([AMQP_HEADER, open()]);
    for (let second = 0; second < OPENING_DEADLINE_MS / 1_000; second += 1) {
      expect([silent.isCutOff, slow.isCutOff]).toEqual([false, false]);
      slow.socket.write(bytes.subarray(second, second + 1));
      await broughtUpToDate();
      wireClock.advance(1_000);
    }
    await Promise.all([silent.cutOff(), slow.cutOff()]);
  });

  test('a frame that was begun must be finished in time, and so the next one', async () => {
    const peer = await opened(heartbeat.subarray(0, 3));
    await broughtUpToDate();
    wireClock.advance(FRAME_DEADLINE_MS - 1);
    peer.socket.write(Buffer.concat([heartbeat.subarray(3), heartbeat.subarray(0, 7)]));
    await broughtUpToDate();
    wireClock.advance(FRAME_DEADLINE_MS - 1);
    await broughtUpToDate();
    expect(peer.isCutOff).toBe(false);
    wireClock.advance(1);
    await peer.cutOff();
  });

  test('an open peer that sends nothing is cut off, and knows the time-out', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const peer = await opened();
      await peer.heard(encodeValue(uint(IDLE_TIMEOUT_MS)));
      vi.advanceTimersByTime(2 * IDLE_TIMEOUT_MS + 2_000);
      await peer.cutOff();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a limit in number:', () => {
  test('of the peers that have not opened, the oldest is cut off', async () => {
    const first = await connected();
    for (let count = 1; count < MAX_OPENING_CONNECTIONS; count += 1) await connected();
    expect(first.isCutOff).toBe(false);
    await connected();
    await first.cutOff();
    expect(peers.filter((peer) => peer.isCutOff)).toHaveLength(1);
  });

  test('one connection too many is refused, and the others stay', async () => {
    for (let count = 0; count < MAX_CONNECTIONS; count += 1) {
      const peer = await opened(attachSender(0, 'jobs'));
      await once(peer.socket, 'data');
    }
    const tooMany = await opened();
    await tooMany.cutOff();
    expect(peers.filter((peer) => peer.isCutOff)).toEqual([tooMany]);
  });

  test('of the peers without a link, the oldest is cut off for one too many, with a reason', async () => {
    const inUse = await opened(attachSender(0, 'jobs'));
    const refused = await opened(attachSender(0, 'nothing of that name'));
    for (let count = 2; count < MAX_CONNECTIONS; count += 1) {
      const peer = await opened();
      await once(peer.socket, 'data');
    }
    expect(peers.filter((peer) => peer.isCutOff)).toEqual([]);
    const reason = refused.heard(Buffer.from('amqp:connection:forced'));
    await broughtUpToDate();
    await reason;
    await refused.cutOff();
    expect([inUse, ...peers.slice(3)].filter((peer) => peer.isCutOff)).toEqual([]);
  });

  test.each([
    ['session', MAX_SESSIONS, (channel: number) => begin(channel)],
    ['link', MAX_LINKS, (handle: number) => attachReceiver(handle, 'jobs')],
  ])('one %s too many ends the connection', async (what, maxCount, make) => {
    const firsts = what === 'link' ? [begin()] : [];
    const peer = await connected(AMQP_HEADER, open(), ...firsts);
    for (let count = 0; count < maxCount; count += 1) peer.socket.write(make(count));
    await broughtUpToDate();
    expect(peer.isCutOff).toBe(false);
    peer.socket.write(make(maxCount));
    await peer.cutOff();
  });
});

describe('a limit in bytes:', () => {
  test('a message in parts may be as long as any message, but not longer', async () => {
    const peer = await opened(attachSender(0, 'jobs'));
    const part = transfer(0, Buffer.alloc(60_000), true);
    await peer.pour(part, Math.floor(MAX_UNFINISHED_BYTES / part.length));
    await broughtUpToDate();
    expect(peer.isCutOff).toBe(false);
    await peer.pour(part, 20);
    await peer.cutOff();
  });

  test('a peer with a closed window gets no more than may wait, and the rest when it opens it', async () => {
    fill(20);
    const peer = await connected(
      AMQP_HEADER,
      open(),
      begin(0, 0),
      attachReceiver(0, 'jobs'),
      credit(0, uint(100), 0),
    );
    await broughtUpToDate();
    const bytesRead = peer.countBytes();
    // What it says in the meantime must not keep the broker from hearing that.
    for (let times = 0; times < 2; times += 1) {
      peer.socket.write(heartbeat);
      await broughtUpToDate();
    }
    peer.socket.write(sessionFlow(100_000));
    await vi.waitUntil(() => bytesRead() > 20 * LARGE_BYTES, { timeout: 300_000 });
    expect(leftCount()).toBe(0);
  });

  test('a peer that closed its window locks no more messages than may wait', async () => {
    fill(20);
    await connected(
      AMQP_HEADER,
      open(),
      begin(0, 0),
      attachReceiver(0, 'jobs'),
      credit(0, uint(100), 0),
    );
    await broughtUpToDate();
    expect(leftCount()).toBe(20 - Math.ceil(MAX_UNREAD_BYTES / LARGE_BYTES));
  });

  test('a peer that does not read gets the rest when it does', async () => {
    fill(100);
    const peer = await connected();
    peer.socket.pause();
    const bytes = [AMQP_HEADER, open(), begin(0, 100_000), attachReceiver(0, 'jobs')];
    peer.socket.write(Buffer.concat([...bytes, credit(0, uint(1_000))]));
    await broughtUpToDate();
    const bytesRead = peer.countBytes();
    peer.socket.resume();
    await vi.waitUntil(() => bytesRead() > 100 * LARGE_BYTES, { timeout: 300_000 });
  });

  test('of answers that are not taken only the newest are kept', async () => {
    fill(40);
    const numbers = broker.namespace.receive('jobs', 40).map(({ lockToken, sequenceNumber }) => {
      broker.namespace.settle('jobs', lockToken, { kind: 'defer' });
      return sequenceNumber;
    });
    const node = 'jobs/$management';
    const peer = await opened(attachSender(0, node), attachReceiver(1, node));
    for (const [id, number] of numbers.entries()) {
      peer.socket.write(transfer(id, receiveDeferred(number)));
    }
    await broughtUpToDate();
    const bytesRead = peer.countBytes();
    peer.socket.write(credit(1, uint(100)));
    await broughtUpToDate();
    expect(bytesRead()).toBeGreaterThan(MAX_WAITING_REPLY_BYTES / 2);
    expect(bytesRead()).toBeLessThan(MAX_WAITING_REPLY_BYTES * 1.1);
  });

  test('a peek is done when its answer can be sent, not before', async () => {
    const peeks = vi.spyOn(broker.namespace, 'peek');
    fill(10);
    const node = 'jobs/$management';
    const peer = await opened(attachSender(0, node), attachReceiver(1, node));
    peer.socket.write(Buffer.concat([0, 1, 2].map((id) => transfer(id, PEEK))));
    await broughtUpToDate();
    expect(peeks).not.toHaveBeenCalled();
    const bytesRead = peer.countBytes();
    peer.socket.write(credit(1, uint(2)));
    await vi.waitUntil(() => bytesRead() > 2 * 0.9 * MAX_PEEKED_BYTES, { timeout: 300_000 });
    await broughtUpToDate();
    expect(peeks).toHaveBeenCalledTimes(2);
  });

  test('a peek at many large messages shows as many as fit into one answer', async () => {
    fill(20);
    const client = new ServiceBusClient(broker.connectionString);
    const seen = await client.createReceiver('jobs').peekMessages(20);
    expect(seen).toHaveLength(Math.floor(MAX_PEEKED_BYTES / LARGE_BYTES));
    await client.close();
  });
});

describe('a limit in bytes for all peers together:', () => {
  const part = transfer(0, Buffer.alloc(60_000), true);
  const partsOf = (bytes: number): Buffer =>
    Buffer.concat(Array.from({ length: Math.floor(bytes / part.length) }, () => part));

  test('the peer that is stuck with much for longest is cut off, with a reason', async () => {
    const small = await opened(attachSender(0, 'jobs'), part);
    await broughtUpToDate();
    wireClock.advance(1);
    const stuck = await opened(attachSender(0, 'jobs'), partsOf(MAX_HELD_BYTES / 3));
    await broughtUpToDate();
    wireClock.advance(1);
    const others = [
      await opened(attachSender(0, 'jobs'), partsOf(MAX_HELD_BYTES / 3)),
      await opened(attachSender(0, 'jobs'), partsOf(MAX_HELD_BYTES / 4)),
    ];
    await broughtUpToDate();
    expect(peers.filter((peer) => peer.isCutOff)).toEqual([]);
    const reason = stuck.heard(Buffer.from('amqp:resource-limit-exceeded'));
    small.socket.write(partsOf(MAX_HELD_BYTES / 10));
    await reason;
    await stuck.cutOff();
    await broughtUpToDate();
    expect([small, ...others].filter((peer) => peer.isCutOff)).toEqual([]);
  });

  test('a peer that has left no longer counts', async () => {
    for (let times = 0; times < 4; times += 1) {
      const peer = await opened(attachSender(0, 'jobs'), partsOf(MAX_HELD_BYTES / 2));
      await broughtUpToDate();
      expect(peer.isCutOff).toBe(false);
      peer.leave();
      await broughtUpToDate();
    }
  });

  test('a peer that has finished no longer counts', async () => {
    const half = partsOf(MAX_HELD_BYTES / 2);
    const last = transfer(0, Buffer.alloc(1));
    for (let times = 0; times < 4; times += 1) {
      const peer = await opened(attachSender(0, 'jobs'), half);
      // Only then has the broker taken all of it, however late that is.
      const answered = peer.heard(Buffer.from('amqp:decode-error'));
      peer.socket.write(last);
      await answered;
    }
    expect(peers.filter((peer) => peer.isCutOff)).toEqual([]);
  });
});

describe('a limit of what a peer asks for:', () => {
  test.each([
    ['frames of at least', MIN_PEER_FRAME_BYTES, (min: number) => open(uint(min))],
    [
      'a sign of life at most every',
      MIN_PEER_IDLE_TIMEOUT_MS,
      (min: number) => open(null, null, uint(min)),
    ],
  ])('%s %i, and no less', async (_what, min, openWith) => {
    const modest = await connected(AMQP_HEADER, openWith(min), begin());
    const demanding = await connected(AMQP_HEADER, openWith(min - 1), begin());
    await demanding.cutOff();
    await broughtUpToDate();
    expect(modest.isCutOff).toBe(false);
  });
});

test('a message that cannot be delivered closes the link of its receiver, and affects no one else', async () => {
  const client = await WireClient.connect(broker.port);
  const { receiver } = await client.openReceiver({ source: 'jobs' });
  receiver.add_credit(1);
  const failed = once(receiver, 'receiver_error');
  broker.namespace.send('jobs', [{ body: 1n }, { body: 'fine' }]);
  await failed;
  expect(receiver.error).toMatchObject({ condition: 'amqp:internal-error' });
  const other = await client.openReceiver({ source: 'jobs' });
  other.receiver.add_credit(1);
  await other.settled();
  expect(other.delivered).toHaveLength(1);
  await client.close();
});
