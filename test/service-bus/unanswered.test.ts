import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/service-bus/connect.ts';
import { deadLetters } from '../../src/service-bus/dead-letters.ts';
import { senders } from '../../src/service-bus/senders.ts';
import { sharedClient } from '../../src/service-bus/shared-client.ts';
import { embeddedBroker } from './embedded-broker.ts';
import { type Manner, unansweringServiceBus } from './unanswering-service-bus.ts';

const QUEUE = 'teardown-requests';
/** The app's own limit is longer; it is tested where it is set, without waiting for it. */
const MAX_MS = 2_000;
const TOO_LONG = 'Service Bus gave no answer within 2 seconds, when asked to';

async function harness(manner: Manner) {
  const broker = await embeddedBroker();
  const way = await unansweringServiceBus(broker.connectionString, manner);
  const { connectionString } = way;
  const client = sharedClient(
    () => connect({ kind: 'connection-string', connectionString }),
    MAX_MS,
  );
  onTestFinished(() => client.close().catch(() => undefined));
  const { send } = senders(client);
  return {
    broker,
    way: way.state,
    send: (messageId: string) => send(QUEUE, { body: {}, messageId }),
    take: () => deadLetters(client)('requests', 1),
  };
}

/** On a busy machine a new connection may take longer than the app waits here. */
const MAX_TRIES = 100;

/** As the host does: until it goes well, or for so many times. */
async function again<T>(work: () => Promise<T>, tries = MAX_TRIES): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (tries === 1) throw error;
    return again(work, tries - 1);
  }
}

it.each<[string, Manner, Manner]>([
  ['never answers', 'never answers', 'never answers'],
  ['answers a byte a second', 'answers a byte a second', 'answers a byte a second'],
  ['answers, and then no more', 'answers', 'never answers'],
])(
  'a Service Bus that %s blocks no request, and once it answers everything goes on over a new connection',
  async (_name, first, then) => {
    const { broker, way, send, take } = await harness(first);
    if (first === 'answers') await again(() => send('before'));
    way.manner = then;
    await expect(send('one')).rejects.toThrow(`${TOO_LONG} send to ${QUEUE}.`);
    await expect(take()).rejects.toThrow(`${TOO_LONG} take dead letters of ${QUEUE}.`);
    const { connections } = way;
    way.manner = 'answers';
    await again(() => send('two'));
    expect(way.connections).toBeGreaterThan(connections);
    broker.killNext(QUEUE);
    expect(await again(take)).toHaveLength(1);
  },
);
