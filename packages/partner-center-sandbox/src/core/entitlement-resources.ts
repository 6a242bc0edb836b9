import { collection, link } from './answer.ts';
import type { Customer, Entitlement, Line, Order } from './model.ts';
import { shownOrderStatus } from './order-status.ts';
import { termEndMs } from './order-terms.ts';
import { products } from './products.ts';
import { artifactPath } from './reservation-artifacts.ts';
import { dateTime, type View } from './resources.ts';
import { isDelivered } from './reviews.ts';

/** The JSON of entitlements. Shapes: article entitlement-resources. */

/** What a list of entitlements is asked for. */
export interface EntitlementQuery {
  /** One type only. */
  readonly type: string | undefined;
  readonly showExpiry: boolean;
}

export function entitlementsOf(customer: Customer, query: EntitlementQuery, view: View) {
  return collection(visibleEntitlements(customer.entitlements, customer, query, view));
}

function visibleEntitlements(
  entitlements: readonly Entitlement[],
  customer: Customer,
  query: EntitlementQuery,
  view: View,
): unknown[] {
  return entitlements.flatMap((entitlement) => {
    const order = customer.orders.find(({ id }) => id === entitlement.orderId);
    if (order === undefined || !isListed(customer, entitlement, order, query.type, view)) return [];
    return [entitlementResource(entitlement, order, customer, query, view)];
  });
}

const entitlementTypeOf = ({ lineNumber }: Entitlement, order: Order) =>
  products[order.lines[lineNumber]?.kind ?? order.kind].entitlementType;

function isListed(
  customer: Customer,
  entitlement: Entitlement,
  order: Order,
  type: string | undefined,
  view: View,
): boolean {
  const gone =
    shownOrderStatus(customer, order, view) === 'cancelled' &&
    view.settings.cancelledEntitlements === 'vanish';
  const wanted = type === undefined || entitlementTypeOf(entitlement, order) === type;
  return !gone && wanted && entitlement.visibleAtMs <= view.nowMs;
}

function entitlementResource(
  entitlement: Entitlement,
  order: Order,
  customer: Customer,
  query: EntitlementQuery,
  view: View,
) {
  const line = order.lines[entitlement.lineNumber];
  const [productId, skuId] = (entitlement.offerId ?? line?.offerId ?? '').split(':');
  const entitlementType = entitlementTypeOf(entitlement, order);
  const quantityDetails = quantityDetailsOf(customer, order, line, view);
  const quantity = quantityDetails.find(({ status }) => status === 'fulfilled')?.quantity ?? 0;
  return {
    includedEntitlements: visibleEntitlements(entitlement.included, customer, query, view),
    referenceOrder: {
      id: order.id,
      lineItemId: String(entitlement.lineNumber),
      ...(order.alternateId === undefined ? {} : { alternateId: order.alternateId }),
    },
    productId,
    skuId,
    quantity,
    quantityDetails,
    entitledArtifacts: isDelivered(order, line)
      ? artifactsOf(entitlement, customer, entitlementType)
      : [],
    entitlementType,
    ...(query.showExpiry ? expiryOf(order) : {}),
    ...(entitlementType === 'reservedinstance' ? { dynamicAttributes: RESERVED_MACHINES } : {}),
  };
}

/** In the example of article get-a-collection-of-entitlements; the table has it in the artifact. */
const RESERVED_MACHINES = { reservationType: 'virtualmachines' };

/** The quantity "excludes Unfulfilled/Transfered entitlements" (article entitlement-resources); the two words are INFERRED. */
function quantityDetailsOf(customer: Customer, order: Order, line: Line | undefined, view: View) {
  const bought =
    shownOrderStatus(customer, order, view) === 'cancelled' ? 0 : (line?.quantity ?? 0);
  const unfulfilled = isDelivered(order, line) ? Math.min(bought, line?.unfulfilled ?? 0) : bought;
  const transferred = Math.min(bought - unfulfilled, line?.transferred ?? 0);
  return [
    { quantity: bought - unfulfilled - transferred, status: 'fulfilled' },
    ...(unfulfilled === 0 ? [] : [{ quantity: unfulfilled, status: 'unfulfilled' }]),
    ...(transferred === 0 ? [] : [{ quantity: transferred, status: 'transferred' }]),
  ];
}

/** Software has none in the samples of article get-a-collection-of-entitlements. */
function artifactsOf(entitlement: Entitlement, customer: Customer, artifactType?: string) {
  if (artifactType !== 'reservedinstance') return [];
  const { resourceId } = entitlement;
  return [{ link: link(artifactPath(customer, entitlement)), resourceId, artifactType }];
}

/** "On-premises entitlement types do not have expiry dates", same article; the others that have a term do. */
function expiryOf(order: Order) {
  const endMs = termEndMs(order);
  return endMs === undefined ? {} : { expiryDate: dateTime(endMs) };
}
