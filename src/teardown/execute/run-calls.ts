import { classifyError } from '../errors/classify-error.ts';
import { StandingParents } from '../inventory/add-ons.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { purchasesOf } from '../inventory/purchases-of.ts';
import type { Call } from '../model/call.ts';
import {
  type ErrorResponse,
  isAboutTheRequest,
  PartnerCenterError,
} from '../model/partner-center-error.ts';
import { isEndedBy } from './ended-by.ts';

/**
 * Makes calls one after the other. One that is refused for a while does not keep the others from being made, but for
 * those that end what it hangs on: a subscription whose add-on still stands.
 *
 * @returns the first refusal, if any
 */
export async function runCalls(
  calls: readonly Call[],
  inventory: Inventory,
  make: (call: Call) => Promise<unknown>,
): Promise<PartnerCenterError | undefined> {
  const purchases = purchasesOf(inventory);
  const parents = new StandingParents();
  let first: PartnerCenterError | undefined;
  for (const call of calls) {
    const ended = purchases.filter((purchase) => isEndedBy(purchase, call));
    const hasStandingAddOn = ended.some((each) => parents.has(each));
    const refused = hasStandingAddOn ? undefined : await ifOnlyThis(make(call));
    first ??= refused;
    if (hasStandingAddOn || refused) for (const each of ended) parents.stands(each);
  }
  return first;
}

/** An error that will pass, and is about this purchase alone: not the throttle's, and not the service's. */
async function ifOnlyThis(call: Promise<unknown>): Promise<PartnerCenterError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (!(error instanceof PartnerCenterError)) throw error;
    if (!isAboutTheRequest(error.answer) || !passes(error.answer)) throw error;
    return error;
  }
}

function passes(answer: ErrorResponse): boolean {
  const meaning = classifyError(answer);
  if (meaning.kind === 'requeue') return true;
  // What cannot be cancelled while it is under review may be cancelled after it.
  return (
    answer.isUnderReview === true && meaning.kind === 'park' && meaning.reason === 'cannot-cancel'
  );
}
