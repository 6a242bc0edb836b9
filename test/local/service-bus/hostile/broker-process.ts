import { setImmediate } from 'node:timers/promises';
import { startBroker } from '../../../../local/service-bus/broker.ts';
import { parseEntities } from '../../../../local/service-bus/entities.ts';

/** A broker in a process of its own, which says what it has in memory. */
const broker = await startBroker({
  entities: parseEntities({
    queues: [{ name: 'calm' }, { name: 'attacked' }, { name: 'full', properties: {} }],
  }),
});

/** Tens of megabytes, so that a broker which keeps what nobody reads is seen to. */
const FULL_COUNT = 300;
const FULL_BODY = 'x'.repeat(200_000);

broker.namespace.send(
  'full',
  Array.from({ length: FULL_COUNT }, () => ({ body: FULL_BODY })),
);

process.on('message', async () => {
  // Buffers are let go of a turn after the objects they belong to.
  for (let times = 0; times < 3; times += 1) {
    globalThis.gc?.();
    await setImmediate();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ heldBytes: heapUsed + external, residentBytes: rss });
});
process.on('disconnect', () => process.exit());
process.send?.({ port: broker.port, connectionString: broker.connectionString });
