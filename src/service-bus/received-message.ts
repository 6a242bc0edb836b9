import type { ServiceBusReceivedMessage } from '@azure/service-bus';

/** The parts of a message that the app reads, not yet interpreted. */
export interface ReceivedMessage {
  /** Text, a number, or bytes: a UUID, a large number, or plain bytes. */
  readonly messageId: unknown;
  /** Its place in the queue; a run by hand has none. */
  readonly sequenceNumber: bigint | undefined;
  readonly body: MessageBody;
}

export type MessageBody =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'text'; readonly text: string }
  /** AMQP values and sequences other than text. */
  | { readonly kind: 'value' | 'sequence' };

const NO_BODY: MessageBody = { kind: 'bytes', bytes: new Uint8Array() };

/** Converts a message of the SDK that was received with `skipParsingBodyAsJson`. */
export function fromSdk(message: ServiceBusReceivedMessage): ReceivedMessage {
  const { messageId, sequenceNumber } = message;
  return {
    messageId,
    sequenceNumber: sequenceNumber === undefined ? undefined : BigInt(sequenceNumber.toString()),
    body: bodyOf(message),
  };
}

function bodyOf({ body, _rawAmqpMessage }: ServiceBusReceivedMessage): MessageBody {
  const content: unknown = body;
  if (_rawAmqpMessage.bodyType === 'sequence') return { kind: 'sequence' };
  if (_rawAmqpMessage.bodyType === 'data') return { kind: 'bytes', bytes: bytesOf(content) };
  if (content === undefined || content === null) return NO_BODY;
  return typeof content === 'string' ? { kind: 'text', text: content } : { kind: 'value' };
}

/** A data body has one section or, from a streaming sender, several. */
function bytesOf(content: unknown): Uint8Array {
  if (Array.isArray(content)) return Buffer.concat(content.map(bytesOf));
  return content instanceof Uint8Array ? content : new Uint8Array();
}
