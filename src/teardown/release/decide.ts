import type { Inventory } from '../inventory/inventory.ts';
import { isSettled } from '../inventory/listing-lag.ts';
import { isUnderReview, isUnfulfilled } from '../inventory/order-states.ts';
import type { Purchase } from '../inventory/purchase.ts';
import { purchasesOf } from '../inventory/purchases-of.ts';
import type { Call } from '../model/call.ts';
import type { Parked } from '../model/outcome.ts';
import { addOnsFirst, type InOrder, readyInOrder } from './add-ons-first.ts';
import { endingByItself } from './ending-by-itself.ts';
import { isEmptied, isReleased, isWaitingForListing } from './is-released.ts';
import { mergeOrderCalls } from './merge-order-calls.ts';
import { releaseOf } from './products/strategies.ts';
import type { Step } from './products/strategy.ts';
import { namesOf, orderIdsOf } from './purchase-names.ts';
import { riskiestFirst, splitByHold } from './riskiest-first.ts';
import {
  isUnknown,
  isUnreleasable,
  mergeParked,
  tooLate,
  unknown,
  unreleasable,
} from './unreleasable.ts';

export type Decision =
  /** Nothing blocks deletion any more. */
  | { readonly kind: 'delete' }
  /** Calls to make now (or none, while waiting), calls that must wait for these, and what still blocks. */
  | {
      readonly kind: 'release';
      readonly now: readonly Call[];
      readonly later: readonly Call[];
      readonly blockers: readonly string[];
      /** All that still blocks. */
      readonly open: readonly Purchase[];
      /** Of these, what a call is made for now, and what is pending: the others wait for these. */
      readonly awaited: readonly Purchase[];
      /** The orders of the blockers. */
      readonly orderIds: readonly string[];
      /** Those whose order waits for a person: for the partner's purchase order, or for a review. */
      readonly underReview: readonly Purchase[];
      /**
       * The blockers include an unknown product that cannot be judged until the lists have settled; nothing is written
       * before.
       */
      readonly isUnjudged: boolean;
      /** The blockers include a subscription that is not listed yet, so it is not known how to release it. */
      readonly isUnlisted: boolean;
    }
  /** No call will ever release this. */
  | {
      readonly kind: 'unreleasable';
      readonly parked: Parked;
      /** Calls after which it ends by itself. */
      readonly now: readonly Call[];
    };

/**
 * Decides what to do with a customer that holds this. Pure. If one purchase can never be released, the customer cannot
 * be deleted, so nothing else is cancelled either. Until the lists have settled, an unknown product is not judged, nor
 * a line whose subscription is not listed, and nothing is cancelled meanwhile. What is pending, or waits for a person, and
 * may then be refused for good, holds back what is less risky.
 */
export function decide(inventory: Inventory, nowMs: number, startedMs: number): Decision {
  const settled = (purchase: Purchase) => isSettled(sinceOf(purchase, startedMs, nowMs), nowMs);
  const areRead = inventory.entitlements !== undefined;
  const open = purchasesOf(inventory).filter((each) => !isReleased(each, settled(each), areRead));
  if (open.length === 0) return { kind: 'delete' };
  const isForLater = (purchase: Purchase): boolean =>
    isWaiting(purchase, settled(purchase)) && !isUnlistedByName(purchase);
  const toRelease = open.filter((purchase) => !isForLater(purchase));
  const unjudged = open.filter(isUndecided);
  const judged = unjudged.filter((each) => settled(each) && !isToBeFulfilled(each));
  const parked = unreleasableIn(open, judged, startedMs);
  if (parked !== undefined) {
    return { kind: 'unreleasable', parked, now: endingByItself(open, judged, startedMs) };
  }
  const waiting = open.filter(isForLater);
  const { free, held } = splitByHold(riskiestFirst(toRelease, nowMs), waiting, nowMs);
  const inOrder = readyInOrder(free, [...held, ...waiting]);
  const isUnjudged = unjudged.length > 0;
  // Only a listed subscription shows what it is; it may be something that no call releases.
  const isUnlisted = open.some(
    (each) =>
      (!settled(each) && isWaitingForListing(each)) || isAssumedEarly(each, startedMs, nowMs),
  );
  const ready =
    isUnjudged || isUnlisted ? { now: [], blocked: [...inOrder.now, ...inOrder.blocked] } : inOrder;
  const isBlocked = isBlockedAmong(open);
  const withWaiting = { ...ready, blocked: addOnsFirst([...ready.blocked, ...held, ...waiting]) };
  return {
    ...release(open, withWaiting, inventory, (each) => stepsAt(each, nowMs, isBlocked(each))),
    open,
    awaited: [...ready.now, ...waiting].filter((each) => !isBlocked(each)),
    isUnjudged,
    isUnlisted,
  };
}

/** Its line names no subscription, but may have one that was bought too recently to be listed. */
function isAssumedEarly(purchase: Purchase, startedMs: number, nowMs: number): boolean {
  const boughtMs = Math.min(purchase.order?.createdMs ?? startedMs, nowMs);
  return releaseOf(purchase).isAssumed === true && !isSettled(boughtMs, nowMs);
}

/** How it is released is not known, or only the line of an order says that nothing releases it. */
function isUndecided(purchase: Purchase): boolean {
  const isShown = !isWaitingForListing(purchase) && !isEmptied(purchase);
  return (isShown && isUnknown(purchase)) || isUnlistedByName(purchase);
}

/** Its order is still to bring about what it is: only the line says something so far. */
function isToBeFulfilled(purchase: Purchase): boolean {
  const { order, subscription, entitlement } = purchase;
  const isOnlyLine = subscription === undefined && entitlement === undefined;
  return isOnlyLine && isUnfulfilled(order) && isUnknown(purchase);
}

/** When the lists began to settle: at the beginning of the teardown, or at a later order. */
function sinceOf({ order }: Purchase, startedMs: number, nowMs: number): number {
  return Math.max(startedMs, Math.min(order?.createdMs ?? startedMs, nowMs));
}

function unreleasableIn(
  open: readonly Purchase[],
  judged: readonly Purchase[],
  startedMs: number,
): Parked | undefined {
  // An order may stay pending while it is cancelled, but one that is too old stays too old. A subscription that is not
  // listed may have ended long ago.
  const listed = open.filter((purchase) => !isWaitingForListing(purchase));
  const named = unreleasable([...open.filter(isUnreleasable), ...judged]);
  return mergeParked(
    [named, unknown(judged.filter(isUnknown)), tooLate(listed, startedMs)].filter(
      (each) => each !== undefined,
    ),
  );
}

/** No call releases its product, but so far only the line of an order says what it is. */
function isUnlistedByName(purchase: Purchase): boolean {
  return !isUnreleasable(purchase) && releaseOf(purchase).unreleasable !== undefined;
}

function isWaiting(purchase: Purchase, settled: boolean): boolean {
  return (
    purchase.order?.status === 'pending' ||
    purchase.subscription?.status === 'pending' ||
    isWaitingForListing(purchase) ||
    isEmptied(purchase) ||
    (!settled && isUnderReview(purchase.order))
  );
}

function release(
  open: readonly Purchase[],
  { now, blocked }: InOrder,
  inventory: Inventory,
  stepsOf: (purchase: Purchase) => readonly Step[],
) {
  const first = now.flatMap((purchase) => stepsOf(purchase).slice(0, 1).flat());
  const rest = [
    ...now.map((purchase) => ({ purchase, steps: stepsOf(purchase).slice(1) })),
    ...blocked.map((purchase) => ({ purchase, steps: stepsOf(purchase) })),
  ];
  // An Azure plan is suspended last.
  const later = rest.toSorted((a, b) => isLast(a.purchase) - isLast(b.purchase));
  return {
    kind: 'release' as const,
    now: mergeOrderCalls(first, inventory.orders),
    later: mergeOrderCalls(
      later.flatMap(({ steps }) => steps.flat()),
      inventory.orders,
    ),
    blockers: namesOf(open),
    orderIds: orderIdsOf(open),
    underReview: open.filter(({ order }) => isUnderReview(order)),
  };
}

const isLast = (purchase: Purchase): number => (releaseOf(purchase).afterReservations ? 1 : 0);

/** Tests whether the last step of a purchase waits until no reservation stands. */
function isBlockedAmong(open: readonly Purchase[]): (purchase: Purchase) => boolean {
  const reservationsStand = open.some((each) => releaseOf(each).mayBeReservation);
  return (purchase) => {
    const { steps, afterReservations } = releaseOf(purchase);
    return reservationsStand && afterReservations === true && steps.length === 1;
  };
}

function stepsAt(purchase: Purchase, nowMs: number, isBlocked: boolean): readonly Step[] {
  const { steps, otherSteps } = releaseOf(purchase);
  const due = otherSteps !== undefined && otherSteps.afterMs < nowMs ? otherSteps.steps : steps;
  return isBlocked ? [[], ...due] : due;
}
