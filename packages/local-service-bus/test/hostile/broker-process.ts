import { setTimeout } from 'node:timers/promises';
import rhea from 'rhea';
import { decodeMessage } from '../../src/amqp/decode-message.ts';
import { startBroker } from '../../src/broker.ts';
import { parseEntities } from '../../src/entities.ts';
import type { Memory, Question } from './attacked-broker.ts';

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
 * stays at over a few looks. Where that is more than it may be, many more are taken.
 */
const LOOKS_WITHOUT_LESS = 5;
const MORE_LOOKS = 300;
const BETWEEN_LOOKS_MS = 10;

async function memoryOf(most?: Memory): Promise<Memory> {
  let least: Memory = { heldBytes: Infinity, residentBytes: Infinity };
  const looks = most === undefined ? LOOKS_WITHOUT_LESS : MORE_LOOKS;
  for (let sinceLess = 0; sinceLess < looks; sinceLess += 1) {
    globalThis.gc?.();
    await setTimeout(BETWEEN_LOOKS_MS);
    const { heapUsed, external, rss } = process.memoryUsage();
    const heldBytes = Math.min(least.heldBytes, heapUsed + external);
    const residentBytes = Math.min(least.residentBytes, rss);
    if (heldBytes < least.heldBytes || residentBytes < least.residentBytes) sinceLess = 0;
    least = { heldBytes, residentBytes };
    const { heldBytes: mostHeld = 0, residentBytes: mostResident = 0 } = most ?? {};
    if (heldBytes < mostHeld && residentBytes < mostResident) break;
  }
  return least;
}

/** What all of this process's work has taken of the processor. */
function workMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

process.on('message', async ({ asks, most }: Question) => {
  process.send?.(asks === 'work' ? workMs() : await memoryOf(most));
});
process.on('disconnect', () => process.exit());
process.send?.({ port: broker.port, connectionString: broker.connectionString });
