import type {
  AzureEntitlement,
  Entitlement,
  Order,
  OrderLine,
  Subscription,
} from '../model/purchases.ts';
import { idKey } from './id-key.ts';
import type { Inventory } from './inventory.ts';
import { isVoid } from './order-states.ts';

/** A customer's inventory, indexed by ids. */
export interface InventoryIndex {
  /** The order that a subscription names. */
  orderOf(subscription: Subscription): Order | undefined;
  /** The subscriptions that name this order. */
  subscriptionsOf(order: Order): readonly Subscription[];
  /** The subscriptions that a line may stand for: by its subscription id, or else by its order and offer. */
  subscriptionsFor(order: Order, line: OrderLine): readonly Subscription[] | undefined;
  entitlementsOf(order: Order): readonly Entitlement[];
  azureEntitlementsOf(plan: Subscription): readonly AzureEntitlement[];
}

/**
 * Walks every list once, so that the time is linear. An order has two names, its `id` and its `alternateId`, and
 * references may use either, as the samples of the articles show.
 */
export function inventoryIndex(inventory: Inventory): InventoryIndex {
  const { subscriptions } = inventory;
  const entitlements = [...new Set(inventory.entitlements)];
  const orders = byEach(inventory.orders, ({ id, alternateId }) => [id, alternateId]);
  const byId = Map.groupBy(subscriptions, ({ id }) => idKey(id));
  const byOrder = byEach(subscriptions, ({ orderId }) => [orderId]);
  const ofNoOrder = withoutAnyOrder(inventory);
  const entitlementsByOrder = byEach(entitlements, ({ orderId, alternateOrderId }) => [
    orderId,
    alternateOrderId,
  ]);
  const byPlan = Map.groupBy(inventory.azureEntitlements, ({ planId }) => idKey(planId));
  const subscriptionsOf = (order: Order) => byNames(byOrder, order);
  // A subscription without an order is not of an order that holds nothing: its own may be listed late.
  const mayBeOf = (order: Order, offerId: string) =>
    order.status === 'cancelled' || isVoid(order) ? [] : (ofNoOrder.get(idKey(offerId)) ?? []);
  return {
    orderOf: ({ orderId }) => orders.get(idKey(orderId))?.at(0),
    subscriptionsOf,
    subscriptionsFor: (order, { subscriptionId, offerId }) =>
      subscriptionId === undefined
        ? [...subscriptionsOf(order), ...mayBeOf(order, offerId)].filter(
            (each) => idKey(each.offerId) === idKey(offerId),
          )
        : byId.get(idKey(subscriptionId)),
    entitlementsOf: (order) => byNames(entitlementsByOrder, order),
    azureEntitlementsOf: ({ id }) => byPlan.get(idKey(id)) ?? [],
  };
}

/** Subscriptions without an order that no line names, by their offers: `orderId` may be absent. */
function withoutAnyOrder({ orders, subscriptions }: Inventory): Map<string, Subscription[]> {
  const named = new Set(
    orders.flatMap(({ lines }) => lines.map(({ subscriptionId }) => idKey(subscriptionId))),
  );
  const alone = subscriptions.filter(
    ({ id, orderId }) => orderId === undefined && !named.has(idKey(id)),
  );
  return Map.groupBy(alone, ({ offerId }) => idKey(offerId));
}

/** Groups items by each of their names. */
function byEach<T>(
  items: readonly T[],
  namesOf: (item: T) => readonly (string | undefined)[],
): Map<string | undefined, T[]> {
  const found = new Map<string | undefined, T[]>();
  for (const item of items) {
    for (const name of new Set(namesOf(item).map((each) => idKey(each)))) {
      if (name === undefined) continue;
      const same = found.get(name);
      if (same === undefined) found.set(name, [item]);
      else same.push(item);
    }
  }
  return found;
}

/** The items under either name of an order, each once. */
function byNames<T>(
  found: ReadonlyMap<string | undefined, T[]>,
  { id, alternateId }: Order,
): readonly T[] {
  const byId = found.get(idKey(id)) ?? [];
  if (alternateId === undefined) return byId;
  return [...new Set([...byId, ...(found.get(idKey(alternateId)) ?? [])])];
}
