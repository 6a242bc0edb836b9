import { collection, json, type Reply } from './answer.ts';
import type { Line, Order } from './model.ts';
import { isUnderReview } from './reviews.ts';

/**
 * GET order provisioningstatus: article get-order-provisioning-status, which shows `fulfilled`; the other two words are
 * those of OrderLineItemProvisioningStatus in article order-resources, and how they are written on the wire is INFERRED.
 */
export function provisioningStatus(order: Order): Reply {
  return json(collection(order.lines.map((line) => lineStatus(order, line))));
}

const ENDED: ReadonlySet<Order['status']> = new Set(['cancelled', 'po_review_rejected', 'error']);

function lineStatus(order: Order, line: Line) {
  const status = statusOf(order, line);
  return {
    orderLineItemId: line.number,
    lineItemNumber: line.number,
    status,
    quantityProvisioningInformation: [{ quantity: line.quantity, status }],
  };
}

function statusOf(order: Order, { quantity }: Line): string {
  const { status } = order;
  if (ENDED.has(status) || quantity === 0) return 'unfulfilled';
  return isUnderReview(order) || status === 'pending' ? 'prefulfillmentPending' : 'fulfilled';
}
