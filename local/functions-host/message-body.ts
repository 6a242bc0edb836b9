import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import type { RpcTypedData } from './core-contract.ts';

/** How much of a body that is not data is shown to the function. */
const LONGEST_SHOWN_BODY = 1_000;

/**
 * Turns a message's body into the trigger's input as the real host does: the UTF-8 text of its data (the library then
 * tries to parse it as JSON), or its bytes if the binding asks for binary. An empty body is empty text.
 *
 * A body that is an AMQP value or sequence is our own choice: the real host passes a string value on as text and throws
 * for any other, so that the message fails every delivery without the function ever seeing it. Here every such body
 * arrives as a text that says what it is, and the function can refuse it with a sentence of its own.
 *
 * The receiver must have been created with `skipParsingBodyAsJson`, or the exact text is lost.
 */
export function toTriggerInput(
  message: Pick<ServiceBusReceivedMessage, 'body' | '_rawAmqpMessage'>,
  dataType: 'string' | 'binary' = 'string',
): RpcTypedData {
  const body: unknown = message.body;
  const { bodyType } = message._rawAmqpMessage;
  if (bodyType === 'sequence') return { string: `AMQP sequence body: ${show(body)}` };
  // A message without any body section comes as a value that is undefined: nothing was sent.
  if (bodyType === 'value' && body !== undefined) {
    return { string: `AMQP value body (${nameType(body)}): ${show(body)}` };
  }
  const bytes = toBytes(body);
  return dataType === 'binary' ? { bytes } : { string: bytes.toString('utf8') };
}

/** A data body is one section or, from a sender that streams, several that belong together. */
function toBytes(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (Array.isArray(body)) return Buffer.concat(body.map(toBytes));
  if (body instanceof Uint8Array) return Buffer.from(body);
  throw new TypeError(`The message's data body is a ${typeof body} instead of bytes.`);
}

function nameType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' ? 'map' : typeof value;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_SHOWN_BODY ? `${text.slice(0, LONGEST_SHOWN_BODY)}…` : text;
}
