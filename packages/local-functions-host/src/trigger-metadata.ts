import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import type { RpcTypedData } from './core-contract.ts';
import { toIdText } from './dot-net-ids.ts';

/** .NET's `DateTimeOffset.MaxValue`, which stands for "never": JavaScript's later dates do not exist there. */
const LATEST_TIME_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const LATEST_TIME = '9999-12-31T23:59:59.9999999';
const VIA_PARTITION_KEY = 'x-opt-via-partition-key';

type Metadata = Record<string, RpcTypedData>;

/**
 * The trigger metadata of one message under the names, types and quirks of the Service Bus extension 5.x and the real
 * host's converter: texts go as `string` (which the library parses as JSON if it can, so the MessageId `123` arrives
 * as a number), everything else as `json`; what the message does not have is left out; `enqueuedTimeUtc` and
 * `expiresAtUtc` carry no `Z`; the delivery count starts at 1 where AMQP's header starts at 0. The library lower-cases the first letter of all keys.
 * Left out are the host's own objects (`messageActions`, `client`…), which arrive as garbage and are of no use in Node.
 */
export function toTriggerMetadata(message: ServiceBusReceivedMessage): Metadata {
  const applicationProperties = json(message.applicationProperties ?? {});
  return compact({
    DeliveryCount: json((message.deliveryCount ?? 0) + 1),
    DeadLetterSource: text(message.deadLetterSource),
    LockToken: text(message.lockToken),
    ...timeMembers('ExpiresAt', message.expiresAtUtc),
    ...timeMembers('EnqueuedTime', message.enqueuedTimeUtc),
    MessageId: text(message.messageId),
    ContentType: text(message.contentType),
    ReplyTo: text(message.replyTo),
    SequenceNumber: number(message.sequenceNumber ?? '-1'),
    To: text(message.to),
    Subject: text(message.subject),
    Label: text(message.subject),
    CorrelationId: text(message.correlationId),
    ApplicationProperties: applicationProperties,
    UserProperties: applicationProperties,
    SessionId: text(message.sessionId),
    ReplyToSessionId: text(message.replyToSessionId),
    PartitionKey: text(message.partitionKey),
    TransactionPartitionKey: text(
      message._rawAmqpMessage.messageAnnotations?.[VIA_PARTITION_KEY] as unknown,
    ),
  });
}

function text(value: unknown): RpcTypedData | undefined {
  const string = toIdText(value);
  return string === undefined ? undefined : { string };
}

function json(value: unknown): RpcTypedData {
  return { json: JSON.stringify(value) };
}

/** A 64-bit number, written out in full: it is the library's JSON parser that loses the last digits. */
function number(value: { toString(): string }): RpcTypedData {
  return { json: value.toString() };
}

function timeMembers(name: string, time: Date | undefined): Record<string, RpcTypedData> {
  if (time === undefined) return {};
  const local = toDotNetTime(time);
  return { [`${name}Utc`]: json(local), [name]: json(`${local}+00:00`) };
}

/** A time as .NET writes it: no zone, and a fraction only where there is one. */
function toDotNetTime(time: Date): string {
  if (time.getTime() >= LATEST_TIME_MS) return LATEST_TIME;
  return time.toISOString().replace(/\.?0*Z$/, '');
}

function compact(members: Record<string, RpcTypedData | undefined>): Metadata {
  return Object.fromEntries(
    Object.entries(members).filter(
      (member): member is [string, RpcTypedData] => member[1] !== undefined,
    ),
  );
}
