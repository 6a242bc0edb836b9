import { allAnswered } from './all-answered.ts';
import { meaningOf } from './answers/meaning-of.ts';
import type { PartnerCenterReader } from './partner-center.ts';
import type { AzureEntitlement, Customer, Entitlement, Order, Subscription } from './purchases.ts';
import { PartnerCenterRefusal } from './refusal.ts';
import { isAzurePlan } from './release/azure-plan.ts';
import { isEnded } from './release/subscription-states.ts';

/** Everything a customer holds, read at one moment. */
export interface Inventory {
  readonly customer: Customer;
  readonly orders: readonly Order[];
  readonly subscriptions: readonly Subscription[];
  /** Undefined when these credentials may not read entitlements. */
  readonly entitlements: readonly Entitlement[] | undefined;
  readonly azureEntitlements: readonly AzureEntitlement[];
}

/**
 * Reads everything afresh, with one list call for each kind, and one more for each Azure plan still active.
 * Throws {@link PartnerCenterRefusal}: a list that cannot be read is never "nothing there".
 */
export async function takeInventory(
  reader: PartnerCenterReader,
  customer: Customer,
): Promise<Inventory> {
  const [entitlements, orders, subscriptions] = await allAnswered([
    entitlementsIfAllowed(reader, customer.id),
    reader.listOrders(customer.id),
    reader.listSubscriptions(customer.id),
  ]);
  const azureEntitlements: AzureEntitlement[] = [];
  for (const plan of subscriptions.filter((each) => isAzurePlan(each) && !isEnded(each))) {
    azureEntitlements.push(...(await reader.listAzureEntitlements(customer.id, plan.id)));
  }
  return { customer, orders, subscriptions, entitlements, azureEntitlements };
}

async function entitlementsIfAllowed(
  reader: PartnerCenterReader,
  customerId: string,
): Promise<readonly Entitlement[] | undefined> {
  try {
    return await reader.listEntitlements(customerId);
  } catch (error) {
    if (!(error instanceof PartnerCenterRefusal)) throw error;
    if (meaningOf(error.answer).kind === 'go-on-without') return undefined;
    throw error;
  }
}
