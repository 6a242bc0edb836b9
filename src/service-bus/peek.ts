import Long from 'long';
import { defined } from '../shared/defined.ts';
import type { PeekQueue } from '../teardown/reconcile/start-in-turn.ts';
import { queueNames } from './entities.ts';
import { incomingMessage } from './incoming-message.ts';
import { fromSdk } from './received-message.ts';
import type { ServiceBus } from './shared-client.ts';

/** Looks at the first messages of a queue and locks none. The returned function throws an Error where Service Bus does not answer. */
export function peekBy(serviceBus: ServiceBus): PeekQueue {
  return (queue, maxCount) =>
    serviceBus.ask(`peek ${queueNames[queue]}`, async (links) => {
      const receiver = links.receiver(queueNames[queue]);
      const messages = await receiver.peekMessages(maxCount, { fromSequenceNumber: Long.ZERO });
      return messages.map((message) => {
        const received = fromSdk(message);
        return {
          ...incomingMessage(received),
          ...defined({ sequenceNumber: received.sequenceNumber }),
          isScheduled: message.state === 'scheduled',
        };
      });
    });
}
