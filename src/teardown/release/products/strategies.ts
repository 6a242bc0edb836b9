import type { Purchase } from '../../inventory/purchase.ts';
import { isOver } from '../../inventory/subscription-states.ts';
import { azurePlan } from './azure-plan.ts';
import { azureReservation } from './azure-reservation.ts';
import { legacySubscription } from './legacy-subscription.ts';
import { marketplaceSaas } from './marketplace-saas.ts';
import { newCommerce } from './new-commerce.ts';
import { oneTimePurchase } from './one-time-purchase.ts';
import { perpetualSoftware } from './perpetual-software.ts';
import { savingsPlan } from './savings-plan.ts';
import { softwareSubscription } from './software-subscription.ts';
import type { Release, ReleaseStrategy } from './strategy.ts';
import { trial } from './trial.ts';

/** All known product types; the first that recognises a purchase decides. */
const strategies: readonly ReleaseStrategy[] = [
  savingsPlan,
  azureReservation,
  perpetualSoftware,
  oneTimePurchase,
  softwareSubscription,
  trial,
  newCommerce,
  marketplaceSaas,
  azurePlan,
  legacySubscription,
];

/** How a purchase is released. An unknown product type gets no steps: a release is never guessed. */
export function releaseOf(purchase: Purchase): Release {
  for (const strategy of strategies) {
    const release = strategy(purchase);
    if (release !== undefined) return release;
  }
  const { line, subscription, entitlement } = purchase;
  const type = subscription?.productType ?? entitlement?.type;
  return {
    // The billing cycle says nothing about a product, so the offer is all that is known.
    product: type === undefined ? `offer "${line?.offerId}"` : `product type "${type}"`,
    risk: 'never-late',
    // A subscription that is over needs no call, whatever its product.
    isReleased: subscription !== undefined && isOver(subscription),
    steps: [],
  };
}
