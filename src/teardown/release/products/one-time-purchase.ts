import { isAzurePlanOffer } from '../../inventory/azure-plans.ts';
import type { OrderLine } from '../../model/purchases.ts';
import { isOfTheCatalogue } from './catalogue.ts';
import { releaseByOrder } from './order-path.ts';
import type { ReleaseStrategy } from './strategy.ts';

/**
 * Something without a subscription whose entitlement cannot be read (app-only credentials) or is not there, or an
 * order that lists no line at all. Of what the catalogue sells, only reservations and perpetual software have no
 * subscription, and both are cancelled by updating the order. How it is billed tells nothing: a reservation may be
 * billed monthly, and a three-year software subscription once. What cannot be cancelled so is refused, with 800063
 * or 800077 where its subscriptions are the way.
 * Source: https://learn.microsoft.com/partner-center/developer/cancel-an-order-from-the-integration-sandbox
 */
export const oneTimePurchase: ReleaseStrategy = (purchase) => {
  const { order, line, subscription, entitlement } = purchase;
  if (order === undefined || subscription !== undefined || entitlement !== undefined) {
    return undefined;
  }
  const isKnown = line === undefined || (line.subscriptionId === undefined && isSoldOnce(line));
  if (!isKnown) return undefined;
  const release = releaseByOrder('one-time purchase', order.id, purchase);
  return { ...release, isAssumed: true, mayBeReservation: true };
};

/** A line that does not even tell its offer says no more than the order by itself. */
function isSoldOnce({ offerId }: OrderLine): boolean {
  return offerId === '' || (isOfTheCatalogue(offerId) && !isAzurePlanOffer(offerId));
}
