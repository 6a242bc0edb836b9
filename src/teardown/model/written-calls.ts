import { redactAndCut } from '../../redaction/redact.ts';
import type { Outcome } from './outcome.ts';

/** The limits of the list of a teardown's writes, which is for its outcome. */
export const MAX_WRITTEN = 50;
export const MAX_WRITTEN_LENGTH = 300;

/** Adds the writes of this check: each call once, and no more than a message should hold. */
export function withWritten(
  before: readonly string[] | undefined,
  now: readonly string[],
): readonly string[] | undefined {
  // An id may look like a secret, and these texts go into messages.
  const added = now.map((each) => redactAndCut(each, MAX_WRITTEN_LENGTH).toWellFormed());
  const all = [...new Set([...(before ?? []), ...added])];
  return all.length === 0 ? undefined : all.slice(0, MAX_WRITTEN);
}

/** Adds to an outcome without a deletion what was written before it. */
export function sayingWhatWasWritten(
  outcome: Outcome,
  written: readonly string[] | undefined,
): Outcome {
  if (written === undefined || outcome.kind === 'deleted' || outcome.kind === 'rejected') {
    return outcome;
  }
  const more = written.length === MAX_WRITTEN ? ', perhaps more' : '';
  return {
    ...outcome,
    explanation: `${outcome.explanation} Already written: ${written.join('; ')}${more}.`,
  };
}
