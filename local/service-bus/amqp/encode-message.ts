import rhea, { type Typed } from 'rhea';
import type {
  BrokeredMessage,
  LockedMessage,
  MessageState,
  SendableMessage,
} from '../core/message.ts';
import { SCHEDULED_ENQUEUE_TIME } from './decode-message.ts';
import { EncodedMessage } from './encoded-message.ts';
import { encodeValue } from './rhea-internals.ts';

const { types } = rhea;

const STATES: Readonly<Record<MessageState, number>> = { active: 0, deferred: 1, scheduled: 2 };

const MAX_UINT = 0xffff_ffff;
const MAX_INT = 0x7fff_ffff;

/** A message for a receiver: the broker's header and annotations around what the sender sent. */
export function encodeMessage(message: BrokeredMessage | LockedMessage): Buffer {
  const sent = encodedContent(message.content);
  return Buffer.concat([
    section(0x70, header(message, sent)),
    section(
      0x72,
      types.wrap_symbolic_map({ ...sent.messageAnnotations, ...brokerAnnotations(message) }),
    ),
    section(0x73, properties(message.content, sent)),
    ...applicationProperties(message, sent),
    sent.body,
  ]);
}

const section = (code: number, value: Typed): Buffer =>
  encodeValue(types.described(types.wrap_ulong(code), value));

/** What did not come in over AMQP goes out as JSON. */
function encodedContent(content: SendableMessage): EncodedMessage {
  if (content.body instanceof EncodedMessage) return content.body;
  const json = JSON.stringify(content.body) ?? 'null';
  return new EncodedMessage(
    rhea.message.encode({
      message_id: content.messageId,
      correlation_id: content.correlationId,
      subject: content.subject,
      to: content.to,
      reply_to: content.replyTo,
      group_id: content.sessionId,
      reply_to_group_id: content.replyToSessionId,
      content_type: content.contentType ?? 'application/json',
      application_properties: content.applicationProperties,
      body: rhea.message.data_section(Buffer.from(json)),
    }),
  );
}

function header(message: BrokeredMessage, sent: EncodedMessage): Typed {
  const [durable, priority]: (Typed | undefined)[] = sent.header?.value ?? [];
  const timeToLiveMs = Math.ceil(message.timeToLiveMs);
  return types.wrap_list([
    durable,
    priority,
    timeToLiveMs <= MAX_UINT ? types.wrap_uint(timeToLiveMs) : undefined,
    undefined,
    types.wrap_uint(message.deliveryCount),
  ]);
}

/** A message sent without an id has the one the broker gave it. */
function properties({ messageId }: SendableMessage, sent: EncodedMessage): Typed {
  const [sentId, ...others] = sent.properties;
  const hasId = sentId !== undefined && sentId.value !== null;
  return types.wrap_list([hasId ? sentId : messageId, ...others]);
}

function brokerAnnotations(message: BrokeredMessage | LockedMessage): Record<string, Typed> {
  const { scheduledEnqueueTimeMs } = message.content;
  return {
    'x-opt-sequence-number': types.wrap_long(message.sequenceNumber),
    'x-opt-enqueue-sequence-number': types.wrap_long(message.enqueuedSequenceNumber),
    'x-opt-enqueued-time': types.wrap_timestamp(message.enqueuedTimeMs),
    'x-opt-message-state': types.wrap_int(STATES[message.state]),
    ...(scheduledEnqueueTimeMs !== undefined && {
      [SCHEDULED_ENQUEUE_TIME]: types.wrap_timestamp(scheduledEnqueueTimeMs),
    }),
    ...('lockedUntilMs' in message && {
      'x-opt-locked-until': types.wrap_timestamp(message.lockedUntilMs),
    }),
  };
}

function applicationProperties(message: BrokeredMessage, sent: EncodedMessage): Buffer[] {
  const modified = Object.entries(message.modifiedProperties).map(([name, value]) => [
    name,
    signedWhole(value),
  ]);
  const all = { ...sent.applicationProperties, ...Object.fromEntries(modified) };
  return Object.keys(all).length === 0 ? [] : [section(0x74, types.wrap_map(all))];
}

/** rhea makes whole numbers unsigned, and a .NET client that had set an `int` would get another type back. */
function signedWhole(value: unknown): unknown {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return value;
  return Math.abs(value) <= MAX_INT ? types.wrap_int(value) : types.wrap_long(value);
}
