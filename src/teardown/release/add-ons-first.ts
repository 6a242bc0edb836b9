import type { Purchase } from './strategy.ts';

/** An add-on ends before what it hangs on, however deep, or that would be refused. */
export function addOnsFirst(purchases: readonly Purchase[]): readonly Purchase[] {
  const parents = new Map(
    purchases.flatMap((purchase) =>
      purchase.subscription
        ? [[purchase.subscription.id.toLowerCase(), parentOf(purchase)] as const]
        : [],
    ),
  );
  const depths = new Map<string, number>();
  return purchases.toSorted(
    (a, b) => depthOf(parentOf(b), parents, depths) - depthOf(parentOf(a), parents, depths),
  );
}

function parentOf({ subscription, line }: Purchase): string | undefined {
  return (subscription?.parentSubscriptionId ?? line?.parentSubscriptionId)?.toLowerCase();
}

/**
 * How many stand in the line that ends with this one, each counted once: what was counted before is kept in
 * `depths`. One that comes round to itself ends the line.
 */
function depthOf(
  id: string | undefined,
  parents: ReadonlyMap<string, string | undefined>,
  depths: Map<string, number>,
): number {
  const uncounted: string[] = [];
  let each = id;
  while (each !== undefined && !depths.has(each)) {
    depths.set(each, 0);
    uncounted.push(each);
    each = parents.get(each);
  }
  let depth = each === undefined ? 0 : (depths.get(each) ?? 0);
  for (const counted of uncounted.toReversed()) {
    depth += 1;
    depths.set(counted, depth);
  }
  return depth;
}
