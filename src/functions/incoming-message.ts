import type { InvocationContext } from '@azure/functions';
import type { IncomingMessage } from '../teardown/teardown.ts';

/**
 * The trigger's message. The worker parses metadata text that happens to be JSON, so that the MessageId
 * "123" arrives as a number; a message without an id is named by its place in the queue.
 */
export function incomingMessage(body: unknown, context: InvocationContext): IncomingMessage {
  const metadata = context.triggerMetadata ?? {};
  const { messageId, sequenceNumber, deliveryCount } = metadata;
  const id = typeof messageId === 'object' ? JSON.stringify(messageId) : String(messageId ?? '');
  return {
    body,
    messageId: id === '' || id === 'null' ? `message-${String(sequenceNumber)}` : id,
    deliveryCount: Number(deliveryCount ?? 1),
  };
}
