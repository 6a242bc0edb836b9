import { azurePlan } from './azure-plan.ts';
import { azureReservation } from './azure-reservation.ts';
import { legacySubscription } from './legacy-subscription.ts';
import { marketplaceSaas } from './marketplace-saas.ts';
import { newCommerce } from './new-commerce.ts';
import { oneTimePurchase } from './one-time-purchase.ts';
import { perpetualSoftware } from './perpetual-software.ts';
import { softwareSubscription } from './software-subscription.ts';
import type { Purchase, Release, ReleaseStrategy } from './strategy.ts';

/** Every product type that we know how to release; at most one recognises a purchase. */
const strategies: readonly ReleaseStrategy[] = [
  azureReservation,
  perpetualSoftware,
  oneTimePurchase,
  softwareSubscription,
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
  const { order, subscription, entitlement } = purchase;
  const type = [subscription?.productType, entitlement?.type, order?.billingCycle].find(
    (each) => each !== undefined,
  );
  return { product: `product type "${type}"`, steps: [] };
}
