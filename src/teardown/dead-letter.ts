import * as v from 'valibot';
import { redact } from './redact.ts';

const LONGEST_TEXT = 500;

const kept = v.optional(v.pipe(v.string(), v.maxLength(LONGEST_TEXT)));

/** Why Service Bus gave up on a message, in its own words. */
export const deadLetterSchema = v.strictObject({ reason: kept, description: kept });
export type DeadLetterCause = v.InferOutput<typeof deadLetterSchema>;

/** The cause as it is kept and shown: bounded, secrets taken out. */
export function deadLetterCause(
  reason: string | undefined,
  description: string | undefined,
): DeadLetterCause {
  const clean = (text: string): string => redact(text).slice(0, LONGEST_TEXT);
  return {
    ...(reason !== undefined && { reason: clean(reason) }),
    ...(description !== undefined && { description: clean(description) }),
  };
}
