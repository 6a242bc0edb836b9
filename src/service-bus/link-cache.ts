import type { ServiceBusClient, ServiceBusReceiver, ServiceBusSender } from '@azure/service-bus';

/** A client with its open links: one sender and one receiver of dead letters for each entity. */
export interface LinkCache {
  sender(entity: string): ServiceBusSender;
  deadLetterReceiver(queue: string): ServiceBusReceiver;
  close(): Promise<void>;
}

/** Opens each link when it is first needed. */
export function linkCache(client: ServiceBusClient): LinkCache {
  const senders = new Map<string, ServiceBusSender>();
  const receivers = new Map<string, ServiceBusReceiver>();
  return {
    sender: (entity) => kept(senders, entity, () => client.createSender(entity)),
    deadLetterReceiver: (queue) =>
      kept(receivers, queue, () =>
        client.createReceiver(queue, { subQueueType: 'deadLetter', skipParsingBodyAsJson: true }),
      ),
    close: () => client.close(),
  };
}

function kept<T>(all: Map<string, T>, name: string, open: () => T): T {
  const one = all.get(name) ?? open();
  all.set(name, one);
  return one;
}
