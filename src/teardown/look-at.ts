import { withAccepted } from './accepted-calls.ts';
import { afterRefusal } from './after-refusal.ts';
import type { Advice } from './answers/meaning.ts';
import { NEXT_STEPS } from './answers/next-steps.ts';
import { atOnce, type Ending, end, later, type Progress, type Timing } from './ending.ts';
import { type FactSources, factsAbout } from './facts.ts';
import { firstRefusal } from './guards/guards.ts';
import type { Hand } from './hands/hand.ts';
import type { Look } from './look.ts';
import { PartnerCenterRefusal } from './refusal.ts';
import { type Decision, decide } from './release/decide.ts';
import { afterNo, asReviewed, isOnlyRead } from './reviewed.ts';

const UNDER_REVIEW: Advice = {
  reason: 'purchase-order-missing',
  nextStep: NEXT_STEPS['purchase-order-missing'],
};

/** What a look works with. */
export interface Means extends FactSources, Timing {
  readonly hand: Hand;
}

/**
 * One look at one teardown, level-triggered: asks the guards, reads the world, decides, acts, and says how
 * to go on. Every answer of Partner Center ends in an outcome or in another look.
 */
export async function lookAt(look: Look, means: Means): Promise<Ending> {
  const kept = look.held === undefined ? {} : { held: look.held };
  const cancelled = new Set<string>();
  const noted = <P extends Progress>(known: P): P => {
    const acceptedCalls = withAccepted(look.acceptedCalls, cancelled, means.nowMs);
    return { ...known, ...(acceptedCalls && { acceptedCalls }) };
  };
  let progress: Progress = {
    begun: look.begun,
    ...(look.domain !== undefined && { domain: look.domain }),
    ...kept,
    // Until the world is read, it is still to be repeated.
    ...(look.unanswered !== undefined && { unanswered: look.unanswered }),
  };
  try {
    const facts = factsAbout(look, means);
    const refused = await firstRefusal(look, facts);
    if (refused !== undefined) {
      return await afterNo(refused, look, means.mode, progress, facts.inventory);
    }
    const inventory = await facts.inventory();
    const decision = decide(inventory, means.nowMs, look.startedMs);

    const { domain } = inventory.customer;
    progress = { begun: true, ...(domain !== undefined && { domain }), ...kept };
    if (isOnlyRead(look, means.mode)) return asReviewed(progress);
    const result = await means.hand(look, inventory, decision, {
      accepted: (id) => cancelled.add(id),
    });
    if (result.kind !== 'look-again') return end(result);
    if (result.refused !== undefined) {
      const { answer, message } = result.refused;
      return later(look, means, noted(progress), message, { answer, ...inTheEnd(decision) });
    }
    if (decision.kind !== 'release') return atOnce(progress, 'Nothing has to be waited for.');
    const { blockers, orderIds } = decision;
    const why = `Not released yet: ${blockers.join('; ')}.`;
    const next = later(look, means, noted(progress), why, {
      blockers,
      orderIds,
      ...inTheEnd(decision),
    });
    const isDueAtOnce = result.isUnfinished && next.kind === 'look-again';
    return isDueAtOnce ? { ...next, delayMs: 0 } : next;
  } catch (error) {
    if (!(error instanceof PartnerCenterRefusal)) throw error;
    return afterRefusal(error.answer, look, means, noted(progress));
  }
}

/** What to say in the end of an order that waits for a person. */
function inTheEnd(decision: Decision): { readonly inTheEnd?: Advice } {
  return decision.kind === 'release' && decision.isUnderReview ? { inTheEnd: UNDER_REVIEW } : {};
}
