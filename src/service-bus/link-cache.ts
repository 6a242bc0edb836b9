import type { ServiceBusClient, ServiceBusReceiver, ServiceBusSender } from '@azure/service-bus';

/** A client with its open links: a sender, a receiver and one of dead letters for each entity. */
export interface LinkCache {
  sender(entity: string): ServiceBusSender;
  /** To peek only: the triggers receive. */
  receiver(queue: string): ServiceBusReceiver;
  deadLetterReceiver(queue: string): ServiceBusReceiver;
  close(): Promise<void>;
}

/** Opens each link when it is first needed. */
export function linkCache(client: ServiceBusClient): LinkCache {
  const senders = new Map<string, ServiceBusSender>();
  const receivers = new Map<string, ServiceBusReceiver>();
  const deadLetterReceivers = new Map<string, ServiceBusReceiver>();
  return {
    sender: (entity) => kept(senders, entity, () => client.createSender(entity)),
    receiver: (queue) =>
      kept(receivers, queue, () => client.createReceiver(queue, { skipParsingBodyAsJson: true })),
    deadLetterReceiver: (queue) =>
      kept(deadLetterReceivers, queue, () =>
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
