import type { AzureEntitlement, Order, Subscription } from '../model/purchases.ts';
import { isAlive } from './azure-plans.ts';

/** Nothing can be done with what is pending, and it has not ended: waiting goes on, however it read before. */
export const PENDING = 'pending';

/** How an order reads: where a line of it is cancelled, the quantity changes and not the status. */
export function orderState({ status, lines }: Order): string {
  if (status === PENDING) return PENDING;
  return `${status}, ${lines.reduce((total, { quantity }) => total + quantity, 0)} in all`;
}

export function subscriptionState({ status }: Subscription): string {
  return status || 'untold';
}

/** Nothing can be done with a plan before all of its Azure subscriptions have ended. */
export function azurePlanState(azureEntitlements: readonly AzureEntitlement[]): 'active' | 'over' {
  return azureEntitlements.some(isAlive) ? 'active' : 'over';
}
