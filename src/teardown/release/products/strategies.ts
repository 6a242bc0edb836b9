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

/** Every product type that we know; the first that recognises a purchase tells. */
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

/** How a purchase is released. A product type nobody has described gets no step at all: never assumed. */
export function releaseOf(purchase: Purchase): Release {
  for (const strategy of strategies) {
    const release = strategy(purchase);
    if (release !== undefined) return release;
  }
  const { line, subscription, entitlement } = purchase;
  const type = subscription?.productType ?? entitlement?.type;
  return {
    // How its order is billed tells nothing of a product; what else is known is its offer.
    product: type === undefined ? `offer "${line?.offerId}"` : `product type "${type}"`,
    risk: 'never-late',
    // What is over needs no call, whatever product it was.
    isReleased: subscription !== undefined && isOver(subscription),
    steps: [],
  };
}
