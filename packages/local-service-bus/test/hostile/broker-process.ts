import { setTimeout } from 'node:timers/promises';
import rhea from 'rhea';
import { decodeMessage } from '../../src/amqp/decode-message.ts';
import { startBroker } from '../../src/broker.ts';
import { parseEntities } from '../../src/entities.ts';
import type { Question } from './attacked-broker.ts';

/** A broker in a process of its own, that reports its memory and its processor time. */
const broker = await startBroker({
  entities: parseEntities({
    queues: [{ name: 'calm' }, { name: 'attacked' }, { name: 'full', properties: {} }],
  }),
});

/** Tens of megabytes, so that a broker that keeps what no one reads is found out. */
const FULL_COUNT = 300;
const FULL_BODY = rhea.message.data_section(Buffer.alloc(200_000));

const message = decodeMessage(rhea.message.encode({ body: FULL_BODY }));
broker.namespace.send(
  'full',
  Array.from({ length: FULL_COUNT }, () => message),
);

/**
 * Buffers are freed on another thread, after their objects, and on a busy machine late: what is held is the least of a
 * few measurements. Where that is not below what is enough, many more are made.
 */
const MEASUREMENTS_WITHOUT_LESS = 5;
const MORE_MEASUREMENTS = 300;
const BETWEEN_MEASUREMENTS_MS = 10;

async function heldBytes(enoughBytes?: number): Promise<number> {
  let minBytes = Number.POSITIVE_INFINITY;
  const measurements = enoughBytes === undefined ? MEASUREMENTS_WITHOUT_LESS : MORE_MEASUREMENTS;
  for (let sinceLess = 0; sinceLess < measurements; sinceLess += 1) {
    globalThis.gc?.();
    await setTimeout(BETWEEN_MEASUREMENTS_MS);
    const { heapUsed, external } = process.memoryUsage();
    if (heapUsed + external < minBytes) sinceLess = 0;
    minBytes = Math.min(minBytes, heapUsed + external);
    if (enoughBytes !== undefined && minBytes < enoughBytes) break;
  }
  return minBytes;
}

/** The processor time of all of this process's work. */
function workMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

process.on('message', async ({ asks, enoughBytes }: Question) => {
  process.send?.(asks === 'work' ? workMs() : await heldBytes(enoughBytes));
});
process.on('disconnect', () => process.exit());
process.send?.({ port: broker.port, connectionString: broker.connectionString });
