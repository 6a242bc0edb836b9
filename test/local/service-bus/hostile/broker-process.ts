import { setTimeout } from 'node:timers/promises';
import rhea from 'rhea';
import { decodeMessage } from '../../../../local/service-bus/amqp/decode-message.ts';
import { startBroker } from '../../../../local/service-bus/broker.ts';
import { parseEntities } from '../../../../local/service-bus/entities.ts';
import type { Memory } from './attacked-broker.ts';

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
 * stays at over so many looks, or less than it may be.
 */
const LOOKS_WITHOUT_LESS = 500;
const BETWEEN_LOOKS_MS = 10;

async function memoryOf(enough: Memory): Promise<Memory> {
  let least: Memory = { heldBytes: Infinity, residentBytes: Infinity };
  for (let sinceLess = 0; sinceLess < LOOKS_WITHOUT_LESS; sinceLess += 1) {
    globalThis.gc?.();
    await setTimeout(BETWEEN_LOOKS_MS);
    const { heapUsed, external, rss } = process.memoryUsage();
    const heldBytes = Math.min(least.heldBytes, heapUsed + external);
    const residentBytes = Math.min(least.residentBytes, rss);
    if (heldBytes < least.heldBytes || residentBytes < least.residentBytes) sinceLess = 0;
    least = { heldBytes, residentBytes };
    if (heldBytes < enough.heldBytes && residentBytes < enough.residentBytes) break;
  }
  return least;
}

/** What all of this process's work has taken of the processor. */
function workMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

process.on('message', async (enough: Memory | 'work') => {
  process.send?.(enough === 'work' ? workMs() : await memoryOf(enough));
});
process.on('disconnect', () => process.exit());
process.send?.({ port: broker.port, connectionString: broker.connectionString });
