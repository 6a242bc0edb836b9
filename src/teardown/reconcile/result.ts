import { classifyError } from '../errors/classify-error.ts';
import type { Wait } from '../errors/error-action.ts';
import { DELETION_REFUSED, NEXT_STEPS } from '../errors/next-steps.ts';
import type { Advice } from '../model/advice.ts';
import { type Check, checksMade, type Progress } from '../model/check.ts';
import type { Outcome, Parked } from '../model/outcome.ts';
import { type Answer, isAboutTheRequest } from '../model/partner-center-error.ts';
import { type Backoff, nextDelayMs } from './retry-policy.ts';

/** How a check ends: for good, or with another check after a delay. Anything else is a thrown bug. */
export type Result =
  | { readonly kind: 'end'; readonly outcome: Outcome }
  | ({
      readonly kind: 'requeue';
      readonly delayMs: number;
      readonly why: string;
    } & Progress);

/** What decides when to check again, and when no more. */
export interface Timing {
  readonly backoff: Backoff;
  readonly nowMs: number;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
}

/** What kept the teardown from its end, for the event. */
export interface Evidence extends Pick<Parked, 'answer' | 'blockers' | 'orderIds'> {
  /** What to say where the teardown's time is used up, unless the answer itself says it; absent: `deadline`. */
  readonly inTheEnd?: Advice;
}

/** An answer for the event, where the orders that it is about stand beside it, and what is known of them in words. */
export function evidenceIn(said: Answer): Evidence {
  const { orderIds = [], ages: _ages, hints: _hints, isUnderReview: _review, ...answer } = said;
  return { answer, ...(orderIds.length > 0 && { orderIds }) };
}

export function finish(outcome: Outcome): Result {
  return { kind: 'end', outcome };
}

/** Another check with nothing to wait for. */
export function requeueNow(progress: Progress, why: string): Result {
  return { kind: 'requeue', delayMs: 0, ...progress, why };
}

/**
 * Another check after a while, unless the teardown has had all its time or all its checks.
 *
 * @param delayMs 0 where there is more to do and nothing to wait for; absent: as the pacing says
 */
export function requeueAfter(
  check: Check,
  timing: Timing,
  progress: Progress,
  why: string,
  evidence: Evidence,
  delayMs?: 0,
): Result {
  const { backoff, nowMs } = timing;
  const ageMs = nowMs - check.startedMs;
  if (ageMs >= backoff.deadlineMs) {
    return usedUp('deadline', 'its time', why, evidence);
  }
  if (check.attempt + 1 >= backoff.maxChecks) {
    return usedUp('too-many-checks', `its ${backoff.maxChecks} checks`, why, evidence);
  }
  const { retryAfterMs, unanswered, rateLimited } = evidence.answer ?? {};
  // The last check is at the deadline: a long wait never skips it.
  const waitMs = Math.min(waitAfter(evidence.answer, ageMs), backoff.deadlineMs - ageMs);
  const askedMs = Math.max(retryAfterMs ?? 0, waitMs);
  return {
    kind: 'requeue',
    // Who was held back has its turn then; it is no reason to ask less often.
    delayMs:
      rateLimited && retryAfterMs !== undefined
        ? retryAfterMs
        : (delayMs ?? nextDelayMs(backoff, checksMade(check), timing.random(), askedMs)),
    ...progress,
    why,
    ...(rateLimited && { rateLimited: (check.rateLimited ?? 0) + 1 }),
    ...(unanswered !== undefined && { unanswered }),
  };
}

/** What a check comes to whose next one could have no number: only a forged check is ever so far on. */
export function outOfNumbers(why: string): Result {
  return usedUp('too-many-checks', 'the numbers that its checks can have', why, {});
}

function usedUp(
  reason: 'deadline' | 'too-many-checks',
  what: string,
  why: string,
  { answer, blockers, orderIds = [], inTheEnd }: Evidence,
): Result {
  return finish({
    kind: 'parked',
    reason,
    nextStep: nextStepAfter(answer) ?? NEXT_STEPS[reason],
    ...inTheEnd,
    ...adviceIn(answer),
    explanation: `The teardown has used up ${what}. ${why}`,
    ...(blockers !== undefined && { blockers }),
    ...(orderIds.length > 0 && { orderIds }),
    ...(answer !== undefined && evidenceIn(answer)),
  });
}

/** How long the answer itself says to wait, by what it means. */
function waitAfter(answer: Answer | undefined, ageMs: number): number {
  const meaning = answer && classifyError(answer);
  if (meaning?.kind !== 'requeue' || meaning.wait === undefined) return 0;
  return within(meaning.wait, ageMs);
}

function within({ minMs, maxMs }: Wait, ageMs: number): number {
  return Math.min(Math.max(ageMs, minMs), maxMs);
}

function adviceIn(answer: Answer | undefined): Advice | undefined {
  const meaning = answer && classifyError(answer);
  return meaning?.kind === 'requeue' ? meaning.inTheEnd : undefined;
}

/** A deletion that was refused to the end, though no purchase is named that blocks it. */
function nextStepAfter(answer: Answer | undefined): string | undefined {
  if (answer?.operation !== 'delete-customer') return undefined;
  const { orderIds = [] } = answer;
  return isAboutTheRequest(answer) && orderIds.length === 0 ? DELETION_REFUSED : undefined;
}
