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
    entitlements: new Set(inventory.entitlements ?? []),
  };
  const fromOrders = inventory.orders.flatMap((order) => purchasesOfOrder(order, unclaimed));
  const fromSubscriptions = [...unclaimed.subscriptions].map((subscription): Purchase => {
    const order = inventory.orders.find(({ id }) => id === subscription.orderId);
    return { ...(order && { order }), subscription, azureEntitlements: [] };
  });
  const fromEntitlements = [...unclaimed.entitlements]
    .filter((entitlement) => !inventory.orders.some((order) => belongsTo(entitlement, order)))
    .map((entitlement): Purchase => ({ entitlement, azureEntitlements: [] }));
  return [...fromOrders, ...fromSubscriptions, ...fromEntitlements].map((purchase) => ({
    ...purchase,
    azureEntitlements: inventory.azureEntitlements.filter(
      ({ planId }) => planId === purchase.subscription?.id,
    ),
  }));
}

interface Unclaimed {
  readonly subscriptions: Set<Subscription>;
  readonly entitlements: Set<Entitlement>;
}

function purchasesOfOrder(order: Order, unclaimed: Unclaimed): readonly Purchase[] {
  if (order.lines.length === 0) {
    const owned = [...unclaimed.subscriptions].some(({ orderId }) => orderId === order.id);
    return owned ? [] : [purchaseOf(order, undefined, unclaimed)];
  }
  return order.lines.map((line) => purchaseOf(order, line, unclaimed));
}

function purchaseOf(order: Order, line: OrderLine | undefined, unclaimed: Unclaimed): Purchase {
  const subscription = line && claimSubscription(order, line, unclaimed);
  const entitlement = [...unclaimed.entitlements].find(
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
    azureEntitlements: [],
  };
}

function claimSubscription(
  order: Order,
  line: OrderLine,
  { subscriptions }: Unclaimed,
): Subscription | undefined {
  const found = [...subscriptions].find((each) =>
    line.subscriptionId === undefined
      ? each.orderId === order.id && each.offerId === line.offerId
      : each.id === line.subscriptionId,
  );
  if (found !== undefined) subscriptions.delete(found);
  return found;
}

/** The order's `alternateId` is another name of the same order. */
function belongsTo(entitlement: Entitlement, order: Order): boolean {
  return (
    entitlement.orderId === order.id ||
    (order.alternateId !== undefined &&
      (entitlement.alternateOrderId ?? entitlement.orderId) === order.alternateId)
  );
}
