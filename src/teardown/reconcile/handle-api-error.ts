import { meaningOf } from '../errors/classify-error.ts';
import type { Meaning, Park } from '../errors/error-action.ts';
import { isSettled } from '../inventory/listing-lag.ts';
import type { Look, Progress } from '../model/check.ts';
import type { Outcome } from '../model/outcome.ts';
import type { PartnerCenterReader } from '../model/partner-center.ts';
import { type Answer, PartnerCenterRefusal } from '../model/partner-center-error.ts';
import { agesInWords } from '../release/ages-in-words.ts';
import { atOnce, type Ending, end, evidenceIn, later, type Timing } from './result.ts';

/** How a look goes on after an answer that ended it. */
export async function afterRefusal(
  answer: Answer,
  look: Look,
  means: Timing & { readonly reader: PartnerCenterReader },
  progress: Progress,
): Promise<Ending> {
  const meaning = meaningOf(answer);
  const why = new PartnerCenterRefusal(answer).message;
  const park = parkOf(meaning);
  if (park !== undefined && (!park.onceSettled || isSettled(look.startedMs, means.nowMs))) {
    const { reason, nextStep, isAboutAge, unlessGone } = park;
    const unread = unlessGone ? await refusalOfCustomer(look, means) : undefined;
    if (unread !== undefined) return afterRefusal(unread, look, means, progress);
    const ages = isAboutAge && answer.ages ? agesInWords(answer.ages) : [];
    const explanation = [why, ...ages, ...(answer.hints ?? [])].join(' ');
    return end({ kind: 'parked', reason, explanation, nextStep, ...evidenceIn(answer) });
  }
  if (meaning.kind !== 'customer-gone') return later(look, means, progress, why, { answer });
  if (answer.operation === 'get-customer') return afterNoCustomer(look, progress, why);
  if (!progress.begun) return later(look, means, progress, why, { answer });
  // An outcome `deleted` must be true: what any other call says is confirmed by reading the customer itself.
  const unread = await refusalOfCustomer(look, means);
  return unread === undefined
    ? later(look, means, progress, why, { answer })
    : afterRefusal(unread, look, means, progress);
}

/** What is said of the customer itself; undefined: it is there. */
async function refusalOfCustomer(
  { request }: Look,
  { reader }: { readonly reader: PartnerCenterReader },
): Promise<Answer | undefined> {
  try {
    await reader.getCustomer(request.customerTenantId);
    return undefined;
  } catch (error) {
    if (!(error instanceof PartnerCenterRefusal)) throw error;
    return error.answer;
  }
}

/** Why this ends the teardown; also where the other way, which a meaning points at, was not to be had. */
function parkOf(meaning: Meaning): Park | undefined {
  if (meaning.kind === 'park') return meaning;
  return 'otherwise' in meaning ? meaning.otherwise : undefined;
}

/**
 * A message may be worked on twice at once, its lock lost meanwhile; then one of the two may find a customer
 * that the other one's next check has deleted. So the first look never says that there is no such customer: the
 * next check does, which is dropped as a duplicate where the teardown has gone on.
 */
function afterNoCustomer(look: Look, progress: Progress, why: string): Ending {
  if (progress.begun) return end(alreadyGone);
  return look.missing
    ? end(unknownCustomer(look.request.customerTenantId))
    : atOnce({ ...progress, missing: true }, why);
}

export const alreadyGone: Outcome = {
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
