import type { Progress } from '../model/check.ts';
import type { Outcome, Parked } from '../model/outcome.ts';
import type { ErrorResponse } from '../model/partner-center-error.ts';
import type { Advice } from '../model/reasons.ts';

/**
 * The result of a check: the end of the teardown, or another check after a delay. Anything else is a bug, and thrown.
 */
export type Result =
  | { readonly kind: 'finish'; readonly outcome: Outcome }
  | ({
      readonly kind: 'requeue';
      readonly delayMs: number;
      readonly why: string;
    } & Progress);

/** What kept the teardown from finishing, for the event. */
export interface Evidence extends Pick<Parked, 'blockers' | 'orderIds'> {
  readonly response?: ErrorResponse;
  /** The advice if the time is used up, unless the response has its own; absent: `deadline`. */
  readonly finalAdvice?: Advice;
  /** The age at which the time is used up, if that is before the deadline. */
  readonly finalAfterMs?: number;
}

/** The parts of an error response for the event, where the orders and the explanation have their own fields. */
export function evidenceIn(response: ErrorResponse): Pick<Parked, 'answer' | 'orderIds'> {
  const {
    orderIds = [],
    ages: _ages,
    hints: _hints,
    isUnderReview: _review,
    isRepeated: _repeated,
    ...answer
  } = response;
  return { answer, ...(orderIds.length > 0 && { orderIds }) };
}

export function finish(outcome: Outcome): Result {
  return { kind: 'finish', outcome };
}

/** Another check at once. */
export function requeueNow(progress: Progress, why: string): Result {
  return { kind: 'requeue', delayMs: 0, ...progress, why };
}
