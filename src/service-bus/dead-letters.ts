import { deadLetterCause } from '../teardown/model/dead-letter-cause.ts';
import type { TakeDeadLetters } from '../teardown/park-dead-letters.ts';
import { queueNames } from './entities.ts';
import { incomingMessage } from './incoming-message.ts';
import { fromSdk } from './received-message.ts';
import type { ServiceBus } from './shared-client.ts';

/** The wait for the first one: an empty dead-letter queue must not delay a run. */
export const MAX_WAIT_MS = 1_000;

/**
 * Receives dead letters by the SDK rather than a trigger: a trigger fails on a body that the host cannot read, and a
 * message of a dead-letter queue that keeps failing is redelivered at once, for ever. The returned function throws an
 * Error where Service Bus does not answer.
 */
export function deadLetters(serviceBus: ServiceBus): TakeDeadLetters {
  return (queue, maxCount) =>
    serviceBus.ask(`take dead letters of ${queueNames[queue]}`, async (links) => {
      const receiver = links.deadLetterReceiver(queueNames[queue]);
      const messages = await receiver.receiveMessages(maxCount, { maxWaitTimeInMs: MAX_WAIT_MS });
      return messages.map((message) => ({
        ...incomingMessage(fromSdk(message)),
        cause: deadLetterCause(message.deadLetterReason, message.deadLetterErrorDescription),
        remove: () =>
          serviceBus.ask('remove a dead letter', () => receiver.completeMessage(message)),
      }));
    });
}
