import type { InvocationContext } from '@azure/functions';
import type { IncomingMessage } from '../teardown/teardown.ts';

/**
 * The trigger's message. The worker parses metadata text that happens to be JSON, so that the MessageId
 * "123" arrives as a number, and one with more digits than a number holds arrives changed. Such a message,
 * and one without an id, is named by its place in the queue.
 */
export function incomingMessage(body: unknown, context: InvocationContext): IncomingMessage {
  const { messageId, sequenceNumber } = context.triggerMetadata ?? {};
  const place = `message-${String(sequenceNumber)}`;
  if (messageId === undefined || messageId === null || messageId === '') {
    return { body, messageId: place };
  }
  if (typeof messageId === 'object' || (typeof messageId === 'number' && !isExact(messageId))) {
    return {
      body,
      messageId: place,
      messageIdProblem: `The MessageId reads as JSON and arrived changed, as ${JSON.stringify(messageId).slice(0, 60)}; use a GUID, or begin it with a letter.`,
    };
  }
  return { body, messageId: String(messageId) };
}

function isExact(value: number): boolean {
  return Number.isSafeInteger(value);
}
