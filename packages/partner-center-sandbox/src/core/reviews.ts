import type { Customer, Line, Order, OrderStatus } from './model.ts';

/** Orders that have not been processed: articles order-resources, pending-po-upload and po-upload-complete-status. */

const UNDER_REVIEW: ReadonlySet<OrderStatus> = new Set([
  'pending_review',
  'pending_po_upload',
  'po_upload_complete',
]);

/** Waits for Microsoft, or for a person with a purchase order. */
export const isUnderReview = ({ status }: Order) => UNDER_REVIEW.has(status);

/** Nothing of it was delivered, yet or at all. */
export const isUnprocessed = (order: Order) =>
  isUnderReview(order) || order.status === 'po_review_rejected' || order.status === 'error';

/** An order "won't be processed", or "resulted in an error" (article order-resources), or was cancelled. */
export const isOver = ({ status, errorHolds }: Order): boolean =>
  status === 'cancelled' || status === 'po_review_rejected' || (status === 'error' && !errorHolds);

/** Of a line that failed, "partners should repurchase" (same article): that nothing is held is INFERRED. */
export const holds = (order: Order, { quantity, failed }: Line): boolean =>
  !isOver(order) && quantity > 0 && !failed;

/** Whether there is, or was, something to use. */
export const isDelivered = (order: Order, line: Line | undefined): boolean =>
  !isUnprocessed(order) && line?.failed !== true;

const PROCESSED: ReadonlySet<OrderStatus> = new Set(['completed', 'partial_success']);

/** What was bought exists from when its order is processed (INFERRED). */
export function deliver(customer: Customer, order: Order, nowMs: number): void {
  if (!PROCESSED.has(order.status)) return;
  for (const { subscriptionId, failed } of order.lines) {
    const subscription = customer.subscriptions.find(({ id }) => id === subscriptionId);
    if (subscription?.visibleAtMs !== Number.POSITIVE_INFINITY) continue;
    subscription.visibleAtMs = Math.max(nowMs, order.visibleAtMs);
    if (!failed) subscription.status = 'active';
    subscription.version += 1;
  }
}
