import type { IncomingMessage } from '../teardown/model/incoming-message.ts';
import { messageContent } from './message-content.ts';
import { messageName } from './message-name.ts';
import type { ReceivedMessage } from './received-message.ts';

/** A message with its name and content, for the triggers and the reader of dead letters alike. */
export function incomingMessage(received: ReceivedMessage): IncomingMessage {
  return { ...messageContent(received.body), messageId: messageName(received) };
}
