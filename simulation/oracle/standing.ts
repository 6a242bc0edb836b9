import {
  azureEntitlementsIn,
  entitlementsIn,
  isOrderNamed,
  type Order,
  ordersIn,
  type Reads,
  subscriptionsIn,
  wordOf,
} from './raw.ts';
import { cameToNothing, isOpen } from './released.ts';

/** Every purchase that still stands by the lists, by those of its fields that do not change by themselves. */
export function standingIn(reads: Reads, customerId: string): readonly string[] {
  const orders = ordersIn(reads, customerId) ?? [];
  const open = (subscriptionsIn(reads, customerId) ?? []).filter((each) => isOpen(each, orders));
  const unlisted = (entitlementsIn(reads, customerId) ?? []).filter(
    ({ quantity, referenceOrder: { id } }) =>
      quantity > 0 && !orders.some((order) => isOrderNamed(order, id)),
  );
  const azure = open.flatMap(({ id }) => azureEntitlementsIn(reads, customerId, id) ?? []);
  return [
    ...open.map(({ id, offerId, quantity, creationDate }) =>
      ['subscription', id, offerId, quantity, creationDate].join(' '),
    ),
    ...orders.flatMap(linesOf),
    ...unlisted.map(({ referenceOrder }) => `entitlement of ${referenceOrder.id}`),
    ...azure
      .filter(({ status }) => wordOf(status) === 'active')
      .map(({ id }) => `Azure subscription ${id}`),
  ];
}

/** Lines without a subscription, which would stand for itself. */
function linesOf(order: Order): readonly string[] {
  if (cameToNothing(order)) return [];
  const { id, creationDate, lineItems = [] } = order;
  return lineItems
    .filter(({ quantity, subscriptionId }) => quantity > 0 && subscriptionId === undefined)
    .map(({ lineItemNumber, offerId, quantity }) =>
      ['line', id, creationDate, lineItemNumber, offerId, quantity].join(' '),
    );
}
