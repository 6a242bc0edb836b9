import type {
  AzureEntitlement,
  Cancelling,
  Order,
  Subscription,
  SubscriptionStatus,
} from './model.ts';
import { type Offer, type Product, products } from './products.ts';
import { isUnprocessed } from './reviews.ts';
import { pendingMs, type Seeding, until } from './seeding.ts';
import type { PurchaseSpec } from './spec.ts';
import { currentTerm } from './terms.ts';

const IMMEDIATE: Cancelling = { takesMs: 0, takesReads: 0 };

export interface SubscriptionSeed {
  spec: PurchaseSpec;
  order: Order;
  offer: Offer;
  parent: string | undefined;
  /** Of a line that came to nothing. */
  failed: boolean;
  seeding: Seeding;
}

/** The subscription of one line of an order, Azure subscriptions included. */
export function createSubscription(seed: SubscriptionSeed): Subscription {
  const { spec, order, offer, parent, failed, seeding } = seed;
  const { nowMs } = seeding;
  const product = products[spec.kind];
  const id = seeding.random.guid();
  const status = failed ? 'none' : subscriptionStatus(spec, order, product, seeding);
  const azureEntitlements = createAzureEntitlements(id, status, order.cancelling, seed);
  const shownOrderId = shownIdOf(spec, order);
  return {
    id,
    orderId: order.id,
    ...(shownOrderId === undefined ? {} : { shownOrderId }),
    kind: spec.kind,
    createdMs: order.createdMs,
    visibleAtMs: visibleAtMs(spec, order, nowMs),
    cancelling: subscriptionCancelling(spec, order.cancelling),
    offerId: offer.id,
    offerName: offer.name,
    ...(parent === undefined ? {} : { parentSubscriptionId: parent }),
    azureEntitlements,
    ...termOf(spec, product, order, seeding),
    ...patchRefusalOf(spec, nowMs),
    overspentUntilMs: overspentUntilMs(spec, nowMs),
    trial: spec.trial ?? false,
    activated: spec.activated ?? true,
    friendlyName: offer.name,
    quantity: spec.quantity ?? 1,
    autoRenew: spec.autoRenew ?? true,
    scheduledChanges: spec.scheduledChanges ?? false,
    status,
    ...(status === 'pending'
      ? { change: { to: 'active', dueMs: nowMs + pendingMs(spec), readsLeft: 0 } }
      : {}),
    version: 1,
  };
}

function shownIdOf({ subscriptionOrderId = 'id' }: PurchaseSpec, order: Order) {
  if (subscriptionOrderId === 'absent') return undefined;
  return subscriptionOrderId === 'alternateId' ? order.alternateId : order.id;
}

function visibleAtMs(spec: PurchaseSpec, order: Order, nowMs: number): number {
  if (isUnprocessed(order)) return Number.POSITIVE_INFINITY;
  const { subscriptionVisibleAfterMs } = spec;
  return subscriptionVisibleAfterMs === undefined
    ? order.visibleAtMs
    : nowMs + subscriptionVisibleAfterMs;
}

function termOf(spec: PurchaseSpec, product: Product, order: Order, seeding: Seeding) {
  const termDuration = spec.term ?? product.termDuration;
  const { createdMs, billingCycle } = order;
  return {
    billingCycle:
      spec.billingCycle ?? (spec.kind === order.kind ? billingCycle : product.billingCycle),
    ...(termDuration === undefined ? {} : { termDuration }),
    ...(product.renews
      ? {
          term: currentTerm(spec, { createdMs, termDuration }, seeding.nowMs, seeding.settings),
        }
      : {}),
  };
}

function patchRefusalOf({ patchRefusal, patchRefusalForMs }: PurchaseSpec, nowMs: number) {
  return patchRefusal === undefined
    ? {}
    : { patchRefusal: { code: patchRefusal, untilMs: until(patchRefusalForMs, nowMs) } };
}

function overspentUntilMs({ kind, status, overspentForMs }: PurchaseSpec, nowMs: number): number {
  const isOverspent = overspentForMs !== undefined || status === 'disabled';
  return kind === 'azure-plan' && isOverspent ? until(overspentForMs, nowMs) : 0;
}

/** Only what the purchase says itself: an Azure plan's time goes to the Azure subscriptions under it. */
function subscriptionCancelling(spec: PurchaseSpec, cancelling: Cancelling): Cancelling {
  if (spec.neverCancels === true) return cancelling;
  if (spec.kind === 'azure-plan') return IMMEDIATE;
  return { takesMs: spec.cancelTakesMs ?? 0, takesReads: spec.cancelTakesReads ?? 0 };
}

function subscriptionStatus(
  spec: PurchaseSpec,
  order: Order,
  product: Product,
  seeding: Seeding,
): SubscriptionStatus {
  const { status = 'active', kind } = spec;
  if (isUnprocessed(order)) return 'none';
  if (spec.migration !== undefined) return seeding.settings.migratingLicenceReads;
  if (status === 'released') return product.finalStatus ?? 'deleted';
  // A software order that is still being provisioned is pending itself; its subscription follows.
  if (status === 'pending' && product.cancelledByOrder) return 'active';
  // Spending disables a plan for a time, and is no state of its life cycle.
  return status === 'disabled' && kind === 'azure-plan' ? 'active' : status;
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
    status: planStatus === 'active' || planStatus === 'pending' ? 'active' : 'inactive',
  }));
}
