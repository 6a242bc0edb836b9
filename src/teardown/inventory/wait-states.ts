import type { AzureEntitlement, Order, Subscription } from '../model/purchases.ts';
import { isAlive } from './azure-plans.ts';

/**
 * How an order reads: where a line of it is cancelled, the quantity changes and not the status. Source:
 * https://learn.microsoft.com/partner-center/developer/cancel-an-order-from-the-integration-sandbox
 */
export function orderState({ status, lines }: Order): string {
  return `${status}, ${lines.reduce((total, { quantity }) => total + quantity, 0)} in all`;
}

export function subscriptionState({ status }: Subscription): string {
  return status || 'unknown';
}

/**
 * Whether waiting goes on: nothing can be done with what is pending, and it has not ended, however it read before.
 *
 * @param now undefined where it is not listed any more
 */
export function isUnchanged(before: string, now: string | undefined): boolean {
  if (now === undefined || now === before) return now === before;
  const [status, quantity] = now.split(', ', 2);
  return status === 'pending' && quantity === before.split(', ', 2)[1];
}

/** Nothing can be done with a plan before all of its Azure subscriptions have ended; undefined once they have. */
export function azurePlanState(
  azureEntitlements: readonly AzureEntitlement[],
): 'active' | undefined {
  return azureEntitlements.some(isAlive) ? 'active' : undefined;
}
