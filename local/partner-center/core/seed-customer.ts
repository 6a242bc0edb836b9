import { createAlternateId, createOrderId } from './identifiers.ts';
import type {
  AzureEntitlement,
  Cancelling,
  Customer,
  Entitlement,
  Line,
  Order,
  Subscription,
  SubscriptionStatus,
} from './model.ts';
import { type Offer, type Product, products } from './products.ts';
import type { Random } from './random.ts';
import type { SandboxSettings } from './settings.ts';
import type { CustomerSpec, PurchaseSpec } from './spec.ts';

const DAY_MS = 24 * 3_600_000;
const DEFAULT_AGE_DAYS = 1;
const DEFAULT_PENDING_MS = 60_000;
const IMMEDIATE: Cancelling = { takesMs: 0, takesLooks: 0 };
const COMPANY_NAMES = [
  'Contoso',
  'Fabrikam',
  'Northwind',
  'Tailspin',
  'Wingtip',
  'Adatum',
] as const;

/** Where and when a customer is seeded. */
export interface Seeding {
  readonly nowMs: number;
  readonly random: Random;
  readonly settings: SandboxSettings;
  readonly sequence: number;
}

/** The identifiers that one purchase got. */
export interface PurchaseIds {
  readonly kind: PurchaseSpec['kind'];
  readonly orderIds: string[];
  readonly alternateIds: string[];
  readonly subscriptionIds: string[];
  readonly azureEntitlementIds: string[];
}

/**
 * Builds a customer as the spec describes it.
 *
 * @throws Error with a sentence if a purchase asks for what its kind cannot have.
 */
export function seedCustomer(
  spec: CustomerSpec,
  seeding: Seeding,
): { customer: Customer; purchases: PurchaseIds[] } {
  const { random, sequence, nowMs } = seeding;
  const companyName = spec.companyName ?? `${random.pick(COMPANY_NAMES)} test ${sequence}`;
  const customer: Customer = {
    id: spec.id?.toLowerCase() ?? random.guid(),
    sequence,
    domain: spec.domain ?? `tip${sequence}${random.text(6, 'abcdefgh')}.onmicrosoft.com`,
    companyName,
    createdMs: nowMs,
    invalidAddress: spec.invalidAddress ?? false,
    ...(spec.expected === undefined ? {} : { expected: spec.expected }),
    orders: [],
    subscriptions: [],
    entitlements: [],
  };
  return {
    customer,
    purchases: (spec.purchases ?? []).map((purchase) => addPurchase(customer, purchase, seeding)),
  };
}

/** Adds one more purchase to a customer that exists. */
export function addPurchase(customer: Customer, spec: PurchaseSpec, seeding: Seeding): PurchaseIds {
  const product = products[spec.kind];
  requirePossible(spec, product);
  const main = addOrder(customer, spec, product, seeding);
  const nested = Array.from({ length: spec.nested ?? 0 }, () =>
    addOrder(customer, spec, product, seeding),
  );
  addEntitlements(
    customer,
    spec,
    main.order,
    nested.map(({ order }) => order),
    seeding.random,
  );
  const all = [main, ...nested];
  const subscriptions = all.flatMap((added) => added.subscriptions);
  return {
    kind: spec.kind,
    orderIds: all.map(({ order }) => order.id),
    alternateIds: all.map(({ order }) => order.alternateId),
    subscriptionIds: subscriptions.map(({ id }) => id),
    azureEntitlementIds: subscriptions.flatMap((one) => one.azureEntitlements.map(({ id }) => id)),
  };
}

function requirePossible(spec: PurchaseSpec, product: Product): void {
  const asksForEntitlements = (spec.entitlements ?? 0) + (spec.nested ?? 0) > 0;
  if (asksForEntitlements && product.entitlementType === undefined) {
    throw new Error(
      `A purchase of kind "${spec.kind}" has no entitlements: leave out "entitlements" and "nested", or choose a reservation or software.`,
    );
  }
  if (spec.azureSubscriptions !== undefined && spec.kind !== 'azure-plan') {
    throw new Error(
      `A purchase of kind "${spec.kind}" has no Azure subscriptions: leave out "azureSubscriptions", or choose an azure-plan.`,
    );
  }
  const general =
    spec.status === undefined || ['active', 'pending', 'released'].includes(spec.status);
  if (!general && !product.hasSubscription) {
    throw new Error(
      `A purchase of kind "${spec.kind}" has no subscription that could be ${spec.status}: use "active", "pending" or "released".`,
    );
  }
}

/** A draw from the seed unless the purchase says; a subscription's PATCH is documented as done when it returns. */
function cancellingOf(spec: PurchaseSpec, seeding: Seeding): Cancelling {
  if (spec.neverCancels === true) return { takesMs: Number.POSITIVE_INFINITY, takesLooks: 0 };
  const takesLooks = spec.cancelTakesLooks ?? 0;
  const { lowest, highest } = seeding.settings.cancelTakesMs;
  const drawnMs = seeding.random.integer(lowest, highest);
  const saysOtherwise = spec.cancelTakesLooks !== undefined;
  return { takesMs: spec.cancelTakesMs ?? (saysOtherwise ? 0 : drawnMs), takesLooks };
}

function addOrder(customer: Customer, spec: PurchaseSpec, product: Product, seeding: Seeding) {
  const { nowMs, random } = seeding;
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
  for (let number = 0; number < (spec.lines ?? 1); number += 1) {
    const offer = random.pick(product.offers);
    const subscription = product.hasSubscription
      ? createSubscription({ spec, product, order, offer, parent, seeding })
      : undefined;
    if (subscription !== undefined) subscriptions.push(subscription);
    order.lines.push(createLine(number, offer, spec, subscription, parent));
  }
  customer.orders.push(order);
  customer.subscriptions.push(...subscriptions);
  return { order, subscriptions };
}

const pendingMs = (spec: PurchaseSpec) => spec.pendingForMs ?? DEFAULT_PENDING_MS;

function createLine(
  number: number,
  offer: Offer,
  spec: PurchaseSpec,
  subscription: Subscription | undefined,
  parent: string | undefined,
): Line {
  return {
    number,
    offerId: offer.id,
    friendlyName: offer.name,
    quantity: spec.quantity ?? 1,
    ...(subscription === undefined ? {} : { subscriptionId: subscription.id }),
    ...(parent === undefined ? {} : { parentSubscriptionId: parent }),
  };
}

interface SubscriptionSeed {
  spec: PurchaseSpec;
  product: Product;
  order: Order;
  offer: Offer;
  parent: string | undefined;
  seeding: Seeding;
}

function createSubscription(seed: SubscriptionSeed): Subscription {
  const { spec, product, order, offer, parent, seeding } = seed;
  const id = seeding.random.guid();
  const status = subscriptionStatus(spec, product);
  return {
    id,
    orderId: order.id,
    kind: spec.kind,
    createdMs: order.createdMs,
    visibleAtMs: order.visibleAtMs,
    cancelling: subscriptionCancelling(spec, order.cancelling),
    offerId: offer.id,
    offerName: offer.name,
    trial: spec.trial ?? false,
    ...(parent === undefined ? {} : { parentSubscriptionId: parent }),
    azureEntitlements: createAzureEntitlements(id, status, order.cancelling, seed),
    friendlyName: offer.name,
    quantity: spec.quantity ?? 1,
    autoRenew: spec.trial !== true,
    status,
    ...(status === 'pending'
      ? { change: { to: 'active', dueMs: seeding.nowMs + pendingMs(spec), looksLeft: 0 } }
      : {}),
    version: 1,
  };
}

/** Only what the purchase says itself: an Azure plan's time goes to the Azure subscriptions under it. */
function subscriptionCancelling(spec: PurchaseSpec, cancelling: Cancelling): Cancelling {
  if (spec.neverCancels === true) return cancelling;
  if (spec.kind === 'azure-plan') return IMMEDIATE;
  return { takesMs: spec.cancelTakesMs ?? 0, takesLooks: spec.cancelTakesLooks ?? 0 };
}

function subscriptionStatus(spec: PurchaseSpec, product: Product): SubscriptionStatus {
  const status = spec.status ?? 'active';
  if (status === 'released') return product.finalStatus ?? 'deleted';
  // A software order that is still being provisioned is pending itself; its subscription follows.
  if (status === 'pending' && product.cancelledByOrder) return 'active';
  return status;
}

function createAzureEntitlements(
  subscriptionId: string,
  planStatus: SubscriptionStatus,
  cancelling: Cancelling,
  { spec, seeding }: SubscriptionSeed,
): AzureEntitlement[] {
  const length = spec.kind === 'azure-plan' ? (spec.azureSubscriptions ?? 1) : 0;
  return Array.from({ length }, (_, index) => ({
    id: seeding.random.guid(),
    subscriptionId,
    friendlyName: `Azure subscription ${index + 1}`,
    cancelling,
    status: planStatus === 'active' || planStatus === 'pending' ? 'active' : 'canceled',
  }));
}

function addEntitlements(
  customer: Customer,
  spec: PurchaseSpec,
  order: Order,
  nested: readonly Order[],
  random: Random,
): void {
  if (products[spec.kind].entitlementType === undefined) return;
  const create = (orderId: string, lineNumber: number): Entitlement => ({
    orderId,
    lineNumber,
    resourceId: random.guid(),
    included: [],
  });
  const count = spec.entitlements ?? order.lines.length;
  const shown = Array.from({ length: Math.max(count, nested.length > 0 ? 1 : 0) }, (_, index) =>
    create(order.id, index % order.lines.length),
  );
  let holder = shown[0];
  for (const inner of nested) {
    const entitlement = create(inner.id, 0);
    holder?.included.push(entitlement);
    holder = entitlement;
  }
  customer.entitlements.push(...shown);
}
