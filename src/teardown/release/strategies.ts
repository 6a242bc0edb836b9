import { azurePlan } from './azure-plan.ts';
import { azureReservation } from './azure-reservation.ts';
import { legacySubscription } from './legacy-subscription.ts';
import { marketplaceSaas } from './marketplace-saas.ts';
import { newCommerce } from './new-commerce.ts';
import { oneTimePurchase } from './one-time-purchase.ts';
import { perpetualSoftware } from './perpetual-software.ts';
import { softwareSubscription } from './software-subscription.ts';
import type { Purchase, ReleaseStrategy } from './strategy.ts';

/** Every product type that we know how to release; at most one recognises a purchase. */
export const strategies: readonly ReleaseStrategy[] = [
  azureReservation,
  perpetualSoftware,
  oneTimePurchase,
  softwareSubscription,
  newCommerce,
  marketplaceSaas,
  azurePlan,
  legacySubscription,
];

/** The strategy for a purchase; undefined for a product type nobody has described: never assumed. */
export function strategyFor(purchase: Purchase): ReleaseStrategy | undefined {
  return strategies.find((strategy) => strategy.recognises(purchase));
}
