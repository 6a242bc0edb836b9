import type { Call } from '../call.ts';
import type { Inventory } from '../inventory.ts';
import { mergeOrderCalls } from './merge-order-calls.ts';
import { purchasesOf } from './purchases-of.ts';
import { strategyFor } from './strategies.ts';
import type { Purchase } from './strategy.ts';
import { tooOldSinceMs } from './too-old.ts';

/** Orders may appear this late in the lists (source: "Get all of a customer's orders"). */
export const LISTING_LAG_MS = 15 * 60 * 1000;

export type Decision =
  /** Nothing blocks deletion any more. */
  | { readonly kind: 'delete' }
  /** Calls to make now (perhaps none: only waiting), calls that must wait for these, and what still blocks. */
  | {
      readonly kind: 'release';
      readonly now: readonly Call[];
      readonly later: readonly Call[];
      readonly blockers: readonly string[];
    }
  /** No call will ever release this. */
  | {
      readonly kind: 'impossible';
      readonly reason: 'cannot-cancel' | 'unknown-product';
      readonly explanation: string;
      readonly orderIds: readonly string[];
    };

/**
 * What to do with a customer that holds this. Pure. Impossible comes first: where one purchase can never be
 * released, the customer cannot be deleted, so nothing else is cancelled either.
 */
export function decide(inventory: Inventory, nowMs: number, startedMs: number): Decision {
  const settled = nowMs - startedMs >= LISTING_LAG_MS;
  const open = purchasesOf(inventory).filter((purchase) => !isReleased(purchase, settled));
  if (open.length === 0) return { kind: 'delete' };
  return impossible(open, nowMs) ?? release(open, inventory);
}

function isReleased(purchase: Purchase, settled: boolean): boolean {
  const { order, line, subscription, entitlement } = purchase;
  if (order?.status === 'cancelled' && subscription === undefined) return true;
  if (line?.quantity === 0 && subscription === undefined) return true;
  if (order === undefined && entitlement?.quantity === 0) return true;
  // What no list shows once the listing lag is over has gone: it cannot be cancelled and does not block.
  if (settled && order === undefined && subscription === undefined) return true;
  if (settled && isWaitingForListing(purchase)) return true;
  return strategyFor(purchase)?.isReleased(purchase) ?? false;
}

/** Its line names a subscription that the list does not show (yet, or any more). */
function isWaitingForListing({ line, subscription }: Purchase): boolean {
  return line?.subscriptionId !== undefined && subscription === undefined;
}

function isWaiting(purchase: Purchase): boolean {
  return (
    purchase.order?.status === 'pending' ||
    purchase.subscription?.status === 'pending' ||
    isWaitingForListing(purchase)
  );
}

function impossible(open: readonly Purchase[], nowMs: number): Decision | undefined {
  const unknown = open.filter((each) => !isWaiting(each) && strategyFor(each) === undefined);
  if (unknown.length > 0) {
    return {
      kind: 'impossible',
      reason: 'unknown-product',
      explanation: `Nobody has described how to cancel ${unknown.map(nameOf).join('; ')}.`,
      orderIds: orderIdsOf(unknown),
    };
  }
  const old = open.flatMap((purchase) => {
    const sinceMs = isWaiting(purchase) ? undefined : tooOldSinceMs(purchase, nowMs);
    return sinceMs === undefined ? [] : [{ purchase, sinceMs }];
  });
  if (old.length === 0) return undefined;
  const list = old.map(
    ({ purchase, sinceMs }) =>
      `${nameOf(purchase)} since ${new Date(sinceMs).toISOString().slice(0, 10)}`,
  );
  return {
    kind: 'impossible',
    reason: 'cannot-cancel',
    explanation: `Sandbox orders older than 60 days cannot be cancelled: ${list.join('; ')}.`,
    orderIds: orderIdsOf(old.map(({ purchase }) => purchase)),
  };
}

function release(open: readonly Purchase[], inventory: Inventory): Decision {
  const steps = open
    .filter((purchase) => !isWaiting(purchase))
    .toSorted(addOnsFirst)
    .map((purchase) => strategyFor(purchase)?.steps(purchase) ?? []);
  return {
    kind: 'release',
    now: mergeOrderCalls(
      steps.flatMap(([first]) => first ?? []),
      inventory.orders,
    ),
    later: mergeOrderCalls(
      steps.flatMap(([, ...rest]) => rest.flat()),
      inventory.orders,
    ),
    blockers: open.map(nameOf),
  };
}

/** An add-on ends before the subscription it hangs on, or the parent would be refused. */
function addOnsFirst(a: Purchase, b: Purchase): number {
  const rank = ({ subscription }: Purchase) => (subscription?.parentSubscriptionId ? 0 : 1);
  return rank(a) - rank(b);
}

/** A purchase in words, for people: what it is, its ids, how it reads. */
export function nameOf(purchase: Purchase): string {
  const { order, subscription, entitlement } = purchase;
  const product =
    strategyFor(purchase)?.product ??
    `product type "${subscription?.productType ?? entitlement?.type ?? order?.billingCycle ?? ''}"`;
  const parts = [
    ...(order ? [`order ${order.id} (${order.status})`] : []),
    ...(subscription ? [`subscription ${subscription.id} (${subscription.status})`] : []),
    ...(!order && entitlement ? [`order ${entitlement.orderId} (not listed)`] : []),
  ];
  return `${product}: ${parts.join(', ')}`;
}

function orderIdsOf(purchases: readonly Purchase[]): readonly string[] {
  const ids = purchases.map(
    ({ order, subscription, entitlement }) =>
      order?.id ?? subscription?.orderId ?? entitlement?.orderId ?? subscription?.id,
  );
  return [...new Set(ids.filter((id) => id !== undefined))];
}
