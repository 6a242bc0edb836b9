import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import rhea from 'rhea';
import type { ModelBindingData } from './core-contract.ts';
import { toIdText } from './dot-net-ids.ts';
import type { MessageContent } from './message-content.ts';

const NO_LOCK_TOKEN = '00000000-0000-0000-0000-000000000000';

/**
 * A message for an SDK binding, as the Service Bus extension makes it (`ConvertReceivedMessageToBindingData`): the lock
 * token in .NET's byte order, then the message in AMQP, in which .NET has turned each id into text.
 */
export function toModelBindingData(
  message: ServiceBusReceivedMessage,
  content: MessageContent,
): ModelBindingData {
  return {
    version: '1.0',
    source: 'AzureServiceBusReceivedMessage',
    contentType: 'application/octet-stream',
    content: Buffer.concat([
      lockTokenBytes(message.lockToken ?? NO_LOCK_TOKEN),
      rhea.message.encode(toAmqp(message, content)),
    ]),
  };
}

function toAmqp(message: ServiceBusReceivedMessage, content: MessageContent) {
  return {
    message_id: toIdText(message.messageId),
    correlation_id: toIdText(message.correlationId),
    content_type: message.contentType,
    subject: message.subject,
    to: message.to,
    reply_to: message.replyTo,
    group_id: message.sessionId,
    application_properties: message.applicationProperties,
    message_annotations: {
      ...message._rawAmqpMessage.messageAnnotations,
      'x-opt-sequence-number': rhea.types.wrap_long(sequenceNumberOf(message)),
    },
    body: typeof content === 'string' ? content : rhea.message.data_sections([...content]),
  };
}

/** .NET's -1 stands for none: a run by hand is of a message that never was in a queue. */
function sequenceNumberOf({ sequenceNumber }: ServiceBusReceivedMessage): number | Buffer {
  return sequenceNumber === undefined ? -1 : Buffer.from(sequenceNumber.toBytesBE());
}

/** `Guid.ToByteArray`: the first three groups are numbers, least byte first. */
function lockTokenBytes(lockToken: string): Buffer {
  const [a = '', b = '', c = '', ...rest] = lockToken.split('-');
  return Buffer.concat([
    ...[a, b, c].map((group) => Buffer.from(group, 'hex').reverse()),
    Buffer.from(rest.join(''), 'hex'),
  ]);
}
