import { setTimeout } from 'node:timers/promises';
import rhea from 'rhea';
import { decodeMessage } from '../../../../local/service-bus/amqp/decode-message.ts';
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
const FULL_BODY = rhea.message.data_section(Buffer.alloc(200_000));

const message = decodeMessage(rhea.message.encode({ body: FULL_BODY }));
broker.namespace.send(
  'full',
  Array.from({ length: FULL_COUNT }, () => message),
);

/**
 * Buffers are given back on another thread, after their objects, and on a busy machine late: what is held is what it
 * stays at over several looks.
 */
const LOOKS_WITHOUT_LESS = 5;
const MAX_LOOKS = 200;
const BETWEEN_LOOKS_MS = 10;

process.on('message', async () => {
  let heldBytes = Infinity;
  let sinceLess = 0;
  for (let look = 0; look < MAX_LOOKS && sinceLess < LOOKS_WITHOUT_LESS; look += 1) {
    globalThis.gc?.();
    await setTimeout(BETWEEN_LOOKS_MS);
    const { heapUsed, external } = process.memoryUsage();
    sinceLess = heapUsed + external < heldBytes ? 0 : sinceLess + 1;
    heldBytes = Math.min(heldBytes, heapUsed + external);
  }
  process.send?.({ heldBytes, residentBytes: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit());
process.send?.({ port: broker.port, connectionString: broker.connectionString });
