import { type AmqpValue, amqpValues, bytesIn, integerIn, itemsIn, textIn } from './amqp-values.ts';
import type { MessageBody, ReceivedMessage } from './received-message.ts';

/** Source: `ServiceBusExtensionConfigProvider.ConvertReceivedMessageToBindingData` (azure-sdk-for-net). */
export const BINDING_SOURCE = 'AzureServiceBusReceivedMessage';
const LOCK_TOKEN_BYTES = 16;

/**
 * Sections: AMQP 1.0, part 3, section 3.2. The annotation:
 * https://learn.microsoft.com/azure/service-bus-messaging/service-bus-amqp-protocol-guide
 */
const ANNOTATIONS = 0x72n;
const PROPERTIES = 0x73n;
const DATA = 0x75n;
const SEQUENCE = 0x76n;
const VALUE = 0x77n;
const SEQUENCE_NUMBER = 'x-opt-sequence-number';
const NULL = 0x40;
const UUID = 0x98;

/**
 * Decodes a message as the host passes it to an SDK binding: sixteen bytes of lock token, then the message in AMQP.
 *
 * @throws RangeError if it is not an AMQP message
 */
export function fromModelBindingData(content: Uint8Array): ReceivedMessage {
  const sections = [...amqpValues(Buffer.from(content).subarray(LOCK_TOKEN_BYTES))];
  const itemsOf = (code: bigint) =>
    sections.filter(({ descriptor }) => descriptor === code).flatMap(itemsIn);
  const [messageId] = itemsOf(PROPERTIES);
  return {
    messageId: messageId === undefined ? undefined : idIn(messageId),
    sequenceNumber: sequenceNumberIn(itemsOf(ANNOTATIONS)),
    body: bodyIn(sections),
  };
}

function idIn(value: AmqpValue): unknown {
  if (value.code === UUID) return value.content;
  return textIn(value) ?? integerIn(value) ?? bytesIn(value);
}

function sequenceNumberIn(annotations: readonly AmqpValue[]): bigint | undefined {
  const at = annotations.findIndex(
    (name, index) => index % 2 === 0 && textIn(name) === SEQUENCE_NUMBER,
  );
  const number = at < 0 ? undefined : annotations[at + 1];
  return number === undefined ? undefined : integerIn(number);
}

function bodyIn(sections: readonly AmqpValue[]): MessageBody {
  const data = sections.filter(({ descriptor }) => descriptor === DATA);
  const value = sections.find(({ descriptor }) => descriptor === VALUE);
  if (sections.some(({ descriptor }) => descriptor === SEQUENCE)) return { kind: 'sequence' };
  if (value === undefined || value.code === NULL) {
    const parts = data.map((part) => bytesIn(part) ?? Buffer.alloc(0));
    return { kind: 'bytes', bytes: Buffer.concat(parts) };
  }
  const text = textIn(value);
  return text === undefined ? { kind: 'value' } : { kind: 'text', text };
}
