import { classifyError } from '../errors/classify-error.ts';
import { StandingParents } from '../inventory/add-ons.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { purchasesOf } from '../inventory/purchases-of.ts';
import type { Call } from '../model/call.ts';
import {
  asPartnerCenterError,
  type ErrorResponse,
  isAboutTheRequest,
  type PartnerCenterError,
} from '../model/partner-center-error.ts';
import { hasWindow, LAST_RANK, rankOf } from '../release/riskiest-first.ts';
import { isEndedBy } from './ended-by.ts';

/**
 * Makes calls one after the other. One that is refused for a while does not keep the others from being made, but for
 * those that end what it hangs on (a subscription whose add-on still stands), and those of a lower risk where it may
 * yet be refused for good: they would have been made in vain.
 *
 * @returns the first refusal, if any
 * @throws PartnerCenterError for one that is not about its purchase alone, or that will not pass
 */
export async function runCalls(
  calls: readonly Call[],
  inventory: Inventory,
  make: (call: Call) => Promise<unknown>,
): Promise<PartnerCenterError | undefined> {
  const purchases = purchasesOf(inventory);
  const parents = new StandingParents();
  let first: PartnerCenterError | undefined;
  let maxRank = LAST_RANK;
  for (const call of calls) {
    const ended = purchases.filter((purchase) => isEndedBy(purchase, call));
    const rank = Math.min(LAST_RANK, ...ended.map(rankOf));
    const mustWait = rank > maxRank || ended.some((each) => parents.has(each));
    const refused = mustWait ? undefined : await ifOnlyThis(make(call));
    first ??= refused;
    if (mustWait || refused) for (const each of ended) parents.stands(each);
    if (refused && ended.some(hasWindow)) maxRank = Math.min(maxRank, rank);
  }
  return first;
}

/** An error that will pass, and is about this purchase alone: not the throttle's, and not the service's. */
async function ifOnlyThis(call: Promise<unknown>): Promise<PartnerCenterError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    const refused = asPartnerCenterError(error);
    if (!isAboutTheRequest(refused.response) || !passes(refused.response)) throw error;
    return refused;
  }
}

function passes(response: ErrorResponse): boolean {
  const meaning = classifyError(response);
  // What was activated is ended at a later check.
  if (meaning.kind === 'requeue' || meaning.kind === 'activate-first') return true;
  // What cannot be cancelled while it is under review may be cancelled after it.
  return (
    response.isUnderReview === true && meaning.kind === 'park' && meaning.reason === 'cannot-cancel'
  );
}
