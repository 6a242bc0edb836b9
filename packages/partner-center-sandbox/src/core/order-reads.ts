import { collection, json, link, type Reply, refuse } from './answer.ts';
import type { Customer, Line, Order } from './model.ts';
import type { Route } from './routes.ts';

/** What hangs on an order beside itself. */
export function readOrderDetail(route: Route, customer: Customer, order: Order): Reply {
  switch (route.operation) {
    // SDK, IOrderAttachmentCollection: nothing was uploaded (INFERRED).
    case 'list-order-attachments':
      return json(collection([]));
    case 'get-order-attachment':
      return refuse(404, '1000', `Attachment ${route.attachmentId} not found.`);
    case 'list-line-activation-links':
      return activationLinks(route, customer, order);
    default:
      return json(collection(order.lines.flatMap(activationLink)));
  }
}

function activationLinks({ lineNumber }: Route, customer: Customer, order: Order): Reply {
  const line = order.lines.find(({ number }) => String(number) === lineNumber);
  if (line === undefined) return refuse(404, '1000', `Line item ${lineNumber} not found.`);
  const self = `/customers/${customer.id}/orders/${order.id}/lineitems/${line.number}/activationlinks`;
  return json(collection(activationLink(line), { links: { self: link(self) } }));
}

/** Article get-activation-link-by-order-line-item; that only marketplace products have one is INFERRED. */
export const activationLink = ({ number, kind, subscriptionId, failed }: Line) =>
  kind === 'saas' && !failed
    ? [
        {
          lineItemNumber: number,
          link: link(`https://simulated.invalid/activate/${subscriptionId}`),
        },
      ]
    : [];
