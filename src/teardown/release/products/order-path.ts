import { defined } from '../../../shared/defined.ts';
import type { Purchase } from '../../inventory/purchase.ts';
import type { Order, OrderLine } from '../../model/purchases.ts';
import type { Release, Step } from './strategy.ts';

/**
 * "Any sandbox orders which are older than 60 days" cannot be cancelled. This holds for orders, not for what is ended
 * by its subscription. Source:
 * https://learn.microsoft.com/partner-center/developer/cancel-an-order-from-the-integration-sandbox
 */
export const CANCELLABLE_FOR_MS = 60 * 24 * 60 * 60 * 1000;

/** Released by its order: the order reads `cancelled`, or this line of it has come to quantity 0. */
export function isCancelledByOrder({ order, line }: Purchase): boolean {
  return order?.status === 'cancelled' || line?.quantity === 0;
}

/** Cancels a line of the order, or all of it where no line is known; calls for one order are merged later. */
export function cancelByOrder(orderId: string, line: OrderLine | undefined): readonly Step[] {
  return [[defined({ kind: 'cancel-order', orderId, lines: line && [line] })]];
}

/** Until when an order of a known date can be cancelled. */
export function orderDeadlineMs(order: Order | undefined): number | undefined {
  return order?.createdMs === undefined ? undefined : order.createdMs + CANCELLABLE_FOR_MS;
}

/** What is cancelled by its order, and by nothing else. */
export function releaseByOrder(product: string, orderId: string, purchase: Purchase): Release {
  return defined({
    product,
    risk: 'by-order',
    isReleased: isCancelledByOrder(purchase),
    steps: cancelByOrder(orderId, purchase.line),
    cancellableUntilMs: orderDeadlineMs(purchase.order),
  });
}
