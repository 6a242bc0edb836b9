import type { Inventory } from '../inventory.ts';
import type { Entitlement, Order, OrderLine, Subscription } from '../purchases.ts';
import type { Purchase } from './strategy.ts';

/**
 * Joins the lists into purchases: each line of each order with its subscription and entitlement, then the
 * subscriptions and entitlements that no listed order accounts for. Nothing in the inventory is left out.
 */
export function purchasesOf(inventory: Inventory): readonly Purchase[] {
  const unclaimed = {
    subscriptions: new Set(inventory.subscriptions),
    entitlements: inventory.entitlements ?? [],
  };
  const fromOrders = inventory.orders.flatMap((order) => purchasesOfOrder(order, unclaimed));
  const fromSubscriptions = [...unclaimed.subscriptions].map((subscription): Bought => {
    const order = inventory.orders.find(({ id }) => id === subscription.orderId);
    return { ...(order && { order }), subscription };
  });
  const fromEntitlements = unclaimed.entitlements
    .filter((entitlement) => !inventory.orders.some((order) => belongsTo(entitlement, order)))
    .map((entitlement): Bought => ({ entitlement }));
  return [...fromOrders, ...fromSubscriptions, ...fromEntitlements].map((purchase) => ({
    ...purchase,
    entitlementsRead: inventory.entitlements !== undefined,
    azureEntitlements: inventory.azureEntitlements.filter(
      ({ planId }) => planId === purchase.subscription?.id,
    ),
  }));
}

/** A purchase by itself, before it is said what the whole inventory says of it. */
type Bought = Omit<Purchase, 'azureEntitlements' | 'entitlementsRead'>;

interface Unclaimed {
  readonly subscriptions: Set<Subscription>;
  /** Never claimed: several lines may share one. */
  readonly entitlements: readonly Entitlement[];
}

function purchasesOfOrder(order: Order, unclaimed: Unclaimed): readonly Bought[] {
  if (order.lines.length === 0) {
    const owned = [...unclaimed.subscriptions].some(({ orderId }) => orderId === order.id);
    return owned ? [] : [purchaseOf(order, undefined, unclaimed)];
  }
  return order.lines.map((line) => purchaseOf(order, line, unclaimed));
}

function purchaseOf(order: Order, line: OrderLine | undefined, unclaimed: Unclaimed): Bought {
  const subscription = line && claimSubscription(order, line, unclaimed);
  const entitlement = unclaimed.entitlements.find(
    (each) =>
      belongsTo(each, order) &&
      (line === undefined ||
        each.lineItemNumber === undefined ||
        each.lineItemNumber === line.lineItemNumber),
  );
  return {
    order,
    ...(line && { line }),
    ...(subscription && { subscription }),
    ...(entitlement && { entitlement }),
  };
}

function claimSubscription(
  order: Order,
  line: OrderLine,
  { subscriptions }: Unclaimed,
): Subscription | undefined {
  for (const each of subscriptions) {
    const isOfLine =
      line.subscriptionId === undefined
        ? each.orderId === order.id && each.offerId === line.offerId
        : each.id === line.subscriptionId;
    if (!isOfLine) continue;
    subscriptions.delete(each);
    return each;
  }
  return undefined;
}

/** The order's `alternateId` is another name of the same order. */
function belongsTo(entitlement: Entitlement, order: Order): boolean {
  return (
    entitlement.orderId === order.id ||
    (entitlement.alternateOrderId ?? entitlement.orderId) === order.alternateId
  );
}
