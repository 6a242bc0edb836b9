import { meaningOf } from '../errors/classify-error.ts';
import type { Wait } from '../errors/error-action.ts';
import { DELETION_REFUSED, NEXT_STEPS } from '../errors/next-steps.ts';
import type { Advice } from '../model/advice.ts';
import { type Look, looksMade, type Progress } from '../model/check.ts';
import type { Outcome, Parked } from '../model/outcome.ts';
import { type Answer, isAboutTheRequest } from '../model/partner-center-error.ts';
import { nextDelayMs, type Pacing } from './retry-policy.ts';

/** How a look ends: for good, or with another look after a delay. Anything else is a thrown bug. */
export type Ending =
  | { readonly kind: 'end'; readonly outcome: Outcome }
  | ({
      readonly kind: 'look-again';
      readonly delayMs: number;
      readonly why: string;
    } & Progress);

/** What decides when to look again, and when no more. */
export interface Timing {
  readonly pacing: Pacing;
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

export function end(outcome: Outcome): Ending {
  return { kind: 'end', outcome };
}

/** Another look with nothing to wait for. */
export function atOnce(progress: Progress, why: string): Ending {
  return { kind: 'look-again', delayMs: 0, ...progress, why };
}

/**
 * Another look after a while, unless the teardown has had all its time or all its looks.
 *
 * @param delayMs 0 where there is more to do and nothing to wait for; absent: as the pacing says
 */
export function later(
  look: Look,
  timing: Timing,
  progress: Progress,
  why: string,
  evidence: Evidence,
  delayMs?: 0,
): Ending {
  const { pacing, nowMs } = timing;
  const ageMs = nowMs - look.startedMs;
  if (ageMs >= pacing.deadlineMs) {
    return usedUp('deadline', 'its time', why, evidence);
  }
  if (look.attempt + 1 >= pacing.mostLooks) {
    return usedUp('too-many-looks', `its ${pacing.mostLooks} looks`, why, evidence);
  }
  const { retryAfterMs, unanswered, heldBack } = evidence.answer ?? {};
  // The last look is at the deadline: a long wait never skips it.
  const waitMs = Math.min(waitAfter(evidence.answer, ageMs), pacing.deadlineMs - ageMs);
  const askedMs = Math.max(retryAfterMs ?? 0, waitMs);
  return {
    kind: 'look-again',
    // Who was held back has its turn then; it is no reason to ask less often.
    delayMs:
      heldBack && retryAfterMs !== undefined
        ? retryAfterMs
        : (delayMs ?? nextDelayMs(pacing, looksMade(look), timing.random(), askedMs)),
    ...progress,
    why,
    ...(heldBack && { held: (look.held ?? 0) + 1 }),
    ...(unanswered !== undefined && { unanswered }),
  };
}

/** What a look comes to whose next one could have no number: only a forged check is ever so far on. */
export function outOfNumbers(why: string): Ending {
  return usedUp('too-many-looks', 'the numbers that its looks can have', why, {});
}

function usedUp(
  reason: 'deadline' | 'too-many-looks',
  what: string,
  why: string,
  { answer, blockers, orderIds = [], inTheEnd }: Evidence,
): Ending {
  return end({
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
  const meaning = answer && meaningOf(answer);
  if (meaning?.kind !== 'look-again' || meaning.wait === undefined) return 0;
  return within(meaning.wait, ageMs);
}

function within({ leastMs, mostMs }: Wait, ageMs: number): number {
  return Math.min(Math.max(ageMs, leastMs), mostMs);
}

function adviceIn(answer: Answer | undefined): Advice | undefined {
  const meaning = answer && meaningOf(answer);
  return meaning?.kind === 'look-again' ? meaning.inTheEnd : undefined;
}

/** A deletion that was refused to the end, though no purchase is named that blocks it. */
function nextStepAfter(answer: Answer | undefined): string | undefined {
  if (answer?.operation !== 'delete-customer') return undefined;
  const { orderIds = [] } = answer;
  return isAboutTheRequest(answer) && orderIds.length === 0 ? DELETION_REFUSED : undefined;
}
