import { ServiceBusClient } from '@azure/service-bus';
import type { Story } from './story.ts';

/** Sends the stories' messages to the queue, as another system would. */
export async function dropMessages(
  connectionString: string,
  stories: readonly Story[],
): Promise<void> {
  const client = new ServiceBusClient(connectionString);
  try {
    const sender = client.createSender('teardown-requests');
    for (const { body, teardownId, times } of stories) {
      const message = { body, messageId: teardownId, contentType: 'application/json' };
      for (let sent = 0; sent < times; sent += 1) await sender.sendMessages(message);
    }
  } finally {
    await client.close();
  }
}
