import { isAzurePlanOffer } from '../inventory/azure-plans.ts';
import { isPartlyVoid, isUnfulfilled, isVoid } from '../inventory/order-states.ts';
import type { Purchase } from '../inventory/purchase.ts';
import { isCancelledByOrder } from './products/order-path.ts';
import { releaseOf } from './products/strategies.ts';

/**
 * Whether this purchase no longer blocks the deletion.
 *
 * @param settled whether the lists are complete: what they do not show now, they never will
 * @param entitlementsAreRead whether an entitlement would be shown
 */
export function isReleased(
  purchase: Purchase,
  settled: boolean,
  entitlementsAreRead?: boolean,
): boolean {
  const { order, subscription, entitlement } = purchase;
  if (subscription !== undefined) return releaseOf(purchase).isReleased;
  if (isCancelledByOrder(purchase)) return true;
  if (isEmptied(purchase)) return order === undefined ? settled : !isUnfulfilled(order);
  // Something that no list shows after the listing lag is gone, unless its order is not fulfilled yet.
  if (isWaitingForListing(purchase)) {
    return settled && !isUnfulfilled(order) && releaseOf(purchase).unreleasable === undefined;
  }
  // Where entitlements cannot be read, nothing shows a one-time purchase: its order is cancelled.
  const mayBeOneTime = releaseOf(purchase).isAssumed === true && !entitlementsAreRead;
  const holdsNothing = entitlement === undefined || entitlement.quantity === 0;
  return holdsNothing && (isVoid(order) || (isPartlyVoid(order) && settled && !mayBeOneTime));
}

/**
 * Its entitlement came to nothing, or holds nothing yet: what is unfulfilled does not count. Where there is a line, its
 * own quantity counts. Source: https://learn.microsoft.com/partner-center/developer/entitlement-resources
 */
export function isEmptied({ line, subscription, entitlement }: Purchase): boolean {
  return subscription === undefined && line === undefined && entitlement?.quantity === 0;
}

/** Whether its line stands for a subscription that is not listed (yet, or any more). */
export function isWaitingForListing({ line, subscription }: Purchase): boolean {
  if (line === undefined || subscription !== undefined) return false;
  return line.subscriptionId !== undefined || isAzurePlanOffer(line.offerId);
}
