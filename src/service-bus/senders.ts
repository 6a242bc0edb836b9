import type { ServiceBusMessage, ServiceBusSender } from '@azure/service-bus';
import type { SharedClient } from './shared-client.ts';

/** One attempt and one more: what fails longer is redelivered by Service Bus itself. */
export const retryOptions = {
  maxRetries: 1,
  retryDelayInMs: 500,
  maxRetryDelayInMs: 1_000,
  timeoutInMs: 5_000,
};

export interface Senders {
  send(entity: string, message: ServiceBusMessage): Promise<void>;
}

/** One sender for each entity, opened when first needed. */
export function senders(client: SharedClient): Senders {
  const open = new Map<string, ServiceBusSender>();
  return {
    async send(entity, message) {
      const connected = await client.get();
      const sender = open.get(entity) ?? connected.createSender(entity);
      open.set(entity, sender);
      await sender.sendMessages(message);
    },
  };
}
