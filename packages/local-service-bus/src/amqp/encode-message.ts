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

/** The last one that every client can name: .NET has no later year (AmqpConstants.MaxAbsoluteExpiryTime). */
const MAX_TIME_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Where a list of properties has what the broker writes. */
const ABSOLUTE_EXPIRY_TIME = 8;
const CREATION_TIME = 9;

type Shown = BrokeredMessage | LockedMessage;

/** A message for a receiver: the broker's header and annotations around what the sender sent. */
export function encodeMessage(message: Shown): Buffer {
  const sent = encodedContent(message.content);
  return Buffer.concat([...envelope(message, sent, {}), sent.body]);
}

/**
 * The same without its body, for who peeks with `omit-message-body` (azure-sdk-for-js,
 * test/internal/serviceBusClient.spec.ts). Of what the size is the size, and that the footer is left out, too, is
 * UNCONFIRMED.
 */
export function encodeWithoutBody(message: Shown): Buffer {
  const sent = encodedContent(message.content);
  const omittedBytes = types.wrap_long(sent.body.length);
  return Buffer.concat(envelope(message, sent, { 'omitted-message-body-size': omittedBytes }));
}

/** Delivery annotations are there even if there are none (the same test). */
const envelope = (
  message: Shown,
  sent: EncodedMessage,
  deliveryAnnotations: Record<string, Typed>,
): Buffer[] => [
  section(0x70, header(message, sent)),
  section(0x71, types.wrap_symbolic_map(deliveryAnnotations)),
  section(
    0x72,
    types.wrap_symbolic_map({ ...sent.messageAnnotations, ...brokerAnnotations(message) }),
  ),
  section(0x73, properties(message, sent)),
  ...applicationProperties(message, sent),
];

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
function properties(message: BrokeredMessage, sent: EncodedMessage): Typed {
  const all: (Typed | string | undefined)[] = [...sent.properties];
  const [sentId] = sent.properties;
  const hasId = sentId !== undefined && sentId.value !== null;
  all[0] = hasId ? sentId : message.content.messageId;
  if (all.length > ABSOLUTE_EXPIRY_TIME) all[ABSOLUTE_EXPIRY_TIME] = undefined;
  if (message.expiresAtMs <= MAX_TIME_MS) stampExpiry(all, message);
  return types.wrap_list([...all]);
}

/**
 * `absolute-expiry-time` is "ignored on input (header TTL is observed), authoritative on output" (article
 * service-bus-amqp-protocol-guide). The two are a time to live apart, and the earlier one is when the message became
 * active, as in what azure-sdk-for-js's samples print (sendingAmqpValue): clients take the difference for the time to
 * live (azure-sdk-for-net pull request 40916). That a sender's own creation-time gives way to it is UNCONFIRMED.
 */
function stampExpiry(properties: unknown[], message: BrokeredMessage): void {
  const { expiresAtMs, timeToLiveMs } = message;
  properties[ABSOLUTE_EXPIRY_TIME] = types.wrap_timestamp(expiresAtMs);
  properties[CREATION_TIME] = types.wrap_timestamp(expiresAtMs - timeToLiveMs);
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
