import { isAzurePlanOffer } from '../inventory/azure-plans.ts';
import { cameToNothing, isUnderWay } from '../inventory/order-states.ts';
import type { Purchase } from '../inventory/purchase.ts';
import { isCancelledByOrder } from './products/order-path.ts';
import { releaseOf } from './products/strategies.ts';

/** Does this purchase block deletion no longer? `settled`: what is not in the lists now never will be. */
export function isReleased(purchase: Purchase, settled: boolean): boolean {
  const { order, subscription, entitlement } = purchase;
  if (subscription !== undefined) return releaseOf(purchase).isReleased;
  if (isCancelledByOrder(purchase)) return true;
  if (isEmptied(purchase)) return order === undefined ? settled : !isUnderWay(order);
  // What no list shows once the listing lag is over has gone, unless its order is still to bring it about.
  if (isWaitingForListing(purchase)) {
    return settled && !isUnderWay(order) && releaseOf(purchase).unreleasable === undefined;
  }
  const holdsNothing = entitlement === undefined || entitlement.quantity === 0;
  return holdsNothing && cameToNothing(order);
}

/**
 * Its entitlement came to nothing, or holds nothing yet: what is unfulfilled does not count. Where there is a line, its
 * own quantity counts. Source: https://learn.microsoft.com/partner-center/developer/entitlement-resources
 */
export function isEmptied({ line, subscription, entitlement }: Purchase): boolean {
  return subscription === undefined && line === undefined && entitlement?.quantity === 0;
}

/** What its line is of is a subscription that the list does not show (yet, or any more). */
export function isWaitingForListing({ line, subscription }: Purchase): boolean {
  if (line === undefined || subscription !== undefined) return false;
  return line.subscriptionId !== undefined || isAzurePlanOffer(line.offerId);
}
