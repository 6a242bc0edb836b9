import { allAnswered } from './all-answered.ts';
import { meaningOf } from './answers/meaning-of.ts';
import type { PartnerCenterReader } from './partner-center.ts';
import type { AzureEntitlement, Customer, Entitlement, Order, Subscription } from './purchases.ts';
import { PartnerCenterRefusal } from './refusal.ts';
import { isAzurePlan } from './release/azure-plan.ts';
import { isEnded } from './release/subscription-states.ts';

/** What a look may do without, where it cannot be the last one. */
export type Spared = 'entitlements' | 'azure-entitlements';

/** Everything a customer holds, read at one moment. */
export interface Inventory {
  readonly customer: Customer;
  readonly orders: readonly Order[];
  readonly subscriptions: readonly Subscription[];
  /** Undefined when these credentials may not read entitlements, or when they are spared. */
  readonly entitlements: readonly Entitlement[] | undefined;
  /** Empty when they are spared. */
  readonly azureEntitlements: readonly AzureEntitlement[];
  /** Not read this time. There is an Azure plan still active, so that nothing can be deleted yet. */
  readonly spared?: Spared;
}

/**
 * Reads everything afresh, with one list call for each kind, and one more for each Azure plan still active.
 * With `spare`, either those or the entitlements are left out while there is such a plan, so that no look needs
 * more than three lists. Throws {@link PartnerCenterRefusal}: a list that cannot be read is never "nothing there".
 */
export async function takeInventory(
  reader: PartnerCenterReader,
  customer: Customer,
  spare?: Spared,
): Promise<Inventory> {
  const readEntitlements = () => entitlementsIfAllowed(reader, customer.id);
  const [listed, orders, subscriptions] = await allAnswered([
    spare === 'entitlements' ? Promise.resolve(undefined) : readEntitlements(),
    reader.listOrders(customer.id),
    reader.listSubscriptions(customer.id),
  ]);
  const plans = subscriptions.filter((each) => isAzurePlan(each) && !isEnded(each));
  if (plans.length === 0) {
    const entitlements = spare === 'entitlements' ? await readEntitlements() : listed;
    return { customer, orders, subscriptions, entitlements, azureEntitlements: [] };
  }
  const azureEntitlements: AzureEntitlement[] = [];
  for (const plan of spare === 'azure-entitlements' ? [] : plans) {
    azureEntitlements.push(...(await reader.listAzureEntitlements(customer.id, plan.id)));
  }
  return {
    ...{ customer, orders, subscriptions, entitlements: listed, azureEntitlements },
    ...(spare !== undefined && { spared: spare }),
  };
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
