import { json, type Reply, refuse } from './answer.ts';
import type { Customer, Entitlement, Line, Order } from './model.ts';
import { termEndMs } from './order-terms.ts';
import { products } from './products.ts';
import { isDelivered } from './reviews.ts';
import type { Route } from './routes.ts';

/** What an entitlement's artifact leads to: article get-a-collection-of-entitlements, "Retrieve reservation details". */

const groupOf = ({ resourceId }: Pick<Entitlement, 'resourceId'>) => resourceId.replaceAll('-', '');

/** The address has a group, a line item and a resource; all are made of the one identifier that there is. */
export const artifactPath = (customer: Customer, { resourceId }: Entitlement) =>
  `/customers/${customer.id}/artifacts/reservedinstance/groups/${groupOf({ resourceId })}/lineitems/${resourceId}/resource/${resourceId}`;

export function reservationArtifact(customer: Customer, route: Route): Reply {
  const { groupId, lineItemId, resourceId } = route;
  const found = everyEntitlement(customer.entitlements).find(
    (one) =>
      one.resourceId === resourceId &&
      groupOf(one) === groupId.toLowerCase() &&
      lineItemId.toLowerCase() === resourceId,
  );
  const order = customer.orders.find(({ id }) => id === found?.orderId);
  const line = found === undefined ? undefined : order?.lines[found.lineNumber];
  if (found === undefined || order === undefined || !isReservation(order, line)) {
    return refuse(404, '1000', `Artifact ${resourceId} not found.`);
  }
  const reservations = [reservation(found, order)];
  return json({
    type: 'reservedinstance',
    // The sample has the first name, article entitlement-resources the second, which is what the SDK reads.
    virtualMachineReservations: reservations,
    reservations,
  });
}

/** One that was never delivered has no details (INFERRED). */
const isReservation = (order: Order, line: Line | undefined): boolean =>
  products[line?.kind ?? order.kind].entitlementType === 'reservedinstance' &&
  isDelivered(order, line);

const everyEntitlement = (entitlements: readonly Entitlement[]): readonly Entitlement[] =>
  entitlements.flatMap((one) => [one, ...everyEntitlement(one.included)]);

function reservation({ resourceId, lineNumber }: Entitlement, order: Order) {
  const line = order.lines[lineNumber];
  return {
    reservationId: resourceId,
    displayName: line?.friendlyName ?? '',
    scopeType: 'Shared',
    quantity: line?.quantity ?? 0,
    expiryDateTime: new Date(termEndMs(order) ?? order.createdMs).toISOString(),
    effectiveDateTime: new Date(order.createdMs).toISOString(),
    provisioningState: order.status === 'cancelled' ? 'Cancelled' : 'Created',
  };
}
