import { parentIdOf, StandingParents, subscriptionIdOf } from '../inventory/add-ons.ts';
import type { Purchase } from '../inventory/purchase.ts';

/** Purchases that can be ended now, and parents that must wait for their add-ons. */
export interface InOrder {
  readonly now: readonly Purchase[];
  readonly blocked: readonly Purchase[];
}

/**
 * Splits purchases into those that can be ended now, add-ons first, and those that must wait.
 *
 * @param waiting purchases that cannot be ended yet, which block their parents
 */
export function readyInOrder(
  purchases: readonly Purchase[],
  waiting: readonly Purchase[],
): InOrder {
  const standing = new StandingParents();
  for (const purchase of waiting) standing.stands(purchase);
  const now: Purchase[] = [];
  const blocked: Purchase[] = [];
  for (const purchase of addOnsFirst(purchases)) {
    if (standing.has(purchase)) {
      standing.stands(purchase);
      blocked.push(purchase);
    } else {
      now.push(purchase);
    }
  }
  return { now, blocked };
}

/**
 * Sorts add-ons before their parents, at any depth, because a parent with add-ons is refused. In a circle any may be
 * the first.
 */
export function addOnsFirst(purchases: readonly Purchase[]): readonly Purchase[] {
  const addOns = Map.groupBy(purchases, parentIdOf);
  const sorted = new Set<Purchase>();
  const begun = new Set<Purchase>();
  const add = (purchase: Purchase): void => {
    if (begun.has(purchase)) return;
    begun.add(purchase);
    const id = subscriptionIdOf(purchase);
    if (id !== undefined) addOns.get(id)?.forEach(add);
    sorted.add(purchase);
  };
  for (const purchase of purchases) add(purchase);
  return [...sorted];
}
