import { isAzurePlanOffer } from '../../inventory/azure-plans.ts';
import type { OrderLine } from '../../model/purchases.ts';
import { isOfTheCatalogue } from './catalogue.ts';
import { releaseByOrder } from './order-path.ts';
import { softwareDeadline } from './perpetual-software.ts';
import type { ReleaseStrategy } from './strategy.ts';

/**
 * A purchase without a subscription whose entitlement cannot be read (app-only credentials) or does not exist, or an
 * order without lines. Of the catalogue's products only reservations and perpetual software have no subscription, and
 * both are cancelled by updating the order. The billing cycle says nothing: a reservation may be billed monthly, and a
 * three-year software subscription once. An order that cannot be cancelled is refused, with 800063 or 800077 where its
 * subscriptions must be ended instead.
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
  return { ...release, ...softwareDeadline(order), isAssumed: true, mayBeReservation: true };
};

/** A line without an offer says no more than the order alone. */
function isSoldOnce({ offerId }: OrderLine): boolean {
  return offerId === '' || (isOfTheCatalogue(offerId) && !isAzurePlanOffer(offerId));
}
