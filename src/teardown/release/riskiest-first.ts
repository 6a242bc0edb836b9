import type { Purchase } from '../inventory/purchase.ts';
import { releaseOf } from './products/strategies.ts';
import { RISKS } from './products/strategy.ts';

/**
 * Sorts the purchases that are most likely to be refused for good first, and older before newer ones. So where only an
 * answer shows that the customer cannot be deleted, it comes before anything else is cancelled.
 */
export function riskiestFirst(purchases: readonly Purchase[]): readonly Purchase[] {
  const ranks = new Map(purchases.map((purchase) => [purchase, rankOf(purchase)]));
  const rank = (purchase: Purchase): number => ranks.get(purchase) ?? 0;
  return purchases.toSorted((a, b) => rank(a) - rank(b) || boughtMs(a) - boughtMs(b));
}

/** 0 for the most likely to be refused for good. */
export const rankOf = (purchase: Purchase): number => RISKS.indexOf(releaseOf(purchase).risk);

/** The rank of what has no age limit, such as Azure subscriptions. */
export const LAST_RANK = RISKS.length - 1;

/** Whether there may be a cancellation window that only an answer shows. */
export function hasWindow(purchase: Purchase): boolean {
  const { risk } = releaseOf(purchase);
  return risk === 'certain-window' || risk === 'possible-window';
}

const boughtMs = ({ order, subscription }: Purchase): number =>
  order?.createdMs ?? subscription?.createdMs ?? 0;
