import type { Call } from '../call.ts';
import type { Order, OrderLine } from '../purchases.ts';

/** The lines of an order that are to be cancelled; the whole order takes in every line. */
type Asked = Set<OrderLine> | 'whole';

/**
 * One PATCH for each order, however many of its lines (or entitlements) ask for it: without `lineItems`,
 * which cancels the whole order, unless lines of another kind must stay out of it. An order reads
 * `cancelled` only when all its lines are (source: "Cancel software purchases").
 */
export function mergeOrderCalls(calls: readonly Call[], orders: readonly Order[]): readonly Call[] {
  const ordersById = Map.groupBy(orders, ({ id }) => id);
  const asked = new Map<string, Asked>();
  for (const call of calls) if (call.kind === 'cancel-order') ask(asked, call);

  return calls.flatMap((call): readonly Call[] => {
    if (call.kind !== 'cancel-order') return [call];
    const { orderId } = call;
    const lines = asked.get(orderId);
    if (lines === undefined) return [];
    asked.delete(orderId);
    const isPart = lines !== 'whole' && !coversAll(lines, ordersById.get(orderId));
    return [{ kind: 'cancel-order', orderId, ...(isPart && { lines: [...lines] }) }];
  });
}

function ask(
  asked: Map<string, Asked>,
  { orderId, lines }: Extract<Call, { kind: 'cancel-order' }>,
): void {
  const before = asked.get(orderId) ?? new Set();
  if (before === 'whole' || lines === undefined) {
    asked.set(orderId, 'whole');
    return;
  }
  for (const line of lines) before.add(line);
  asked.set(orderId, before);
}

/** Is no line of the order that still stands left out? */
function coversAll(lines: ReadonlySet<OrderLine>, orders: readonly Order[] = []): boolean {
  return orders
    .flatMap((order) => order.lines)
    .every((line) => line.quantity === 0 || lines.has(line));
}
