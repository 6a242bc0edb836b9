import { collection, json, type Reply } from './answer.ts';
import type { Line, Order } from './model.ts';
import { holds, isUnderReview } from './reviews.ts';

/**
 * GET order provisioningstatus: article get-order-provisioning-status, which shows `fulfilled`; the other two words are
 * those of OrderLineItemProvisioningStatus in article order-resources, and how they are written on the wire is INFERRED.
 */
export function provisioningStatus(order: Order): Reply {
  return json(collection(order.lines.map((line) => lineStatus(order, line))));
}

function lineStatus(order: Order, line: Line) {
  const status = statusOf(order, line);
  return {
    orderLineItemId: line.number,
    lineItemNumber: line.number,
    status,
    quantityProvisioningInformation: [{ quantity: line.quantity, status }],
  };
}

/** Of a line that failed it says what article order-resources says of its subscription: unfulfilled. */
function statusOf(order: Order, line: Line): string {
  if (order.status === 'error' || !holds(order, line)) return 'unfulfilled';
  const waits = isUnderReview(order) || order.status === 'pending';
  return waits ? 'prefulfillmentPending' : 'fulfilled';
}
