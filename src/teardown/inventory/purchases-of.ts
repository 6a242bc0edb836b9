import { defined } from '../../shared/defined.ts';
import type { Entitlement, Order, OrderLine, Subscription } from '../model/purchases.ts';
import { idKey } from './id-key.ts';
import type { Inventory } from './inventory.ts';
import { type InventoryIndex, inventoryIndex } from './inventory-index.ts';
import type { Purchase } from './purchase.ts';

/**
 * Joins the lists into purchases: each line of each order with its subscription and entitlement, then the other
 * entitlements of the order, then the subscriptions and entitlements without a listed order. Nothing in the inventory
 * is left out.
 */
export function purchasesOf(inventory: Inventory): readonly Purchase[] {
  const index = inventoryIndex(inventory);
  const unclaimed = {
    subscriptions: new Set(inventory.subscriptions),
    entitlements: new Set(inventory.entitlements),
  };
  const fromOrders = inventory.orders.flatMap((order) => purchasesOfOrder(order, index, unclaimed));
  const fromSubscriptions = [...unclaimed.subscriptions].map((subscription): Bought => {
    const order = index.orderOf(subscription);
    return defined({ order, subscription });
  });
  const fromEntitlements = [...unclaimed.entitlements].map(
    (entitlement): Bought => ({ entitlement }),
  );
  const migrated = new Set(
    inventory.subscriptions.map(({ migratedFromSubscriptionId: id }) => idKey(id)),
  );
  return [...fromOrders, ...fromSubscriptions, ...fromEntitlements].map((purchase) => ({
    ...purchase,
    ...(purchase.subscription &&
      migrated.has(idKey(purchase.subscription.id)) && { isMigrated: true as const }),
    azureEntitlements: purchase.subscription
      ? index.azureEntitlementsOf(purchase.subscription)
      : [],
  }));
}

/** A purchase, before the rest of the inventory is taken into account. */
type Bought = Omit<Purchase, 'azureEntitlements' | 'isMigrated'>;

/** What belongs to no order so far. */
interface Unclaimed {
  readonly subscriptions: Set<Subscription>;
  readonly entitlements: Set<Entitlement>;
}

function purchasesOfOrder(
  order: Order,
  index: InventoryIndex,
  unclaimed: Unclaimed,
): readonly Bought[] {
  const entitlements = index.entitlementsOf(order);
  const ofLines = order.lines.map((line): Bought => {
    // Two lines with the same offer claim one subscription each.
    const subscription = index
      .subscriptionsFor(order, line)
      ?.find((each) => unclaimed.subscriptions.delete(each));
    const entitlement = entitlements.find((each) => isOfLine(each, line));
    return defined({ order, line, subscription, entitlement });
  });
  const besides = entitlementsBesides(ofLines, entitlements)
    .filter((each) => unclaimed.entitlements.has(each))
    .map((entitlement) => besideLines(order, entitlement));
  for (const each of entitlements) unclaimed.entitlements.delete(each);
  const bought = [...ofLines, ...besides];
  const isExplained = bought.length > 0 || index.subscriptionsOf(order).length > 0;
  return isExplained ? bought : [{ order }];
}

/** An entitlement without a line number may be of any line. */
function isOfLine({ lineItemNumber }: Entitlement, line: OrderLine): boolean {
  return lineItemNumber === undefined || lineItemNumber === line.lineItemNumber;
}

/** The entitlements of an order that are of another type than those of its lines. */
function entitlementsBesides(
  ofLines: readonly Bought[],
  entitlements: readonly Entitlement[],
): readonly Entitlement[] {
  const types = new Set(ofLines.map(({ entitlement }) => entitlement?.type));
  return entitlements.filter(({ type }) => !types.has(type));
}

function besideLines(order: Order, entitlement: Entitlement): Bought {
  const line = order.lines.find(
    ({ lineItemNumber, subscriptionId }) =>
      lineItemNumber === entitlement.lineItemNumber && subscriptionId === undefined,
  );
  return defined({ order, line, entitlement });
}
