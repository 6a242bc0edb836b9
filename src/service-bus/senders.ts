import type { ServiceBusClient, ServiceBusMessage, ServiceBusSender } from '@azure/service-bus';

/** One attempt and one more: what fails longer is redelivered by Service Bus itself. */
export const retryOptions = {
  maxRetries: 1,
  retryDelayInMs: 500,
  maxRetryDelayInMs: 1_000,
  timeoutInMs: 5_000,
};

export interface Senders {
  send(entity: string, message: ServiceBusMessage): Promise<void>;
  close(): Promise<void>;
}

/** One client for an instance, made when first needed, and one sender for each entity. */
export function senders(connect: () => Promise<ServiceBusClient>): Senders {
  let connecting: Promise<ServiceBusClient> | undefined;
  const open = new Map<string, ServiceBusSender>();

  const client = (): Promise<ServiceBusClient> => {
    connecting ??= connect().catch((error: unknown) => {
      connecting = undefined;
      throw error;
    });
    return connecting;
  };

  return {
    async send(entity, message) {
      const connected = await client();
      const sender = open.get(entity) ?? connected.createSender(entity);
      open.set(entity, sender);
      await sender.sendMessages(message);
    },
    async close() {
      if (connecting !== undefined) await (await connecting).close();
    },
  };
}
