import type { OrderLine } from '../purchases.ts';
import type { Purchase, Step } from './strategy.ts';

/** Released by its order: the order reads `cancelled`, or this line of it has come to quantity 0. */
export function isCancelledByOrder({ order, line }: Purchase): boolean {
  return order?.status === 'cancelled' || line?.quantity === 0;
}

/** Cancels a line of the order, or all of it where no line is known; calls for one order are merged later. */
export function cancelByOrder(orderId: string, line: OrderLine | undefined): readonly Step[] {
  return [[{ kind: 'cancel-order', orderId, ...(line && { lines: [line] }) }]];
}
