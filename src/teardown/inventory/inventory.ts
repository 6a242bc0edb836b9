import { classifyError } from '../errors/classify-error.ts';
import type { PartnerCenterReader } from '../model/partner-center.ts';
import { asPartnerCenterError } from '../model/partner-center-error.ts';
import type {
  AzureEntitlement,
  Customer,
  Entitlement,
  Order,
  Subscription,
} from '../model/purchases.ts';
import { allSettled } from './all-settled.ts';
import { isAzurePlan, isAzurePlanReleased } from './azure-plans.ts';

/** Everything a customer holds, read at one moment. */
export interface Inventory {
  readonly customer: Customer;
  readonly orders: readonly Order[];
  readonly subscriptions: readonly Subscription[];
  /** Undefined where these credentials may not read entitlements. */
  readonly entitlements: readonly Entitlement[] | undefined;
  readonly azureEntitlements: readonly AzureEntitlement[];
}

/**
 * Reads everything: one list for each kind, and one more for each active Azure plan.
 *
 * @throws PartnerCenterError where a list cannot be read: it is never taken for an empty one
 */
export async function takeInventory(
  reader: PartnerCenterReader,
  customer: Customer,
): Promise<Inventory> {
  const [entitlements, orders, subscriptions] = await allSettled([
    unlessDispensable(() => reader.listEntitlements(customer.id)),
    reader.listOrders(customer.id),
    reader.listSubscriptions(customer.id),
  ]);
  const azureEntitlements: AzureEntitlement[] = [];
  for (const plan of subscriptions) {
    if (!isAzurePlan(plan) || isAzurePlanReleased(plan)) continue;
    const list = () => reader.listAzureEntitlements(customer.id, plan.id);
    azureEntitlements.push(...((await unlessDispensable(list)) ?? []));
  }
  return { customer, orders, subscriptions, entitlements, azureEntitlements };
}

/** The list; undefined where it is refused, and the teardown can do without it. */
async function unlessDispensable<T>(
  list: () => Promise<readonly T[]>,
): Promise<readonly T[] | undefined> {
  try {
    return await list();
  } catch (error) {
    const { response } = asPartnerCenterError(error);
    if (classifyError(response).kind === 'go-on-without') return undefined;
    throw error;
  }
}
