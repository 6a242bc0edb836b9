import { NEXT_STEPS } from '../errors/next-steps.ts';
import type { Course, Hand, LookAgain } from '../execute/executor.ts';
import { firstRefusal, guards, guardsOfAnyCheck } from '../guards/guards.ts';
import { withAccepted } from '../model/accepted-calls.ts';
import type { Advice } from '../model/advice.ts';
import type { Look, Progress } from '../model/check.ts';
import { PartnerCenterRefusal } from '../model/partner-center-error.ts';
import { sayingWhatWasWritten, withWritten } from '../model/written-calls.ts';
import { type Decision, decide } from '../release/decide.ts';
import { type FactSources, factsAbout } from './facts.ts';
import { afterRefusal } from './handle-api-error.ts';
import { afterNo, asReviewed, isOnlyRead } from './plan-approval.ts';
import { atOnce, type Ending, end, later, type Timing } from './result.ts';

/** What a look works with. */
export interface Means extends FactSources, Timing {
  readonly hand: Hand;
}

type Written = Pick<Course, 'accepted' | 'written'>;

/**
 * One look at one teardown, level-triggered: asks the guards, reads the world, decides, acts, and says how
 * to go on. Every answer of Partner Center ends in an outcome or in another look.
 */
export async function lookAt(look: Look, means: Means): Promise<Ending> {
  const accepted = new Set<string>();
  const calls: string[] = [];
  const ending = await attempt(look, means, {
    accepted: (id) => accepted.add(id),
    written: (call) => calls.push(call),
  });
  const written = withWritten(look.written, calls);
  if (ending.kind === 'end') return end(sayingWhatWasWritten(ending.outcome, written));
  const acceptedCalls = withAccepted(look.acceptedCalls, accepted, means.nowMs);
  return { ...ending, ...(written && { written }), ...(acceptedCalls && { acceptedCalls }) };
}

async function attempt(look: Look, means: Means, notes: Written): Promise<Ending> {
  const kept = {
    ...(look.held !== undefined && { held: look.held }),
    ...(look.plan !== undefined && { plan: look.plan }),
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
    // What waits writes nothing, so a check asks the rest only before its first write.
    const refused = await firstRefusal(look, facts, look.begun ? guardsOfAnyCheck : guards);
    if (refused !== undefined) {
      return await afterNo(refused, look, means.mode, progress, facts.inventory);
    }
    const inventory = await facts.inventory();
    const decision = decide(inventory, means.nowMs, look.startedMs);

    const { domain } = inventory.customer;
    progress = { begun: true, ...(domain !== undefined && { domain }), ...kept };
    if (isOnlyRead(look, means.mode)) return asReviewed(progress, inventory);
    const objection = () => firstRefusal(look, facts);
    const result = await means.hand(look, inventory, decision, { ...notes, objection });
    return result.kind === 'look-again'
      ? lookAgain(result, decision, look, means, progress)
      : end(result);
  } catch (error) {
    if (!(error instanceof PartnerCenterRefusal)) throw error;
    return afterRefusal(error.answer, look, means, progress);
  }
}

/** When to come back: at once where there is more to do than one look may. */
function lookAgain(
  { refused, isUnfinished }: LookAgain,
  decision: Decision,
  look: Look,
  means: Means,
  progress: Progress,
): Ending {
  const delayMs = isUnfinished ? 0 : undefined;
  if (refused !== undefined) {
    const evidence = { answer: refused.answer, ...inTheEnd(decision) };
    return later(look, means, progress, refused.message, evidence, delayMs);
  }
  if (decision.kind !== 'release') return atOnce(progress, 'Nothing has to be waited for.');
  const { blockers, orderIds } = decision;
  const why = `Not released yet: ${blockers.join('; ')}.`;
  return later(look, means, progress, why, { blockers, orderIds, ...inTheEnd(decision) }, delayMs);
}

/** What to say in the end of an order that waits for a person. */
function inTheEnd(decision: Decision): { readonly inTheEnd?: Advice } {
  if (decision.kind !== 'release' || !decision.isUnderReview) return {};
  const reason = 'purchase-order-missing';
  return { inTheEnd: { reason, nextStep: NEXT_STEPS[reason] } };
}
