import { createAlternateId, createOrderId } from './identifiers.ts';
import type { Cancelling, Customer, Line, Order, Subscription } from './model.ts';
import { type Offer, products } from './products.ts';
import { createSubscription } from './seed-subscription.ts';
import { pendingMs, type Seeding } from './seeding.ts';
import type { PurchaseKind, PurchaseSpec } from './spec.ts';

const DAY_MS = 24 * 3_600_000;
const DEFAULT_AGE_DAYS = 1;

/** A draw from the seed unless the purchase says; a subscription's PATCH is documented as done when it returns. */
function cancellingOf(spec: PurchaseSpec, seeding: Seeding): Cancelling {
  if (spec.neverCancels === true) return { takesMs: Number.POSITIVE_INFINITY, takesLooks: 0 };
  const takesLooks = spec.cancelTakesLooks ?? 0;
  const { lowest, highest } = seeding.settings.cancelTakesMs;
  const drawnMs = seeding.random.integer(lowest, highest);
  const saysOtherwise = spec.cancelTakesLooks !== undefined;
  return { takesMs: spec.cancelTakesMs ?? (saysOtherwise ? 0 : drawnMs), takesLooks };
}

/** Adds one order with its lines, and a subscription for each where the product has them. */
export function addOrder(customer: Customer, spec: PurchaseSpec, seeding: Seeding) {
  const { nowMs, random } = seeding;
  const product = products[spec.kind];
  const cancelling = cancellingOf(spec, seeding);
  const parent = spec.addOn === true ? customer.subscriptions.at(-1)?.id : undefined;
  const id = createOrderId(random, spec.kind === 'licence');
  const timing = {
    createdMs: nowMs - Math.round((spec.ageDays ?? DEFAULT_AGE_DAYS) * DAY_MS),
    visibleAtMs: nowMs + (spec.visibleAfterMs ?? 0),
  };
  const order: Order = {
    id,
    alternateId: createAlternateId(random),
    kind: spec.kind,
    ...timing,
    cancelling,
    lines: [],
    status: 'completed',
    version: 1,
  };
  if (product.cancelledByOrder && spec.status === 'pending') {
    order.status = 'pending';
    order.change = { to: 'completed', dueMs: nowMs + pendingMs(spec), looksLeft: 0 };
  } else if (product.cancelledByOrder && spec.status === 'released') {
    order.status = 'cancelled';
  }
  const subscriptions: Subscription[] = [];
  for (const [number, kind] of kindsOfLines(spec).entries()) {
    const lineSpec = { ...spec, kind };
    const offer = random.pick(products[kind].offers);
    const subscription = products[kind].hasSubscription
      ? createSubscription({ spec: lineSpec, order, offer, parent, seeding })
      : undefined;
    if (subscription !== undefined) subscriptions.push(subscription);
    order.lines.push(createLine(number, offer, lineSpec, subscription, parent));
  }
  customer.orders.push(order);
  customer.subscriptions.push(...subscriptions);
  return { order, subscriptions };
}

const kindsOfLines = ({ kind, lines = 1, together = [] }: PurchaseSpec): PurchaseKind[] => [
  ...Array.from({ length: lines }, () => kind),
  ...together,
];

function createLine(
  number: number,
  offer: Offer,
  spec: PurchaseSpec,
  subscription: Subscription | undefined,
  parent: string | undefined,
): Line {
  return {
    number,
    kind: spec.kind,
    offerId: offer.id,
    friendlyName: offer.name,
    quantity: spec.quantity ?? 1,
    ...(subscription === undefined ? {} : { subscriptionId: subscription.id }),
    ...(parent === undefined ? {} : { parentSubscriptionId: parent }),
  };
}
