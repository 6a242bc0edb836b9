import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import type { RpcTypedData } from './core-contract.ts';
import type { MessageContent } from './message-content.ts';
import { toModelBindingData } from './model-binding-data.ts';
import type { ServiceBusTrigger } from './trigger-definition.ts';

/**
 * Turns a message into the trigger's input as the real host does: for an SDK binding the message itself, encoded; its bytes if
 * the binding asks for binary; else its text (the library then tries to parse that as JSON). An empty body is empty text.
 *
 * @throws Error for a body that is neither data nor text: the real host makes a text of each message for its own log, whatever the
 * binding (`MessageToStringConverter`), so that such a message fails every delivery without the function ever seeing it.
 */
export function toTriggerInput(
  message: ServiceBusReceivedMessage,
  dataType: ServiceBusTrigger['dataType'] = 'string',
): RpcTypedData {
  const content = contentOf(message);
  if (dataType === 'sdk') return { modelBindingData: toModelBindingData(message, content) };
  if (typeof content === 'string') {
    if (dataType === 'string') return { string: content };
    throw new Error('An AMQP value body cannot be bound to bytes.');
  }
  const bytes = Buffer.concat(content);
  return dataType === 'binary' ? { bytes } : { string: bytes.toString('utf8') };
}

/** The receiver must have been created with `skipParsingBodyAsJson`, or the exact text is lost. */
function contentOf({
  body,
  _rawAmqpMessage,
}: Pick<ServiceBusReceivedMessage, 'body' | '_rawAmqpMessage'>): MessageContent {
  const content: unknown = body;
  const { bodyType } = _rawAmqpMessage;
  if (bodyType === 'sequence')
    throw new Error('A sequence body message cannot be bound to a string.');
  if (bodyType !== 'value') return sectionsOf(content);
  // A message without any body section, or with null for a value, comes as a value; the real host takes it for empty.
  if (content === undefined || content === null) return [Buffer.alloc(0)];
  if (typeof content === 'string') return content;
  throw new Error(
    `A message with a value type of ${nameType(content)} cannot be bound to a string.`,
  );
}

/** A data body is one section or, from a sender that streams, several that belong together. */
function sectionsOf(content: unknown): readonly Buffer[] {
  if (Array.isArray(content)) return content.flatMap(sectionsOf);
  if (content instanceof Uint8Array) return [Buffer.from(content)];
  throw new TypeError(`The message's data body is a ${typeof content} instead of bytes.`);
}

function nameType(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' ? 'map' : typeof value;
}
