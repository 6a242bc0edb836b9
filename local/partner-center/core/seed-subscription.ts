import type {
  AzureEntitlement,
  Cancelling,
  Order,
  Subscription,
  SubscriptionStatus,
} from './model.ts';
import { type Offer, type Product, products } from './products.ts';
import { pendingMs, type Seeding } from './seeding.ts';
import type { PurchaseSpec } from './spec.ts';

const IMMEDIATE: Cancelling = { takesMs: 0, takesLooks: 0 };

export interface SubscriptionSeed {
  spec: PurchaseSpec;
  order: Order;
  offer: Offer;
  parent: string | undefined;
  seeding: Seeding;
}

/** The subscription of one line of an order, Azure subscriptions included. */
export function createSubscription(seed: SubscriptionSeed): Subscription {
  const { spec, order, offer, parent, seeding } = seed;
  const id = seeding.random.guid();
  const status = subscriptionStatus(spec, products[spec.kind]);
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
