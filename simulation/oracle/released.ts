/**
 * Whether everything in the lists is released, by the articles. It reads the raw JSON, and shares nothing with the
 * decision that it judges.
 */
import { isOver, mayHaveNoSubscription, productOf } from './products.ts';
import {
  type Entitlement,
  entitlementsIn,
  isListed,
  isOrderNamed,
  type Line,
  lineOf,
  type Order,
  ordersIn,
  type Reads,
  type Subscription,
  subscriptionsIn,
  wordOf,
} from './raw.ts';

/** "Up to 15 minutes": article get-all-of-a-customer-s-orders. */
const LISTING_LAG_MS = 15 * 60_000;

/** Article order-resources: rejected orders "won't be processed", one in error is to be bought again (INFERRED: holds nothing). */
const CAME_TO_NOTHING = ['cancelled', 'poreviewrejected', 'error'];
/** Not processed yet: articles order-resources and pending-po-upload. */
const UNDER_WAY = ['pending', 'pendingreview', 'pendingpoupload', 'pouploadcomplete'];

export const cameToNothing = ({ status }: Order): boolean =>
  CAME_TO_NOTHING.includes(wordOf(status));
export const isUnderWay = ({ status }: Order): boolean => UNDER_WAY.includes(wordOf(status));

/** What still blocks by the lists, or was not read; undefined if nothing blocks. */
export function blockedBy(
  reads: Reads,
  customerId: string,
  { ageMs, readsEntitlements }: { readonly ageMs: number; readonly readsEntitlements: boolean },
): string | undefined {
  const orders = ordersIn(reads, customerId);
  const subscriptions = subscriptionsIn(reads, customerId);
  const entitlements = entitlementsIn(reads, customerId);
  if (orders === undefined) return 'the orders were not read';
  if (subscriptions === undefined) return 'the subscriptions were not read';
  if (readsEntitlements && entitlements === undefined) return 'the entitlements were not read';
  const early = ageMs < LISTING_LAG_MS;
  const unlisted = entitlements?.find(
    (each) =>
      early && holds(each) && !orders.some((one) => isOrderNamed(one, each.referenceOrder.id)),
  );
  if (unlisted !== undefined) return `order ${unlisted.referenceOrder.id} is not listed yet`;
  const open = subscriptions.find((each) => isOpen(each, orders));
  if (open !== undefined) return `subscription ${open.id} reads ${open.status}`;
  const blocking = orders.find((order) =>
    stillHolds(order, { subscriptions, entitlements, early }),
  );
  return blocking && `order ${blocking.id} reads ${blocking.status}`;
}

/** The quantity leaves out what is unfulfilled or transferred (article entitlement-resources). */
function holds({ quantity, quantityDetails = [] }: Entitlement): boolean {
  return quantity > 0 || quantityDetails.some((each) => each.quantity > 0);
}

/** Software ends with its order or its line: "the line item's quantity is 0" (article cancel-software-purchases). */
export function isOpen(subscription: Subscription, orders: readonly Order[]): boolean {
  if (isOver(subscription)) return false;
  if (productOf(subscription) !== 'software') return true;
  const order = orders.find(
    (each) =>
      isOrderNamed(each, subscription.orderId) || lineOf([each], subscription) !== undefined,
  );
  const isCancelled = order !== undefined && wordOf(order.status) === 'cancelled';
  return !isCancelled && lineOf(orders, subscription)?.quantity !== 0;
}

interface Listed {
  readonly subscriptions: readonly Subscription[];
  /** Undefined: refused to an application by itself. */
  readonly entitlements: readonly Entitlement[] | undefined;
  /** Something may be listed later. */
  readonly early: boolean;
}

/** Of an order of partial success, "partners should repurchase unfulfilled subscriptions" (article order-resources). */
export function isUnfulfilled(order: Order, line: Line, { entitlements, early }: Listed): boolean {
  if (early || wordOf(order.status) !== 'partialsuccess' || line.subscriptionId !== undefined) {
    return false;
  }
  // What is delivered without a subscription has an entitlement (article get-a-collection-of-entitlements).
  if (entitlements === undefined) return !mayHaveNoSubscription(line);
  return !entitlements.some(
    ({ referenceOrder: { id, lineItemId }, quantity }) =>
      isOrderNamed(order, id) && lineItemId === String(line.lineItemNumber) && quantity > 0,
  );
}

function stillHolds(order: Order, listed: Listed): boolean {
  const { subscriptions, early } = listed;
  if (cameToNothing(order)) return false;
  const { lineItems = [] } = order;
  // A subscription that is no longer listed is gone, unless its order is still under way.
  const isDone = (line: Line): boolean => {
    const { quantity, subscriptionId } = line;
    return (
      quantity === 0 ||
      isUnfulfilled(order, line, listed) ||
      (subscriptionId !== undefined &&
        (isListed(subscriptions, subscriptionId) || !(early || isUnderWay(order))))
    );
  };
  if (lineItems.length > 0) return !lineItems.every(isDone);
  return !subscriptions.some(({ orderId }) => isOrderNamed(order, orderId));
}

/** When the newest order in the lists was made. */
export function newestOrderMs(reads: Reads, customerId: string): number | undefined {
  const orders = ordersIn(reads, customerId);
  if (orders === undefined) return undefined;
  return Math.max(0, ...orders.map(({ creationDate }) => Date.parse(creationDate)));
}
