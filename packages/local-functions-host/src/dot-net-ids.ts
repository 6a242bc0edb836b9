const UUID_BYTES = 16;
const ULONG_BYTES = 8;
/** The AMQP library reads a ulong as its bytes from here on. */
const FIRST_ULONG_AS_BYTES = 2n ** 53n;

/**
 * The text of a MessageId or CorrelationId, which AMQP also allows to be a number, a UUID or bytes: as .NET writes it
 * (`Microsoft.Azure.Amqp.Framing.MessageId`). The library tells a UUID by its sixteen bytes only.
 */
export function toIdText(id: unknown): string | undefined {
  if (id === undefined || id === null) return undefined;
  if (!(id instanceof Uint8Array)) return String(id);
  const bytes = Buffer.from(id);
  const digits = bytes.toString('hex');
  if (bytes.length === UUID_BYTES) {
    return [0, 8, 12, 16, 20].map((at, n, all) => digits.slice(at, all[n + 1])).join('-');
  }
  const isLargeNumber =
    bytes.length === ULONG_BYTES && bytes.readBigUInt64BE() >= FIRST_ULONG_AS_BYTES;
  return isLargeNumber ? String(bytes.readBigUInt64BE()) : digits.toUpperCase();
}
