import { collection, json, type Reply } from './answer.ts';
import type { Line, Order } from './model.ts';

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

function statusOf({ status, change }: Order, { quantity }: Line): string {
  if (status === 'cancelled' || quantity === 0) return 'unfulfilled';
  const isNew = status === 'pending' && change?.to !== 'cancelled';
  return isNew ? 'prefulfillmentPending' : 'fulfilled';
}
