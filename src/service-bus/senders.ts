import type { ServiceBusMessage } from '@azure/service-bus';
import type { ServiceBus } from './shared-client.ts';

export interface Senders {
  /** @throws Error where Service Bus does not take the message */
  send(entity: string, message: ServiceBusMessage): Promise<void>;
}

/** Sends each message on its own. */
export function senders(serviceBus: ServiceBus): Senders {
  return {
    send: (entity, message) =>
      serviceBus.ask(`send to ${entity}`, (links) => links.sender(entity).sendMessages(message)),
  };
}
