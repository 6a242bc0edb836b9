import type { ServiceBusClient } from '@azure/service-bus';

const QUEUE = 'rate';
/** As many at once as an instance of the app takes. */
const CONCURRENT = 8;
/** A scheduled message waits this long, which the rate leaves out. */
const DUE_AFTER_MS = 500;

/** Messages a second, each sent by itself, received, and completed. */
export async function messagesPerSecond(
  client: ServiceBusClient,
  count: number,
  kind: 'sent' | 'scheduled',
): Promise<number> {
  const dueMs = kind === 'scheduled' ? DUE_AFTER_MS : 0;
  const startMs = performance.now();
  await Promise.all([completing(client, count), sending(client, count, dueMs)]);
  return (count * 1000) / (performance.now() - startMs - dueMs);
}

async function sending(client: ServiceBusClient, count: number, dueMs: number): Promise<void> {
  const sender = client.createSender(QUEUE);
  let sent = 0;
  const oneAfterTheOther = async () => {
    while (sent < count) {
      sent += 1;
      const due = { scheduledEnqueueTimeUtc: new Date(Date.now() + dueMs) };
      await sender.sendMessages({ body: { sent }, ...(dueMs > 0 && due) });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, oneAfterTheOther));
  await sender.close();
}

async function completing(client: ServiceBusClient, count: number): Promise<void> {
  const receiver = client.createReceiver(QUEUE);
  let completed = 0;
  await new Promise<void>((resolve, reject) => {
    receiver.subscribe(
      {
        processMessage: async (message) => {
          await receiver.completeMessage(message);
          completed += 1;
          if (completed === count) resolve();
        },
        processError: async ({ error }) => reject(error),
      },
      { maxConcurrentCalls: CONCURRENT, autoCompleteMessages: false },
    );
  });
  await receiver.close();
}
