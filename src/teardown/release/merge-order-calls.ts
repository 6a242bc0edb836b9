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
    const before = merged.get(call.orderId);
    const lines = before?.kind === 'cancel-order' ? union(before.lines, call.lines) : call.lines;
    merged.set(call.orderId, cancelOrder(call.orderId, lines));
  }
  return [...merged.values()].map((call) =>
    call.kind === 'cancel-order' && coversAll(call.lines, call.orderId, orders)
      ? cancelOrder(call.orderId, undefined)
      : call,
  );
}

function cancelOrder(orderId: string, lines: readonly OrderLine[] | undefined): Call {
  return { kind: 'cancel-order', orderId, ...(lines && { lines }) };
}

/** Without lines is the whole order, and that takes in every line. */
function union(
  a: readonly OrderLine[] | undefined,
  b: readonly OrderLine[] | undefined,
): readonly OrderLine[] | undefined {
  return a === undefined || b === undefined ? undefined : [...new Set([...a, ...b])];
}

function coversAll(
  lines: readonly OrderLine[] | undefined,
  orderId: string,
  orders: readonly Order[],
): boolean {
  if (lines === undefined) return true;
  const order = orders.find(({ id }) => id === orderId);
  const open = order?.lines.filter(({ quantity }) => quantity !== 0) ?? [];
  return open.every((line) => lines.includes(line));
}
