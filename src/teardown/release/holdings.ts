import type { Inventory } from '../inventory.ts';
import type {
  AzureEntitlement,
  Entitlement,
  Order,
  OrderLine,
  Subscription,
} from '../purchases.ts';
import { idKey } from './id-key.ts';

/** What a customer holds, found by its ids. */
export interface Holdings {
  /** The order that a subscription says it is of. */
  orderOf(subscription: Subscription): Order | undefined;
  /** Those that say they are of this order. */
  subscriptionsOf(order: Order): readonly Subscription[];
  /** Those that a line may mean: by its subscription id, or else by its order and offer. */
  subscriptionsFor(order: Order, line: OrderLine): readonly Subscription[] | undefined;
  /** The order's `alternateId` is another name of the same order. */
  entitlementsOf(order: Order): readonly Entitlement[];
  azureEntitlementsOf(plan: Subscription): readonly AzureEntitlement[];
}

/** Every list is walked once, so that a long one costs no more than its length. */
export function holdingsOf(inventory: Inventory): Holdings {
  const { subscriptions } = inventory;
  const entitlements = new Set(inventory.entitlements);
  const orders = Map.groupBy(inventory.orders, ({ id }): string | undefined => idKey(id));
  const byId = Map.groupBy(subscriptions, ({ id }) => idKey(id));
  const byOrder = Map.groupBy(subscriptions, ({ orderId }) => idKey(orderId));
  const byOrderId = Map.groupBy(entitlements, ({ orderId }) => idKey(orderId));
  const byAlternate = Map.groupBy(
    entitlements,
    ({ alternateOrderId, orderId }): string | undefined => idKey(alternateOrderId ?? orderId),
  );
  const byPlan = Map.groupBy(inventory.azureEntitlements, ({ planId }) => idKey(planId));
  const subscriptionsOf = ({ id }: Order) => byOrder.get(idKey(id)) ?? [];
  return {
    orderOf: ({ orderId }) => orders.get(idKey(orderId))?.at(0),
    subscriptionsOf,
    subscriptionsFor: (order, { subscriptionId, offerId }) =>
      subscriptionId === undefined
        ? subscriptionsOf(order).filter((each) => each.offerId === offerId)
        : byId.get(idKey(subscriptionId)),
    entitlementsOf: ({ id, alternateId }) => [
      ...new Set([
        ...(byOrderId.get(idKey(id)) ?? []),
        ...(byAlternate.get(idKey(alternateId)) ?? []),
      ]),
    ],
    azureEntitlementsOf: ({ id }) => byPlan.get(idKey(id)) ?? [],
  };
}
