import type { ServiceBusClient } from '@azure/service-bus';
import Long from 'long';

const BATCH = 500;
const BODY_BYTES = 180;
const DAY_MS = 24 * 60 * 60 * 1000;
const TRIES = 15;

/** Schedules many small messages for tomorrow. */
export async function scheduleMany(
  client: ServiceBusClient,
  queue: string,
  count: number,
): Promise<void> {
  const sender = client.createSender(queue);
  const scheduledEnqueueTimeUtc = new Date(Date.now() + DAY_MS);
  const body = Buffer.alloc(BODY_BYTES, 'a');
  for (let sent = 0; sent < count; sent += BATCH) {
    const messages = Array.from({ length: Math.min(BATCH, count - sent) }, () => ({
      ...{ body, scheduledEnqueueTimeUtc },
    }));
    await sender.sendMessages(messages);
  }
  await sender.close();
}

/**
 * How many times as long a peek of one message takes among the many as among the few: each at its quickest, by turns, so that
 * what else the machine does makes little difference.
 */
export async function peekRatio(
  client: ServiceBusClient,
  few: { queue: string; count: number },
  many: { queue: string; count: number },
): Promise<number> {
  const peeks = [few, many].map(({ queue, count }) => {
    const receiver = client.createReceiver(queue);
    const fromSequenceNumber = Long.fromNumber(Math.floor(count / 2));
    return async () => {
      const startMs = performance.now();
      const [message] = await receiver.peekMessages(1, { fromSequenceNumber });
      if (message === undefined) throw new Error(`${queue} holds fewer messages than it should.`);
      return performance.now() - startMs;
    };
  });
  const quickestMs = peeks.map(() => Infinity);
  for (let tries = 0; tries < TRIES; tries += 1) {
    for (const [place, peek] of peeks.entries()) {
      quickestMs[place] = Math.min(quickestMs[place] ?? Infinity, await peek());
    }
  }
  const [fewMs = Number.NaN, manyMs = Number.NaN] = quickestMs;
  return manyMs / fewMs;
}
