import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { ServiceBusClient } from '@azure/service-bus';
import { ManualClock } from '@sandbox-teardown/shared/clock';
import { expect, onTestFinished, test } from 'vitest';
import { type Broker, startBroker } from '../src/broker.ts';
import { parseEntities } from '../src/entities.ts';
import { send, WireClient } from './amqp/wire-client.ts';

const ENTITIES = parseEntities({ queues: [{ name: 'jobs' }, { name: 'others' }] });
const BYTE_MS = 1;
/** More than the links take to open, and less than a message does to go in. */
const HELD_AFTER_BYTES = 1_500;
/** For a message that never comes. */
const MAX_WAIT_MS = 300_000;

async function start(clock?: ManualClock): Promise<Broker> {
  const broker = await startBroker({ entities: ENTITIES, ...(clock !== undefined && { clock }) });
  onTestFinished(() => broker.close());
  return broker;
}

/** A client like any other sends a message, gets it and completes it. */
async function expectServed(broker: Broker): Promise<void> {
  const client = new ServiceBusClient(broker.connectionString);
  await client.createSender('others').sendMessages({ body: 'quick' });
  const receiver = client.createReceiver('others');
  const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: MAX_WAIT_MS });
  expect(message?.body).toBe('quick');
  if (message !== undefined) await receiver.completeMessage(message);
  await client.close();
  expect(broker.namespace.counts('others').active).toBe(0);
}

async function silentClient(port: number, firstBytes: Buffer): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.write(firstBytes);
  return socket;
}

test('clients that connect and send nothing, or stop in the middle of a header, delay no other client', async () => {
  const broker = await start();
  const beginnings = ['', 'AM', 'AMQP', 'AMQP\x03\x01\x00\x00', 'AMQP\x00\x01\x00\x00\x00\x00'];
  await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      silentClient(broker.port, Buffer.from(beginnings[index % beginnings.length] ?? '', 'latin1')),
    ),
  );
  await expectServed(broker);
});

/** A connection to the broker on which the client's bytes arrive one at a time, and the latter ones not before `release`. */
async function slowConnection(targetPort: number) {
  let heldAfterBytes = HELD_AFTER_BYTES;
  const server = createServer((incoming) => {
    const outgoing = connect(targetPort, '127.0.0.1').setNoDelay(true);
    const waiting: number[] = [];
    let count = 0;
    incoming.on('data', (bytes) => waiting.push(...bytes));
    outgoing.pipe(incoming);
    const timer = setInterval(() => {
      const byte = count < heldAfterBytes ? waiting.shift() : undefined;
      if (byte === undefined) return;
      count += 1;
      outgoing.write(Buffer.of(byte));
    }, BYTE_MS);
    for (const socket of [incoming, outgoing]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(timer);
        incoming.destroy();
        outgoing.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return {
    port: (server.address() as AddressInfo).port,
    release: (): void => {
      heldAfterBytes = Infinity;
    },
  };
}

test('a client whose bytes come one at a time is served in the end, and the others in the meantime', async () => {
  const broker = await start();
  const { port, release } = await slowConnection(broker.port);
  const slow = (async () => {
    const client = await WireClient.connect(port);
    const outcome = await send(await client.openSender({ address: 'jobs' }), {
      body: 'x'.repeat(2_000),
    });
    await client.close();
    return outcome;
  })();
  await expectServed(broker);
  release();
  expect(await slow).toBe('accepted');
  expect(broker.namespace.counts('jobs').active).toBe(1);
});

test('a client that asks for everything and reads nothing delays no other client, and loses its locks in time', async () => {
  const clock = new ManualClock();
  const broker = await start(clock);
  const messages = Array.from({ length: 100 }, () => ({ body: 'x'.repeat(200_000) }));
  broker.namespace.send('jobs', messages);
  const greedy = await WireClient.connect(broker.port);
  const { receiver } = await greedy.openReceiver({ source: 'jobs' });
  receiver.add_credit(messages.length);
  // rhea writes the credit at the end of the turn; then it hears nothing more.
  await new Promise(setImmediate);
  const { socket } = receiver.connection as unknown as { socket: Socket };
  socket.pause();
  await expectServed(broker);
  const left = broker.namespace.receive('jobs', Infinity).length;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(messages.length);
  clock.advance(60_000);
  expect(broker.namespace.receive('jobs', Infinity)).toHaveLength(messages.length);
  socket.destroy();
});
