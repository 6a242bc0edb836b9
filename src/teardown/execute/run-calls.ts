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
import { LAST_RANK, mayBecomeTooLate, rankOf } from '../release/riskiest-first.ts';
import { isEndedBy } from './ended-by.ts';

/**
 * Makes calls one after the other. After a transient error the others are still made, with two exceptions: those that
 * end a parent (a subscription whose add-on still stands), and, where the call may yet be refused for good, those of a
 * lower risk, which would then have been made in vain.
 *
 * @returns the first error, if any
 * @throws PartnerCenterError for one that is not about its purchase alone, or that will not pass
 */
export async function runCalls(
  calls: readonly Call[],
  { inventory, nowMs }: { readonly inventory: Inventory; readonly nowMs: number },
  make: (call: Call) => Promise<unknown>,
): Promise<PartnerCenterError | undefined> {
  const purchases = purchasesOf(inventory);
  const parents = new StandingParents();
  let first: PartnerCenterError | undefined;
  let maxRank = LAST_RANK;
  for (const call of calls) {
    const ended = purchases.filter((purchase) => isEndedBy(purchase, call));
    const rank = Math.min(LAST_RANK, ...ended.map((each) => rankOf(each, nowMs)));
    const mustWait = rank > maxRank || ended.some((each) => parents.has(each));
    const refused = mustWait ? undefined : await transientErrorOf(make(call));
    first ??= refused;
    if (mustWait || refused) for (const each of ended) parents.stands(each);
    const isRisky = ended.some((each) => mayBecomeTooLate(each, nowMs));
    if (refused && isRisky) maxRank = Math.min(maxRank, rank);
  }
  return first;
}

/**
 * The error of a call, if it is transient and about this purchase alone: not a throttle, and not a fault of the
 * service.
 */
async function transientErrorOf(call: Promise<unknown>): Promise<PartnerCenterError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    const refused = asPartnerCenterError(error);
    if (!isAboutTheRequest(refused.response) || !isTransient(refused.response)) throw error;
    return refused;
  }
}

function isTransient(response: ErrorResponse): boolean {
  const action = classifyError(response);
  // An activated subscription is ended by a later check.
  if (action.kind === 'requeue' || action.kind === 'activate-first') return true;
  if (response.isRepeated) return true;
  // An order that cannot be cancelled while it is under review may be cancelled afterwards.
  const isFinal = action.kind === 'park' && action.reason === 'cannot-cancel';
  return response.isUnderReview === true && (isFinal || action.kind === 'use-subscriptions');
}
