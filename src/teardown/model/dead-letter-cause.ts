import * as v from 'valibot';
import { redactAndCut } from '../../redaction/redact.ts';

const MAX_TEXT_LENGTH = 500;

const kept = v.optional(v.pipe(v.string(), v.maxLength(MAX_TEXT_LENGTH)));

/** Why Service Bus dead-lettered a message, in its own words. */
export const deadLetterSchema = v.strictObject({ reason: kept, description: kept });
export type DeadLetterCause = v.InferOutput<typeof deadLetterSchema>;

/** The cause as it is kept and shown: bounded, and without secrets. */
export function deadLetterCause(reason: unknown, description: unknown): DeadLetterCause {
  return { ...clean('reason', reason), ...clean('description', description) };
}

/** A receiver that dead-letters a message may set numbers, flags and bytes too. */
function clean(name: keyof DeadLetterCause, value: unknown): DeadLetterCause {
  if (value === undefined || value === null) return {};
  const text = value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);
  return { [name]: redactAndCut(text, MAX_TEXT_LENGTH) };
}
