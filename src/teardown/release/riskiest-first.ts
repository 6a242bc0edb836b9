import { isUnderReview } from '../inventory/order-states.ts';
import type { Purchase } from '../inventory/purchase.ts';
import { releaseOf } from './products/strategies.ts';

/**
 * The risk that a purchase is refused for good, the highest first. The windows of the articles are those of production;
 * whether a sandbox enforces them is UNCONFIRMED, so they decide the order of the calls, and nothing else.
 */
const RANKS = [
  /** Its order waits for a person. */
  'under-review',
  'window-over',
  /** It has a window, or may have one, and nothing tells its end. */
  'window-unknown',
  'certain-window',
  'possible-window',
  'by-order',
  /** The service says that it can be cancelled today. */
  'told-possible',
  'never-late',
] as const;

type Rank = (typeof RANKS)[number];

/** The rank of what has no age limit, such as Azure subscriptions. */
export const LAST_RANK = RANKS.length - 1;

/**
 * Sorts the purchases that are most likely to be refused for good first, and of these the one whose window ended first.
 * So where only an answer shows that the customer cannot be deleted, it comes before anything else is cancelled.
 */
export function riskiestFirst(purchases: readonly Purchase[], nowMs: number): readonly Purchase[] {
  return purchases
    .map((purchase) => ({ purchase, rank: rankOf(purchase, nowMs), dueMs: dueMs(purchase) }))
    .toSorted((a, b) => a.rank - b.rank || a.dueMs - b.dueMs)
    .map(({ purchase }) => purchase);
}

/** 0 for the most likely to be refused for good. */
export function rankOf(purchase: Purchase, nowMs: number): number {
  return RANKS.indexOf(riskOf(purchase, nowMs));
}

/**
 * Whether a refusal for a time (409/900278, up to 24 hours) may become one for good: less risky purchases then wait, or
 * they would be cancelled in vain.
 */
export function mayBecomeTooLate(purchase: Purchase, nowMs: number): boolean {
  return rankOf(purchase, nowMs) <= RANKS.indexOf('possible-window');
}

/**
 * Splits what can be ended now by what has to wait: what is less risky than something that waits, and may then be
 * refused for good, is held back, or it would be cancelled in vain.
 */
export function splitByHold(
  purchases: readonly Purchase[],
  waiting: readonly Purchase[],
  nowMs: number,
): { readonly free: readonly Purchase[]; readonly held: readonly Purchase[] } {
  const holding = waiting.filter((each) => holdsBack(each, nowMs));
  const maxRank = Math.min(LAST_RANK, ...holding.map((each) => rankOf(each, nowMs)));
  const isHeld = (purchase: Purchase) => rankOf(purchase, nowMs) > maxRank;
  return {
    free: purchases.filter((each) => !isHeld(each)),
    held: purchases.filter(isHeld),
  };
}

/**
 * Whether less risky purchases wait while this one is pending. Not where its window is known to be open, because what
 * is pending is so for minutes, mostly.
 */
export function holdsBack(purchase: Purchase, nowMs: number): boolean {
  return rankOf(purchase, nowMs) <= RANKS.indexOf('window-unknown');
}

function riskOf(purchase: Purchase, nowMs: number): Rank {
  if (isUnderReview(purchase.order)) return 'under-review';
  const { risk, toldUntilMs, isAssumed } = releaseOf(purchase);
  if (risk === 'never-late') return risk;
  if (toldUntilMs !== undefined && toldUntilMs >= nowMs) return 'told-possible';
  const endMs = windowEndMs(purchase);
  if (endMs === undefined) return 'window-unknown';
  if (endMs >= nowMs) return risk;
  // Possibly a product without this window.
  return isAssumed ? 'window-unknown' : 'window-over';
}

function windowEndMs(purchase: Purchase): number | undefined {
  const { publishedUntilMs, cancellableUntilMs } = releaseOf(purchase);
  const ends = [publishedUntilMs, cancellableUntilMs].filter((each) => each !== undefined);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** The end of its window, or when it was bought. */
function dueMs(purchase: Purchase): number {
  const { order, subscription } = purchase;
  return windowEndMs(purchase) ?? order?.createdMs ?? subscription?.createdMs ?? 0;
}
