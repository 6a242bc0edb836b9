import { isOrderNamed, itemsOf, ordersIn, type Reads, subscriptionsIn, wordOf } from './raw.ts';
import { cameToNothing, isOpen } from './released.ts';

const AZURE_SUBSCRIPTIONS = /\/azureEntitlements$/;

/** What a look was shown that is not over, in words with the ids by which a call may name it. */
export function standingIn(reads: Reads, customerId: string): ReadonlySet<string> {
  const orders = ordersIn(reads, customerId) ?? [];
  const subscriptions = subscriptionsIn(reads, customerId) ?? [];
  const ofSubscriptions = subscriptions
    .filter((each) => isOpen(each, orders))
    .map(({ id, orderId, offerId, quantity }) => {
      const order = orders.find((each) => isOrderNamed(each, orderId));
      return `subscription ${id} (${offerId} × ${quantity}) of order ${order?.id ?? orderId}`;
    });
  // A line without a subscription is a reservation's; one that names its subscription stands and falls with that.
  const ofOrders = orders
    .filter((order) => !cameToNothing(order))
    .filter((order) => !subscriptions.some(({ orderId }) => isOrderNamed(order, orderId)))
    .flatMap(({ id, lineItems = [] }) =>
      lineItems
        .filter(({ quantity, subscriptionId }) => quantity > 0 && !subscriptionId)
        .map(({ offerId, quantity }) => `order ${id} of ${offerId} × ${quantity}`),
    );
  const ofAzure = [...reads.keys()]
    .filter(
      (path) => path.startsWith(`/customers/${customerId}/`) && AZURE_SUBSCRIPTIONS.test(path),
    )
    .flatMap((path) => itemsOf<{ id: string; status: string }>(reads, path) ?? [])
    .filter(({ status }) => wordOf(status) === 'active')
    .map(({ id }) => `Azure subscription ${id}`);
  return new Set([...ofSubscriptions, ...ofOrders, ...ofAzure]);
}
