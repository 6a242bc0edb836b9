import type { Call } from '../call.ts';
import type { Inventory, Unread } from '../inventory.ts';
import { isSettled } from '../listing-lag.ts';
import type { Parked } from '../outcome.ts';
import { type InOrder, readyInOrder } from './add-ons-first.ts';
import { impossible, tooOld } from './impossible.ts';
import { isReleased, isWaitingForListing } from './is-released.ts';
import { mergeOrderCalls } from './merge-order-calls.ts';
import { namesOf, orderIdsOf } from './purchase-names.ts';
import { purchasesOf } from './purchases-of.ts';
import { releaseOf } from './strategies.ts';
import type { Purchase, Step } from './strategy.ts';

export type Decision =
  /** Nothing blocks deletion any more. */
  | { readonly kind: 'delete' }
  /** Calls to make now (perhaps none: only waiting), calls that must wait for these, and what still blocks. */
  | {
      readonly kind: 'release';
      readonly now: readonly Call[];
      readonly later: readonly Call[];
      readonly blockers: readonly string[];
      /** The orders behind these. */
      readonly orderIds: readonly string[];
    }
  /** No call will ever release this. */
  | { readonly kind: 'impossible'; readonly parked: Parked };

/**
 * What to do with a customer that holds this. Pure. Impossible comes first: where one purchase can never be
 * released, the customer cannot be deleted, so nothing else is cancelled either.
 */
export function decide(inventory: Inventory, nowMs: number, startedMs: number): Decision {
  const settled = isSettled(startedMs, nowMs);
  const open = purchasesOf(inventory).filter((purchase) => !isReleased(purchase, settled));
  if (open.length === 0) return { kind: 'delete' };
  const isForLater = (purchase: Purchase): boolean =>
    isWaiting(purchase) || isUnread(purchase, inventory.unread);
  const toRelease = open.filter((purchase) => !isForLater(purchase));
  // An order may stay pending while it is cancelled; one that was too old before will never be anything else. What is
  // not listed yet may have ended long ago.
  const listed = open.filter((purchase) => !isWaitingForListing(purchase));
  const parked = impossible(toRelease, nowMs) ?? tooOld(listed, startedMs);
  if (parked !== undefined) return { kind: 'impossible', parked };
  return release(open, readyInOrder(toRelease, open.filter(isForLater)), inventory);
}

function isWaiting(purchase: Purchase): boolean {
  return (
    purchase.order?.status === 'pending' ||
    purchase.subscription?.status === 'pending' ||
    isWaitingForListing(purchase)
  );
}

/** What it is, or what to do about it, is in a list that was not read this time: for the next look. */
export function isUnread({ subscription }: Purchase, unread: Unread | undefined): boolean {
  if (unread === undefined) return false;
  return subscription === undefined
    ? unread.entitlements
    : unread.planIds.includes(subscription.id);
}

function release(
  open: readonly Purchase[],
  { now, held }: InOrder,
  inventory: Inventory,
): Decision {
  const steps = now.map(stepsOf);
  const later = [...steps.map((each) => each.slice(1)), ...held.map(stepsOf)];
  return {
    kind: 'release',
    now: mergeOrderCalls(
      steps.flatMap((each) => each.slice(0, 1).flat()),
      inventory.orders,
    ),
    later: mergeOrderCalls(later.flat(2), inventory.orders),
    blockers: namesOf(open),
    orderIds: orderIdsOf(open),
  };
}

function stepsOf(purchase: Purchase): readonly Step[] {
  return releaseOf(purchase).steps;
}
