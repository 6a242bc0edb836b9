import type { Subscription } from '../purchases.ts';
import { isCancelledByOrder } from './order-path.ts';
import { releaseOf } from './strategies.ts';
import type { Purchase } from './strategy.ts';
import { isOver } from './subscription-states.ts';

/** Does this purchase block deletion no longer? `settled`: what is not in the lists now never will be. */
export function isReleased(purchase: Purchase, settled: boolean): boolean {
  const { order, line, subscription, entitlement } = purchase;
  if (subscription !== undefined) return isSubscriptionReleased({ ...purchase, subscription });
  if (isCancelledByOrder(purchase)) return true;
  // Where a line stands, its own quantity counts.
  if (entitlement?.quantity === 0 && line === undefined) return true;
  // What no list shows once the listing lag is over has gone: it cannot be cancelled and does not block.
  return settled && (order === undefined || isWaitingForListing(purchase));
}

/** What is over needs no call, whatever product it was; a product may have a rule of its own besides. */
export function isSubscriptionReleased(
  purchase: Purchase & { readonly subscription: Subscription },
): boolean {
  return isOver(purchase.subscription) || releaseOf(purchase).isReleased === true;
}

/** Its line names a subscription that the list does not show (yet, or any more). */
export function isWaitingForListing({ line, subscription }: Purchase): boolean {
  return line?.subscriptionId !== undefined && subscription === undefined;
}
