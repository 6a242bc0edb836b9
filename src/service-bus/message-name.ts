import { hashOf, MAX_MESSAGE_ID_LENGTH } from '../teardown/model/message-ids.ts';
import type { ReceivedMessage } from './received-message.ts';

const UUID_BYTES = 16;
const ULONG_BYTES = 8;
/** Below it the AMQP library reads a ulong as a number, from there on as its eight bytes. */
const FIRST_ULONG_AS_BYTES = 2n ** 53n;

/** What this app calls a message without an id. Sent as an id, it is hashed, so that the two never meet. */
const UNNAMED = /^message-\d+$/;

/**
 * The one name of a message: its MessageId as it was sent, or else its place in the queue. The host turns an id that is
 * no text into text (.NET: `Microsoft.Azure.Amqp.Framing.MessageId.ToString`); so does this, for whoever receives
 * by the SDK. A name is no longer than a MessageId, so that checks can carry it.
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

/** Sixteen bytes are taken for a UUID, and eight for a number where they can be one. */
function textOfBytes(bytes: Buffer): string {
  const digits = bytes.toString('hex');
  if (bytes.length === UUID_BYTES)
    return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  if (bytes.length === ULONG_BYTES && bytes.readBigUInt64BE() >= FIRST_ULONG_AS_BYTES) {
    return String(bytes.readBigUInt64BE());
  }
  return digits.toUpperCase();
}
