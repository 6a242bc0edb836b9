import type { Purchase } from '../inventory/purchase.ts';
import { releaseOf } from './products/strategies.ts';
import { RISKS } from './products/strategy.ts';

/**
 * What is likeliest to be refused for good comes first, the oldest before the younger: where only the answer can
 * tell that a customer cannot be deleted, it is had before anything else is cancelled.
 */
export function riskiestFirst(purchases: readonly Purchase[]): readonly Purchase[] {
  const ranks = new Map(purchases.map((purchase) => [purchase, rankOf(purchase)]));
  const rank = (purchase: Purchase): number => ranks.get(purchase) ?? 0;
  return purchases.toSorted((a, b) => rank(a) - rank(b) || boughtMs(a) - boughtMs(b));
}

/** 0 for the likeliest to be refused for good. */
export const rankOf = (purchase: Purchase): number => RISKS.indexOf(releaseOf(purchase).risk);

/** Of what no age forbids: Azure subscriptions are of it. */
export const LAST_RANK = RISKS.length - 1;

/** Whether there may be a last moment to cancel this, which only an answer tells. */
export function hasWindow(purchase: Purchase): boolean {
  const { risk } = releaseOf(purchase);
  return risk === 'certain-window' || risk === 'possible-window';
}

const boughtMs = ({ order, subscription }: Purchase): number =>
  order?.createdMs ?? subscription?.createdMs ?? 0;
