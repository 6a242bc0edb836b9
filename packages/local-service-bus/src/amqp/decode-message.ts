import { errorMessage } from '@sandbox-teardown/shared/error-message';
import rhea, { type Message } from 'rhea';
import { BrokerError } from '../core/broker-error.ts';
import type { SendableMessage } from '../core/message.ts';
import { EncodedMessage } from './encoded-message.ts';
import { LEFT_ENCODED } from './rhea-internals.ts';

export const SCHEDULED_ENQUEUE_TIME = 'x-opt-scheduled-enqueue-time';

/** The message format of many messages sent as one (Service Bus and Event Hubs). */
export const BATCH_FORMAT = 0x8001_3700;

const PLAIN_FORMATS: ReadonlySet<number> = new Set([0, LEFT_ENCODED]);

/**
 * What the broker needs to know of a transfer's messages; the rest stays encoded in their bodies.
 * @throws BrokerError when the bytes are no AMQP message, or of a format that no one has described
 */
export function decodeTransfer(bytes: Buffer, format: number | undefined): SendableMessage[] {
  if (format !== BATCH_FORMAT) {
    if (format !== undefined && !PLAIN_FORMATS.has(format)) {
      throw new BrokerError(
        'amqp:not-implemented',
        `The local broker does not support message format ${format}: send plain messages or Service Bus batches.`,
      );
    }
    return [decodeMessage(bytes)];
  }
  return decoding(() => new EncodedMessage(bytes)).data.map(decodeMessage);
}

/** @throws BrokerError when the bytes are no AMQP message */
export function decodeMessage(received: Buffer): SendableMessage {
  // A part of what was read from the socket would keep all of that in memory.
  const bytes = Buffer.from(received);
  const [encoded, message] = decodeBoth(bytes);
  const scheduledMs = timeMs(message.message_annotations?.[SCHEDULED_ENQUEUE_TIME]);
  return {
    ...texts(message),
    ...(message.application_properties && {
      applicationProperties: message.application_properties,
    }),
    ...(isCount(message.ttl) && { timeToLiveMs: message.ttl }),
    ...(scheduledMs !== undefined && { scheduledEnqueueTimeMs: scheduledMs }),
    body: encoded,
    sizeBytes: bytes.length,
  };
}

/**
 * Once cut up and once as rhea sees it, which would take, and print, whatever it does not know.
 * @throws BrokerError when the bytes are no AMQP message
 */
export function decodeBoth(bytes: Buffer): [EncodedMessage, Partial<Message>] {
  return decoding(() => [
    new EncodedMessage(bytes),
    rhea.message.decode(bytes) as Partial<Message>,
  ]);
}

function texts(message: Partial<Message>) {
  const all = {
    messageId: text(message.message_id),
    correlationId: text(message.correlation_id),
    subject: text(message.subject),
    to: text(message.to),
    replyTo: text(message.reply_to),
    sessionId: text(message.group_id),
    replyToSessionId: text(message.reply_to_group_id),
    contentType: text(message.content_type),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Ids may also be numbers and UUIDs. */
function text(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value);
}

function timeMs(value: unknown): number | undefined {
  const ms = value instanceof Date ? value.getTime() : value;
  return isCount(ms) ? ms : undefined;
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function decoding<Result>(decode: () => Result): Result {
  try {
    return decode();
  } catch (error) {
    const cause = errorMessage(error);
    throw new BrokerError('amqp:decode-error', `The transfer holds no AMQP message: ${cause}.`);
  }
}
