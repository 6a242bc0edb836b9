import { type Reply, refuse } from './answer.ts';
import type { Customer, Order, Subscription } from './model.ts';
import type { View } from './resources.ts';

/** Finding what a path names, in the codes of article error-codes. What is not listed yet is not there either. */

export const isVisible = (thing: { readonly visibleAtMs: number }, { nowMs }: View) =>
  thing.visibleAtMs <= nowMs;

export function findOrder(customer: Customer, orderId: string, view: View): Order | undefined {
  const { orderByAlternateId } = view.settings;
  return customer.orders.find(
    (one) =>
      (one.id === orderId || (orderByAlternateId && one.alternateId === orderId)) &&
      isVisible(one, view),
  );
}

export const unknownOrder = (id: string): Reply =>
  refuse(404, '20000', `Order id ${id} not found.`);

export function findSubscription(
  customer: Customer,
  subscriptionId: string,
  view: View,
): Subscription | undefined {
  return customer.subscriptions.find((one) => one.id === subscriptionId && isVisible(one, view));
}

export const unknownSubscription = (id: string): Reply =>
  refuse(404, '20003', `Subscription ${id} not found.`);
