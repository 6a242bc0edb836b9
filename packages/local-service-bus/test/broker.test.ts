import { execFile } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { ServiceBusClient } from '@azure/service-bus';
import { ManualClock } from '@sandbox-teardown/shared/clock';
import { expect, test } from 'vitest';
import { startBroker } from '../src/broker.ts';
import { parseEntities } from '../src/entities.ts';
import { WireClient } from './amqp/wire-client.ts';

const entities = parseEntities({ queues: [{ name: 'jobs' }] });

const WAIT = { maxWaitTimeInMs: 60_000 };

test('two brokers side by side are independent', async () => {
  const [one, other] = await Promise.all([startBroker({ entities }), startBroker({ entities })]);
  one.namespace.send('jobs', [{ body: 1 }]);
  expect(one.port).not.toBe(other.port);
  expect(other.namespace.counts('jobs').active).toBe(0);
  await Promise.all([one.close(), other.close()]);
});

test('a client finds a broker again that comes back on the same port', async () => {
  const first = await startBroker({ entities });
  const client = new ServiceBusClient(first.connectionString, {
    retryOptions: { retryDelayInMs: 20 },
  });
  const handled = new EventEmitter();
  client.createReceiver('jobs').subscribe({
    processMessage: async ({ body }) => void handled.emit(body),
    processError: async () => undefined,
  });
  const before = once(handled, 'before');
  first.namespace.send('jobs', [{ body: 'before' }]);
  await before;
  await first.close();
  const after = once(handled, 'after');
  const second = await startBroker({ entities, port: first.port });
  second.namespace.send('jobs', [{ body: 'after' }]);
  await after;
  await client.close();
  await second.close();
});

test('a message sent through the core reaches a client as JSON', async () => {
  const clock = new ManualClock(Date.now());
  const broker = await startBroker({ entities, clock });
  const client = new ServiceBusClient(broker.connectionString);
  const waiting = client.createReceiver('jobs').receiveMessages(1, WAIT);
  broker.namespace.send('jobs', [
    {
      messageId: 'a',
      subject: 'hello',
      applicationProperties: { a: 'b' },
      scheduledEnqueueTimeMs: clock.nowMs() + 1_000,
      body: { from: 'core' },
    },
  ]);
  await Promise.resolve();
  clock.advance(1_000);
  expect(await waiting).toMatchObject([
    {
      messageId: 'a',
      subject: 'hello',
      applicationProperties: { a: 'b' },
      contentType: 'application/json',
      body: { from: 'core' },
    },
  ]);
  await client.close();
  await broker.close();
});

test('a receiver that left without closing gets nothing more, and its locks end in time', async () => {
  const clock = new ManualClock();
  const broker = await startBroker({ entities, clock });
  const leaving = await WireClient.connect(broker.port);
  const { receiver } = await leaving.openReceiver({ source: 'jobs' });
  receiver.add_credit(10);
  broker.namespace.send('jobs', [{ body: 1 }]);
  await once(receiver, 'message');
  receiver.session.close();
  await once(receiver.session, 'session_close');
  broker.namespace.send('jobs', [{ body: 2 }]);
  const staying = await WireClient.connect(broker.port);
  const other = await staying.openReceiver({ source: 'jobs' });
  other.receiver.add_credit(10);
  await other.settled();
  expect(other.delivered.map(({ message }) => message.delivery_count)).toEqual([0]);
  clock.advance(60_000);
  other.receiver.add_credit(10);
  await other.settled();
  expect(other.delivered).toHaveLength(3);
  await Promise.all([leaving.close(), staying.close()]);
  await broker.close();
});

test('a broker closes at once, even with silent clients, and more than once', async () => {
  const broker = await startBroker({ entities });
  const silent = connect(broker.port, '127.0.0.1');
  await once(silent, 'connect');
  silent.resume();
  const gone = once(silent, 'close');
  await Promise.all([broker.close(), broker.close()]);
  await gone;
});

test('a process ends by itself once its broker is closed', async () => {
  const module = (path: string): string =>
    JSON.stringify(new URL(`../src/${path}`, import.meta.url).href);
  const program = `
    const { startBroker } = await import(${module('broker.ts')});
    const { parseEntities } = await import(${module('entities.ts')});
    const { ServiceBusClient } = await import('@azure/service-bus');
    const broker = await startBroker({ entities: parseEntities({ queues: [{ name: 'jobs' }] }) });
    const client = new ServiceBusClient(broker.connectionString);
    await client.createSender('jobs').sendMessages({ body: 1 });
    await client.close();
    await broker.close();`;
  const run = promisify(execFile);
  const args = ['--input-type=module', '--eval', program];
  await run(process.execPath, args);
});
