import type { Call } from '../call.ts';
import type { Purchase } from './strategy.ts';

/** Released by its order: the order reads `cancelled`, or this line of it has come to quantity 0. */
export function isCancelledByOrder({ order, line }: Purchase): boolean {
  return order?.status === 'cancelled' || line?.quantity === 0;
}

/** Cancels the purchase's line; calls for the same order are merged later. */
export function cancelByOrder({
  order,
  line,
  entitlement,
}: Purchase): readonly (readonly Call[])[] {
  if (order !== undefined && line !== undefined) {
    return [[{ kind: 'cancel-order', orderId: order.id, lines: [line] }]];
  }
  const orderId = order?.id ?? entitlement?.orderId;
  return orderId === undefined ? [] : [[{ kind: 'cancel-order', orderId }]];
}
