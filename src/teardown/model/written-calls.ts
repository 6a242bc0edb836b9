import { redactAndCut } from '../../redaction/redact.ts';
import type { Outcome } from './outcome.ts';

/** What a teardown has written, for the words of its end. */
export const MAX_WRITTEN = 50;
export const MAX_WRITTEN_LENGTH = 300;

/** With what this check has written; each call once, and no more of them than a message should hold. */
export function withWritten(
  before: readonly string[] | undefined,
  now: readonly string[],
): readonly string[] | undefined {
  // An id may echo a secret, and this goes into messages.
  const added = now.map((each) => redactAndCut(each, MAX_WRITTEN_LENGTH).toWellFormed());
  const all = [...new Set([...(before ?? []), ...added])];
  return all.length === 0 ? undefined : all.slice(0, MAX_WRITTEN);
}

/** An end that did not delete says what was written before it. */
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
