import type { Order } from '../model/purchases.ts';

/** Order statuses of https://learn.microsoft.com/partner-center/developer/order-resources */

/**
 * Waiting for a person: the partner is to upload the customer's purchase order, or Microsoft reviews it. It may take
 * days, so once the lists agree the order is tried all the same.
 */
const UNDER_REVIEW: ReadonlySet<string> = new Set([
  'pending_review',
  'pending_po_upload',
  'po_upload_complete',
]);

/**
 * It "won't be processed", or is to be bought again. That nothing is held by an order in error is INFERRED; what it
 * holds nevertheless shows as a subscription or an entitlement.
 */
const CAME_TO_NOTHING: ReadonlySet<string> = new Set(['po_review_rejected', 'error']);

export const isUnderReview = (order: Order | undefined): boolean =>
  order !== undefined && UNDER_REVIEW.has(order.status);

/** It has not brought about yet what was bought by it. */
export const isUnderWay = (order: Order | undefined): boolean =>
  order?.status === 'pending' || isUnderReview(order);

export const cameToNothing = (order: Order | undefined): boolean =>
  order !== undefined && CAME_TO_NOTHING.has(order.status);
