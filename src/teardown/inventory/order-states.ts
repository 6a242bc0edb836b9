import type { Order } from '../model/purchases.ts';

/** Order statuses of https://learn.microsoft.com/partner-center/developer/order-resources */

/**
 * Waiting for a person: the partner must upload the customer's purchase order, or Microsoft reviews it
 * (https://learn.microsoft.com/partner-center/developer/pending-po-upload). This may take days, so once the lists have
 * settled the order is cancelled all the same.
 */
const UNDER_REVIEW: ReadonlySet<string> = new Set([
  'pending_review',
  'pending_po_upload',
  'po_upload_complete',
]);

/**
 * It "won't be processed", or must be bought again. INFERRED: an order in error holds nothing. If it does, that shows
 * as a subscription or an entitlement.
 */
const VOID: ReadonlySet<string> = new Set(['po_review_rejected', 'error']);

export const isUnderReview = (order: Order | undefined): boolean =>
  order !== undefined && UNDER_REVIEW.has(order.status);

/** Whether an order has not been fulfilled yet. */
export const isUnfulfilled = (order: Order | undefined): boolean =>
  order?.status === 'pending' || isUnderReview(order);

/** Some of its lines hold something; what the others were to hold is to be bought again. */
export const isPartlyVoid = (order: Order | undefined): boolean =>
  order?.status === 'partial_success';

export const isVoid = (order: Order | undefined): boolean =>
  order !== undefined && VOID.has(order.status);
