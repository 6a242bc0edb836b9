import type { Call } from '../call.ts';
import type { Order, OrderLine } from '../purchases.ts';

/**
 * One PATCH for each order, however many of its lines (or entitlements) ask for it: without `lineItems`,
 * which cancels the whole order, unless lines of another kind must stay out of it. An order reads
 * `cancelled` only when all its lines are (source: "Cancel software purchases").
 */
export function mergeOrderCalls(calls: readonly Call[], orders: readonly Order[]): readonly Call[] {
  const merged = new Map<string, Call>();
  for (const [index, call] of calls.entries()) {
    if (call.kind !== 'cancel-order') {
      merged.set(`call ${index}`, call);
      continue;
    }
    const { orderId } = call;
    const before = merged.get(orderId);
    const lines = before?.kind === 'cancel-order' ? union(before.lines, call.lines) : call.lines;
    const isPart = lines && !coversAll(lines, orderId, orders);
    merged.set(orderId, { kind: 'cancel-order', orderId, ...(isPart && { lines }) });
  }
  return [...merged.values()];
}

/** Without lines is the whole order, and that takes in every line. */
function union(
  a: readonly OrderLine[] | undefined,
  b: readonly OrderLine[] | undefined,
): readonly OrderLine[] | undefined {
  return a === undefined || b === undefined ? undefined : [...new Set([...a, ...b])];
}

/** Is no line of the order that still stands left out? */
function coversAll(
  lines: readonly OrderLine[],
  orderId: string,
  orders: readonly Order[],
): boolean {
  return orders
    .filter(({ id }) => id === orderId)
    .flatMap((order) => order.lines)
    .every((line) => line.quantity === 0 || lines.includes(line));
}
