import { app } from '@azure/functions';
import { incomingMessage } from '../service-bus/incoming-message.ts';
import { fromModelBindingData } from '../service-bus/model-binding-data.ts';
import { CONNECTION_NAME } from '../settings/service-bus-connection.ts';
import type { LogOf } from '../teardown/log/log.ts';
import type { IncomingMessage } from '../teardown/teardown.ts';
import { logsOf } from './log-lines.ts';
import { throwingSafely } from './safe-error.ts';

/**
 * Registers a function for the messages of a queue. It reads the message itself and no trigger metadata: the host
 * copies a text body's fields over those, and the worker parses them
 * (docs/decisions/0009-messages-as-they-were-sent.md).
 */
export function registerQueueFunction(
  name: string,
  queueName: string,
  take: (message: IncomingMessage, logOf: LogOf) => Promise<void>,
): void {
  app.serviceBusQueue(name, {
    connection: CONNECTION_NAME,
    queueName,
    sdkBinding: true,
    handler: (encoded, context) =>
      throwingSafely(() => take(messageIn(encoded, queueName), logsOf(context))),
  });
}

/** @throws Error for anything that is not a message of the queue */
function messageIn(encoded: unknown, queueName: string): IncomingMessage {
  if (!(encoded instanceof Uint8Array)) {
    throw new Error('The host handed over no message for an SDK binding; is it too old for one?');
  }
  const received = fromModelBindingData(encoded);
  if (received.sequenceNumber === undefined || received.sequenceNumber < 0n) {
    throw new Error(
      `This run was started by hand and has no message, so that nothing could name or repeat it. Send one to the queue ${queueName} instead.`,
    );
  }
  const { sequenceNumber } = received;
  return { ...incomingMessage(received), sequenceNumber };
}
