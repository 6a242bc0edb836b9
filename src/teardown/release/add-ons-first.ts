import { idKey } from './id-key.ts';
import type { Purchase } from './strategy.ts';

/**
 * An add-on ends before what it hangs on, however deep, or that would be refused. Of those that hang on each other
 * in a circle any may be the first.
 */
export function addOnsFirst(purchases: readonly Purchase[]): readonly Purchase[] {
  const addOns = Map.groupBy(purchases, ({ subscription, line }) =>
    idKey(subscription?.parentSubscriptionId ?? line?.parentSubscriptionId),
  );
  const sorted = new Set<Purchase>();
  const begun = new Set<Purchase>();
  const add = (purchase: Purchase): void => {
    if (begun.has(purchase)) return;
    begun.add(purchase);
    const id = idKey(purchase.subscription?.id);
    if (id !== undefined) addOns.get(id)?.forEach(add);
    sorted.add(purchase);
  };
  for (const purchase of purchases) add(purchase);
  return [...sorted];
}
