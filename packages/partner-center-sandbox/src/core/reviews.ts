import type { Customer, Order, OrderStatus } from './model.ts';

/** Orders that have not been processed: articles order-resources, pending-po-upload and po-upload-complete-status. */

const UNDER_REVIEW: ReadonlySet<OrderStatus> = new Set([
  'pending_review',
  'pending_po_upload',
  'po_upload_complete',
]);

/** Waits for Microsoft, or for a person with a purchase order. */
export const isUnderReview = ({ status }: Order) => UNDER_REVIEW.has(status);

/** Nothing was delivered, yet or at all. */
export const isUnprocessed = (order: Order) =>
  isUnderReview(order) || order.status === 'po_review_rejected' || order.status === 'error';

/** What was bought exists from when its order is processed (INFERRED). */
export function deliver(customer: Customer, order: Order, nowMs: number): void {
  for (const subscription of customer.subscriptions) {
    if (
      subscription.orderId !== order.id ||
      subscription.visibleAtMs !== Number.POSITIVE_INFINITY
    ) {
      continue;
    }
    subscription.visibleAtMs = nowMs;
    subscription.status = 'active';
    subscription.version += 1;
  }
}
