import type { Inventory } from '../inventory.ts';
import type {
  AzureEntitlement,
  Entitlement,
  Order,
  OrderLine,
  Subscription,
} from '../purchases.ts';

/** What a customer holds, found by its ids; the service writes GUIDs in any letter case. */
export interface Holdings {
  /** The order that a subscription says it is of. */
  orderOf(subscription: Subscription): Order | undefined;
  /** Those that say they are of this order. */
  subscriptionsOf(order: Order): readonly Subscription[];
  /** Those that a line may mean: by its subscription id, or else by its order and offer. */
  subscriptionsFor(order: Order, line: OrderLine): readonly Subscription[];
  /** The order's `alternateId` is another name of the same order. */
  entitlementsOf(order: Order): readonly Entitlement[];
  azureEntitlementsOf(plan: Subscription): readonly AzureEntitlement[];
}

/** Every list is walked once, so that a long one costs no more than its length. */
export function holdingsOf(inventory: Inventory): Holdings {
  const { subscriptions, entitlements = [] } = inventory;
  const orders = Map.groupBy(inventory.orders, ({ id }) => key(id));
  const byId = Map.groupBy(subscriptions, ({ id }) => key(id));
  const byOrder = Map.groupBy(subscriptions, ({ orderId }) => key(orderId));
  const byOrderId = Map.groupBy(entitlements, ({ orderId }) => key(orderId));
  const byAlternate = Map.groupBy(entitlements, ({ alternateOrderId, orderId }) =>
    key(alternateOrderId ?? orderId),
  );
  const byPlan = Map.groupBy(inventory.azureEntitlements, ({ planId }) => key(planId));
  const subscriptionsOf = ({ id }: Order) => byOrder.get(key(id)) ?? [];
  return {
    orderOf: ({ orderId }) => orders.get(key(orderId))?.at(0),
    subscriptionsOf,
    subscriptionsFor: (order, { subscriptionId, offerId }) =>
      subscriptionId === undefined
        ? subscriptionsOf(order).filter((each) => each.offerId === offerId)
        : (byId.get(key(subscriptionId)) ?? []),
    entitlementsOf: ({ id, alternateId }) => [
      ...new Set([
        ...(byOrderId.get(key(id)) ?? []),
        ...((alternateId !== undefined && byAlternate.get(key(alternateId))) || []),
      ]),
    ],
    azureEntitlementsOf: ({ id }) => byPlan.get(key(id)) ?? [],
  };
}

/** No id is blank, so that what says none is found by none. */
function key(id: string | undefined): string {
  return id?.toLowerCase() ?? '';
}
