import { createAlternateId, createOrderId } from './identifiers.ts';
import type { Cancelling, Customer, Line, Order, OrderStatus, Subscription } from './model.ts';
import { isLegacy, type Offer, products, purchaseOrderOffers } from './products.ts';
import { createSubscription } from './seed-subscription.ts';
import { pendingMs, type Seeding } from './seeding.ts';
import type { PurchaseKind, PurchaseSpec } from './spec.ts';

const DAY_MS = 24 * 3_600_000;
const DEFAULT_AGE_DAYS = 1;

/** A draw from the seed unless the purchase says; a subscription's PATCH is documented as done when it returns. */
function cancellingOf(spec: PurchaseSpec, seeding: Seeding): Cancelling {
  if (spec.neverCancels === true) return { takesMs: Number.POSITIVE_INFINITY, takesReads: 0 };
  const takesReads = spec.cancelTakesReads ?? 0;
  const { azureCancelTakesMs, cancelTakesMs } = seeding.settings;
  const { lowest, highest } = spec.kind === 'azure-plan' ? azureCancelTakesMs : cancelTakesMs;
  const drawnMs = seeding.random.integer(lowest, highest);
  const saysOtherwise = spec.cancelTakesReads !== undefined;
  return { takesMs: spec.cancelTakesMs ?? (saysOtherwise ? 0 : drawnMs), takesReads };
}

/** Adds one order with its lines, and a subscription for each where the product has them. */
export function addOrder(customer: Customer, spec: PurchaseSpec, seeding: Seeding) {
  const added = createOrder(customer, spec, seeding);
  customer.orders.push(added.order);
  customer.subscriptions.push(...added.subscriptions);
  return added;
}

/** The same, not yet the customer's. */
export function createOrder(customer: Customer, spec: PurchaseSpec, seeding: Seeding) {
  const { random } = seeding;
  const parent = spec.addOn === true ? customer.subscriptions.at(-1)?.id : undefined;
  const order = createEmptyOrder(spec, seeding);
  seedStatus(order, spec, seeding.nowMs);
  const subscriptions: Subscription[] = [];
  const kinds = kindsOfLines(spec);
  for (const [number, kind] of kinds.entries()) {
    const lineSpec = { ...spec, kind };
    const offer = random.pick(offersOf(lineSpec));
    const failed = number >= kinds.length - countFailed(spec);
    const subscription = hasSubscription(kind, failed, seeding)
      ? createSubscription({ spec: lineSpec, order, offer, parent, failed, seeding })
      : undefined;
    if (subscription !== undefined) subscriptions.push(subscription);
    const subscriptionId = subscription?.id ?? idOfNothing(kind, failed, seeding);
    order.lines.push({
      ...createLine(number, offer, lineSpec, failed),
      ...(subscriptionId === undefined ? {} : { subscriptionId }),
      ...(parent === undefined ? {} : { parentSubscriptionId: parent }),
    });
  }
  return { order, subscriptions };
}

function createEmptyOrder(spec: PurchaseSpec, seeding: Seeding): Order {
  const { nowMs, random, settings } = seeding;
  const cancelling = cancellingOf(spec, seeding);
  const usualForm = isLegacy(spec.kind) ? 'guid' : 'long';
  const id = createOrderId(random, spec.orderIdForm ?? usualForm);
  const alternateId = createAlternateId(random, id, spec.alternateIdForm ?? 'short');
  const createdMs = nowMs - Math.round((spec.ageDays ?? DEFAULT_AGE_DAYS) * DAY_MS);
  const listedMs = Math.max(nowMs, createdMs + settings.newOrdersLateMs);
  return {
    id,
    ...(alternateId === undefined ? {} : { alternateId }),
    kind: spec.kind,
    createdMs,
    visibleAtMs: spec.visibleAfterMs === undefined ? listedMs : nowMs + spec.visibleAfterMs,
    cancelling,
    billingCycle: spec.billingCycle ?? products[spec.kind].billingCycle,
    errorHolds: settings.failedOrders === 'hold',
    lines: [],
    status: 'completed',
    version: 1,
  };
}

function seedStatus(order: Order, spec: PurchaseSpec, nowMs: number): void {
  const { cancelledByOrder } = products[spec.kind];
  if (spec.orderStatus !== undefined) {
    order.status = spec.orderStatus;
    order.change = processing(spec, nowMs);
  } else if (cancelledByOrder && spec.status === 'pending') {
    order.status = 'pending';
    order.change = { to: 'completed', dueMs: nowMs + pendingMs(spec), readsLeft: 0 };
  } else if (cancelledByOrder && spec.status === 'released') {
    order.status = 'cancelled';
  }
}

const PROCESSED_IN_TIME: ReadonlySet<OrderStatus> = new Set([
  'pending',
  'pending_review',
  'pending_po_upload',
  'po_upload_complete',
]);

/** Without a time it waits for a person, or for Microsoft, for ever. */
function processing(
  { orderStatus = 'completed', reviewEndsAs = 'completed', pendingForMs }: PurchaseSpec,
  nowMs: number,
): Order['change'] {
  if (pendingForMs === undefined || !PROCESSED_IN_TIME.has(orderStatus)) return undefined;
  return { to: reviewEndsAs, dueMs: nowMs + pendingForMs, readsLeft: 0 };
}

/** An order that waits for a purchase order is one of the offers that ask for it in the sandbox. */
function offersOf({ kind, orderStatus }: PurchaseSpec) {
  const asksForIt = orderStatus?.includes('po_') === true && kind === 'perpetual-software';
  return asksForIt ? purchaseOrderOffers : products[kind].offers;
}

const kindsOfLines = ({ kind, lines = 1, together = [] }: PurchaseSpec): PurchaseKind[] => [
  ...Array.from({ length: lines }, () => kind),
  ...together,
];

/** Of an order that reads `partial_success`, or will: "one or more subscriptions" (article order-resources). */
export function countFailed({ orderStatus, reviewEndsAs, failedLines = 1 }: PurchaseSpec): number {
  return orderStatus === 'partial_success' || reviewEndsAs === 'partial_success' ? failedLines : 0;
}

function hasSubscription(kind: PurchaseKind, failed: boolean, { settings }: Seeding): boolean {
  return (
    products[kind].hasSubscription && (!failed || settings.failedLineSubscription === 'listed')
  );
}

/** What a line that failed may show although there is no such subscription. */
function idOfNothing(kind: PurchaseKind, failed: boolean, { settings, random }: Seeding) {
  const isShown = failed && settings.failedLineSubscription === 'not-found';
  return isShown && products[kind].hasSubscription ? random.guid() : undefined;
}

function createLine(number: number, offer: Offer, spec: PurchaseSpec, failed: boolean): Line {
  return {
    number,
    kind: spec.kind,
    offerId: offer.id,
    friendlyName: offer.name,
    quantity: spec.quantity ?? 1,
    unfulfilled: spec.unfulfilled ?? 0,
    transferred: spec.transferred ?? 0,
    failed,
  };
}
