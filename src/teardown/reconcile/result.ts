import type { Progress } from '../model/check.ts';
import type { Outcome, Parked } from '../model/outcome.ts';
import type { ErrorResponse } from '../model/partner-center-error.ts';
import type { Advice } from '../model/reasons.ts';

/** How a check ends: for good, or with another check after a delay. Anything else is a thrown bug. */
export type Result =
  | { readonly kind: 'finish'; readonly outcome: Outcome }
  | ({
      readonly kind: 'requeue';
      readonly delayMs: number;
      readonly why: string;
    } & Progress);

/** What kept the teardown from its end, for the event. */
export interface Evidence extends Pick<Parked, 'blockers' | 'orderIds'> {
  readonly response?: ErrorResponse;
  /** What to say where the teardown's time is used up, unless the answer itself says it; absent: `deadline`. */
  readonly inTheEnd?: Advice;
}

/** An answer for the event, where the orders that it is about stand beside it, and what is known of them in words. */
export function evidenceIn(response: ErrorResponse): Pick<Parked, 'answer' | 'orderIds'> {
  const { orderIds = [], ages: _ages, hints: _hints, isUnderReview: _review, ...answer } = response;
  return { answer, ...(orderIds.length > 0 && { orderIds }) };
}

export function finish(outcome: Outcome): Result {
  return { kind: 'finish', outcome };
}

/** Another check with nothing to wait for. */
export function requeueNow(progress: Progress, why: string): Result {
  return { kind: 'requeue', delayMs: 0, ...progress, why };
}
