import type { AzureCancellations } from './azure-cancellations.ts';
import { type Look, looksMade } from './look.ts';
import type { Outcome, Parked } from './outcome.ts';
import { nextDelayMs, type Pacing } from './pacing.ts';
import type { Answer, Unanswered } from './refusal.ts';

/** How a look ends: for good, or with another look after a delay. Anything else is a thrown bug. */
export type Ending =
  | { readonly kind: 'end'; readonly outcome: Outcome }
  | ({
      readonly kind: 'look-again';
      readonly delayMs: number;
      readonly why: string;
    } & Progress);

/** What a look has learnt for the next one. */
export interface Progress {
  /** Has the customer been found, and passed all guards? */
  readonly begun: boolean;
  readonly domain?: string;
  /** No such customer was found, before the teardown had begun. */
  readonly missing?: true;
  /** The fingerprint that was found instead of the reviewed one, before the teardown had begun. */
  readonly changed?: string;
  /** Looks that came to nothing because they were held back here. */
  readonly held?: number;
  readonly azureCancellations?: AzureCancellations;
  /** A write that nobody answered, and that no look has repeated since. */
  readonly unanswered?: Unanswered;
}

/** What decides when to look again, and when no more. */
export interface Timing {
  readonly pacing: Pacing;
  readonly nowMs: number;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
}

/** What kept the teardown from its end, for the event. */
export interface Evidence extends Pick<Parked, 'answer' | 'blockers' | 'orderIds'> {
  /** An order among these waits for a person. */
  readonly isUnderReview?: boolean;
}

/** An answer for the event, where the orders that it is about stand beside it. */
export function evidenceIn({ orderIds = [], ...answer }: Answer): Evidence {
  return { answer, ...(orderIds.length > 0 && { orderIds }) };
}

export function end(outcome: Outcome): Ending {
  return { kind: 'end', outcome };
}

/** Another look with nothing to wait for. */
export function atOnce(progress: Progress, why: string): Ending {
  return { kind: 'look-again', delayMs: 0, ...progress, why };
}

/** Another look after a while, unless the teardown has had all its time or all its looks. */
export function later(
  look: Look,
  timing: Timing,
  progress: Progress,
  why: string,
  evidence: Evidence,
): Ending {
  const { pacing, nowMs } = timing;
  if (nowMs - look.startedMs >= pacing.deadlineMs) {
    return usedUp('deadline', 'its time', why, evidence);
  }
  if (look.attempt + 1 >= pacing.mostLooks) {
    return usedUp('too-many-looks', `its ${pacing.mostLooks} looks`, why, evidence);
  }
  const { retryAfterMs, unanswered, heldBack } = evidence.answer ?? {};
  return {
    kind: 'look-again',
    // Who was held back has its turn then; it is no reason to ask less often.
    delayMs:
      heldBack && retryAfterMs !== undefined
        ? retryAfterMs
        : nextDelayMs(pacing, looksMade(look), timing.random(), retryAfterMs),
    ...progress,
    why,
    ...(heldBack && { held: (look.held ?? 0) + 1 }),
    ...(unanswered !== undefined && { unanswered }),
  };
}

const NEXT_STEP =
  'See what still blocks in Partner Center, release it by hand or ask support, then request the teardown again.';

/** Source: "Pending PO upload", "PO upload complete" (learn.microsoft.com/partner-center/developer). */
const NEXT_STEP_UNDER_REVIEW =
  "Upload the customer's purchase order for the order in Partner Center, or wait until Microsoft has reviewed it; then request the teardown again.";

function usedUp(
  reason: 'deadline' | 'too-many-looks',
  what: string,
  why: string,
  { answer, blockers, orderIds = [], isUnderReview = false }: Evidence,
): Ending {
  return end({
    kind: 'parked',
    reason: isUnderReview ? 'purchase-order-missing' : reason,
    explanation: `The teardown has used up ${what}. ${why}`,
    nextStep: isUnderReview ? NEXT_STEP_UNDER_REVIEW : NEXT_STEP,
    ...(blockers !== undefined && { blockers }),
    ...(orderIds.length > 0 && { orderIds }),
    ...(answer !== undefined && evidenceIn(answer)),
  });
}
