import { ServiceBusClient, type ServiceBusMessage } from '@azure/service-bus';
import type { EmbeddedStack } from '../../../dev/stack/embedded-stack.ts';

/** Sends as anyone outside the app would. */
export async function send(
  { broker }: EmbeddedStack,
  queue: string,
  ...messages: readonly ServiceBusMessage[]
): Promise<void> {
  const client = new ServiceBusClient(broker.connectionString);
  const sender = client.createSender(queue);
  for (const message of messages) await sender.sendMessages(message);
  await client.close();
}
