import { meaningOf } from './answers/meaning-of.ts';
import { type FactSources, factsAbout } from './facts.ts';
import { firstRefusal } from './guards/guards.ts';
import type { Hand } from './hands/hand.ts';
import type { Look } from './look.ts';
import type { Outcome, Parked } from './outcome.ts';
import { nextDelayMs, type Pacing } from './pacing.ts';
import type { Answer } from './refusal.ts';
import { PartnerCenterRefusal } from './refusal.ts';
import { decide } from './release/decide.ts';

/** How a look ends: for good, or with another look after a delay. Anything else is a thrown bug. */
export type Ending =
  | { readonly kind: 'end'; readonly outcome: Outcome }
  | {
      readonly kind: 'look-again';
      readonly delayMs: number;
      readonly begun: boolean;
      readonly domain?: string;
      readonly why: string;
    };

export interface Means extends FactSources {
  readonly hand: Hand;
  readonly pacing: Pacing;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
}

/** What a look has learnt so far, for the next one. */
interface Progress {
  begun: boolean;
  domain?: string;
}

/**
 * One look at one teardown, level-triggered: asks the guards, reads the world, decides, acts, and says how
 * to go on. Every answer of Partner Center ends in an outcome or in another look.
 */
export async function lookAt(look: Look, means: Means): Promise<Ending> {
  const progress: Progress = {
    begun: look.begun,
    ...(look.domain !== undefined && { domain: look.domain }),
  };
  try {
    return await proceed(look, means, progress);
  } catch (error) {
    if (!(error instanceof PartnerCenterRefusal)) throw error;
    return afterRefusal(error.answer, look, means, progress);
  }
}

async function proceed(look: Look, means: Means, progress: Progress): Promise<Ending> {
  const facts = factsAbout(look, means);
  const refused = await firstRefusal(look, facts);
  if (refused !== undefined) return end(refused);
  const inventory = await facts.inventory();
  const decision = decide(inventory, means.nowMs, look.startedMs);
  if (decision.kind === 'impossible') {
    const { reason, explanation, orderIds } = decision;
    return end({ kind: 'parked', reason, explanation, orderIds, nextStep: nextStepFor(reason) });
  }
  progress.begun = true;
  if (inventory.customer.domain !== undefined) progress.domain = inventory.customer.domain;
  const result = await means.hand(look, inventory, decision);
  if (result.kind !== 'look-again') return end(result);
  const blockers = decision.kind === 'release' ? decision.blockers : [];
  if (result.atOnce) return again(0, progress, 'Nothing has to be waited for.');
  return later(look, means, progress, `Not released yet: ${blockers.join('; ')}.`, { blockers });
}

/** The end or the next look that an answer calls for. */
async function afterRefusal(
  answer: Answer,
  look: Look,
  means: Means,
  progress: Progress,
): Promise<Ending> {
  const meaning = meaningOf(answer);
  if (meaning.kind === 'customer-gone') return afterGone(answer, look, means, progress);
  if (meaning.kind !== 'park') return later(look, means, progress, sentenceFor(answer), { answer });
  return end({
    kind: 'parked',
    reason: meaning.reason,
    explanation: sentenceFor(answer),
    nextStep: meaning.nextStep,
    answer,
  });
}

/**
 * "Gone" is believed of a DELETE, and of the first reading of the customer itself; said by any other call
 * it is confirmed by reading the customer, because an outcome `deleted` must be true.
 */
async function afterGone(
  answer: Answer,
  look: Look,
  means: Means,
  progress: Progress,
): Promise<Ending> {
  if (answer.operation === 'delete-customer') return end(alreadyGone);
  if (!progress.begun) {
    if (answer.operation !== 'get-customer') {
      return later(look, means, progress, sentenceFor(answer), { answer });
    }
    // A redelivered message may be the echo of one that did begin, whose check has deleted the customer. That
    // one scheduled the check we schedule now: then ours is dropped as a duplicate, and its outcome counts.
    if (look.redelivered) return again(0, progress, sentenceFor(answer));
    return end(unknownCustomer(look.request.customerTenantId));
  }
  if (answer.operation === 'get-customer') return end(alreadyGone);
  try {
    await means.reader.getCustomer(look.request.customerTenantId);
  } catch (error) {
    if (!(error instanceof PartnerCenterRefusal)) throw error;
    return afterRefusal(error.answer, look, means, progress);
  }
  return later(look, means, progress, sentenceFor(answer), { answer });
}

const alreadyGone: Outcome = {
  kind: 'deleted',
  reason: 'already-gone',
  explanation:
    'The customer is gone: an earlier call of this teardown, or somebody else, deleted it.',
};

function unknownCustomer(customerTenantId: string): Outcome {
  return {
    kind: 'rejected',
    reason: 'unknown-customer',
    explanation: `The sandbox has no customer ${customerTenantId}.`,
    nextStep: 'Check the customer tenant id; if it was deleted already, there is nothing to do.',
  };
}

/** Another look, unless the teardown has had all its time or all its looks. */
function later(
  look: Look,
  means: Means,
  progress: Progress,
  why: string,
  evidence: Pick<Parked, 'answer' | 'blockers'>,
): Ending {
  const { pacing } = means;
  const spent =
    means.nowMs - look.startedMs >= pacing.deadlineMs
      ? 'deadline'
      : look.attempt + 1 >= pacing.mostLooks
        ? 'too-many-looks'
        : undefined;
  if (spent === undefined) {
    const { retryAfterMs } = evidence.answer ?? {};
    return again(nextDelayMs(pacing, look.attempt, means.random(), retryAfterMs), progress, why);
  }
  const how = spent === 'deadline' ? 'its time' : `its ${pacing.mostLooks} looks`;
  return end({
    kind: 'parked',
    reason: spent,
    explanation: `The teardown has used up ${how}. ${why}`,
    nextStep: nextStepFor(spent),
    ...evidence,
  });
}

function again(delayMs: number, progress: Progress, why: string): Ending {
  return { kind: 'look-again', delayMs, ...progress, why };
}

function end(outcome: Outcome): Ending {
  return { kind: 'end', outcome };
}

function sentenceFor(answer: Answer): string {
  return new PartnerCenterRefusal(answer).message;
}

function nextStepFor(reason: Parked['reason']): string {
  switch (reason) {
    case 'cannot-cancel':
      return 'Ask Partner Center support to cancel these orders, then request the teardown again.';
    case 'unknown-product':
      return 'Cancel this purchase by hand in Partner Center, report its product type, then request the teardown again.';
    default:
      return 'See what still blocks in Partner Center, release it by hand or ask support, then request the teardown again.';
  }
}
