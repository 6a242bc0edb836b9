import { parentIdOf, StandingParents, subscriptionIdOf } from '../inventory/add-ons.ts';
import type { Purchase } from '../inventory/purchase.ts';

/** What can be ended now, and what has to stand until its add-ons have ended. */
export interface InOrder {
  readonly now: readonly Purchase[];
  readonly blocked: readonly Purchase[];
}

/**
 * What can be ended now, add-ons first.
 *
 * @param waiting purchases that cannot be ended yet; what they hang on is blocked
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
 * An add-on ends before what it hangs on, however deep, or that would be refused. Of those that hang on each other
 * in a circle any may be the first.
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
