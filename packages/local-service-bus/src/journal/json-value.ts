import { EncodedMessage } from '../amqp/encoded-message.ts';

/**
 * Values as JSON, and back, without loss: what JSON has no form for becomes an object of one key that begins
 * with "$", and a key that begins so by itself gets one "$" more.
 */
export function toJsonValue(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
  if (typeof value === 'bigint') return { $integer: String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof EncodedMessage) return { $amqp: value.bytes.toString('base64') };
  if (value instanceof Date) return { $date: value.getTime() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(toJsonValue);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.startsWith('$') ? `$${key}` : key,
      toJsonValue(member),
    ]),
  );
}

const TAGS: Readonly<Record<string, (content: unknown) => unknown>> = {
  $number: Number,
  $integer: (text) => BigInt(String(text)),
  $amqp: (text) => new EncodedMessage(Buffer.from(String(text), 'base64')),
  $date: (ms) => new Date(Number(ms)),
  $bytes: (text) => Buffer.from(String(text), 'base64'),
};

export function fromJsonValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(fromJsonValue);
  const entries = Object.entries(value);
  const [first] = entries;
  const untag = first && TAGS[first[0]];
  if (first && untag) return untag(first[1]);
  return Object.fromEntries(
    entries.map(([key, member]) => [
      key.startsWith('$$') ? key.slice(1) : key,
      fromJsonValue(member),
    ]),
  );
}
