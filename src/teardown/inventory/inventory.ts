import { defined } from '../../shared/defined.ts';
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
import { isAlive, isAzurePlan, isAzurePlanReleased } from './azure-plans.ts';
import type { ReadRotation } from './read-rotation.ts';

/** Everything a customer holds, read at one moment. */
export interface Inventory {
  readonly customer: Customer;
  readonly orders: readonly Order[];
  readonly subscriptions: readonly Subscription[];
  /** Undefined where these credentials may not read entitlements, or where they were not read. */
  readonly entitlements: readonly Entitlement[] | undefined;
  readonly azureEntitlements: readonly AzureEntitlement[];
  readonly unread?: Unread;
}

/** What was not read this time. An Azure plan is still active then, so nothing can be deleted yet. */
export interface Unread {
  readonly entitlements: boolean;
  /** The Azure plans whose Azure subscriptions were not read. */
  readonly planIds: readonly string[];
}

/**
 * Reads everything afresh: one list for each kind, and one more for each active Azure plan. With a rotation, only the
 * entitlements or the Azure subscriptions of one plan are read while there is an active plan, so that a check needs at
 * most three lists, or four where a plan may be suspended next.
 *
 * @throws PartnerCenterError where a list cannot be read: it is never taken for an empty one
 */
export async function takeInventory(
  reader: PartnerCenterReader,
  customer: Customer,
  rotation?: ReadRotation,
): Promise<Inventory> {
  const readEntitlements = () => entitlementsIfAllowed(reader, customer.id);
  const isPlansTurn = rotation?.entitlements === false;
  const [listed, orders, subscriptions] = await allSettled([
    isPlansTurn ? Promise.resolve(undefined) : readEntitlements(),
    reader.listOrders(customer.id),
    reader.listSubscriptions(customer.id),
  ]);
  const plans = subscriptions.filter((each) => isAzurePlan(each) && !isAzurePlanReleased(each));
  if (plans.length === 0) {
    const entitlements = isPlansTurn ? await readEntitlements() : listed;
    return { customer, orders, subscriptions, entitlements, azureEntitlements: [] };
  }
  const planIds = plans.map(({ id }) => id);
  const toRead = rotation === undefined ? planIds : planIdsOf(rotation, planIds);
  const azureEntitlements: AzureEntitlement[] = [];
  for (const id of toRead) {
    azureEntitlements.push(...(await reader.listAzureEntitlements(customer.id, id)));
  }
  // One plan is read in its turn. If none of its Azure subscriptions lives any more, it is suspended next, unless there
  // is still a reservation.
  const isNext = !azureEntitlements.some(isAlive);
  const late = isPlansTurn && isNext ? await readEntitlements() : listed;
  const unread = rotation && {
    entitlements: isPlansTurn && !isNext,
    planIds: planIds.filter((id) => !toRead.includes(id)),
  };
  return {
    ...{ customer, orders, subscriptions, entitlements: late, azureEntitlements },
    ...defined({ unread }),
  };
}

function planIdsOf(rotation: ReadRotation, planIds: readonly string[]): readonly string[] {
  if (rotation.entitlements) return [];
  return planIds.filter((_id, place) => place === rotation.plan % planIds.length);
}

async function entitlementsIfAllowed(
  reader: PartnerCenterReader,
  customerId: string,
): Promise<readonly Entitlement[] | undefined> {
  try {
    return await reader.listEntitlements(customerId);
  } catch (error) {
    const { response } = asPartnerCenterError(error);
    if (classifyError(response).kind === 'go-on-without') return undefined;
    throw error;
  }
}
