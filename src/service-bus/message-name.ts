import { hashOf, MAX_MESSAGE_ID_LENGTH } from '../teardown/model/message-ids.ts';
import type { ReceivedMessage } from './received-message.ts';

const UUID_BYTES = 16;
const ULONG_BYTES = 8;
/** The AMQP library reads a smaller ulong as a number, and this and larger ones as eight bytes. */
const FIRST_ULONG_AS_BYTES = 2n ** 53n;

/** The name of a message without an id. A MessageId of this form is hashed, so that the two never collide. */
const UNNAMED = /^message-\d+$/;

/**
 * The name of a message: its MessageId as it was sent, or else its sequence number. An id that is not text is converted
 * as the host does it (.NET: `Microsoft.Azure.Amqp.Framing.MessageId.ToString`), so that the SDK gives the same name. A
 * name is never longer than a MessageId, so that checks can carry it.
 */
export function messageName({
  messageId,
  sequenceNumber,
}: Pick<ReceivedMessage, 'messageId' | 'sequenceNumber'>): string {
  const name = textOf(messageId);
  if (name === '') return `message-${sequenceNumber}`;
  return name.length <= MAX_MESSAGE_ID_LENGTH && !UNNAMED.test(name) ? name : hashOf(name);
}

function textOf(id: unknown): string {
  if (typeof id === 'string') return id;
  if (typeof id === 'number' || typeof id === 'bigint') return String(id);
  return id instanceof Uint8Array ? textOfBytes(Buffer.from(id)) : '';
}

/** Sixteen bytes are a UUID, and eight a number if they can be one. */
function textOfBytes(bytes: Buffer): string {
  const digits = bytes.toString('hex');
  if (bytes.length === UUID_BYTES)
    return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  if (bytes.length === ULONG_BYTES && bytes.readBigUInt64BE() >= FIRST_ULONG_AS_BYTES) {
    return String(bytes.readBigUInt64BE());
  }
  return digits.toUpperCase();
}
