import { collection, json, type Reply, refuse } from './answer.ts';
import type { Caller } from './caller.ts';
import type { Line, Order } from './model.ts';
import { isUnderReview } from './reviews.ts';

/**
 * GET order provisioningstatus: article get-order-provisioning-status, which shows `fulfilled`; the other two words are
 * those of OrderLineItemProvisioningStatus in article order-resources, and how they are written on the wire is INFERRED.
 * "App+User credentials only"; that the refusal is the one of article error-codes is INFERRED.
 */
export function provisioningStatus(order: Order, caller: Caller): Reply {
  if (caller.appOnly) {
    return refuse(403, '900329', "This resource doesn't support application-only authentication.");
  }
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
  const { status, change } = order;
  if (ENDED.has(status) || quantity === 0) return 'unfulfilled';
  const isNew = isUnderReview(order) || (status === 'pending' && change?.to !== 'cancelled');
  return isNew ? 'prefulfillmentPending' : 'fulfilled';
}
