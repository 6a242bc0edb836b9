import type { Call } from '../model/call.ts';
import type { Order, OrderLine } from '../model/purchases.ts';

/** The lines of an order to cancel, or the whole order. */
type Asked = Set<OrderLine> | 'whole';

/**
 * Merges the calls for each order into one PATCH: without `lineItems`, which cancels the whole order, unless other
 * lines must be kept. An order reads `cancelled` only when all its lines are cancelled. Source:
 * https://learn.microsoft.com/partner-center/developer/cancel-software-purchases
 */
export function mergeOrderCalls(calls: readonly Call[], orders: readonly Order[]): readonly Call[] {
  const ordersById = Map.groupBy(orders, ({ id }) => id);
  const asked = new Map<string, Asked>();
  const first = calls.filter((call) => {
    if (call.kind !== 'cancel-order') return true;
    const before = asked.get(call.orderId);
    asked.set(call.orderId, together(before ?? new Set(), call.lines));
    return before === undefined;
  });
  return first.map((call) => {
    if (call.kind !== 'cancel-order') return call;
    const { kind, orderId } = call;
    const lines = asked.get(orderId);
    const isPart = lines instanceof Set && !coversAll(lines, ordersById.get(orderId));
    return { kind, orderId, ...(isPart && { lines: [...lines] }) };
  });
}

/** Adds to the given set, because an order may have very many lines. */
function together(before: Asked, lines: readonly OrderLine[] | undefined): Asked {
  if (before === 'whole' || lines === undefined) return 'whole';
  for (const line of lines) before.add(line);
  return before;
}

/** Whether these are all lines of the order that still stand. */
function coversAll(lines: ReadonlySet<OrderLine>, orders: readonly Order[] = []): boolean {
  return orders
    .flatMap((order) => order.lines)
    .every((line) => line.quantity === 0 || lines.has(line));
}
