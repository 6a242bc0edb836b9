import * as v from 'valibot';
import { redactAndCut } from '../../redaction/redact.ts';
import { scalarText } from '../../shared/scalar-text.ts';

const MAX_TEXT_LENGTH = 500;

const kept = v.optional(v.pipe(v.string(), v.maxLength(MAX_TEXT_LENGTH)));

/** Why Service Bus dead-lettered a message, in its own words. */
export const deadLetterSchema = v.strictObject({ reason: kept, description: kept });
export type DeadLetterCause = v.InferOutput<typeof deadLetterSchema>;

/** The cause as it is kept and shown: bounded, and without secrets. */
export function deadLetterCause(reason: unknown, description: unknown): DeadLetterCause {
  return { ...clean('reason', reason), ...clean('description', description) };
}

function clean(name: keyof DeadLetterCause, value: unknown): DeadLetterCause {
  if (value === undefined || value === null) return {};
  return { [name]: redactAndCut(textOf(value), MAX_TEXT_LENGTH) };
}

/** Whoever dead-letters a message, or sends it, may set any AMQP value. */
function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return scalarText(value) ?? 'a value that is not text';
}
