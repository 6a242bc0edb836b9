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

/** Whether it was released by its order: the order reads `cancelled`, or the quantity of its line is 0. */
export function isCancelledByOrder({ order, line }: Purchase): boolean {
  return order?.status === 'cancelled' || line?.quantity === 0;
}

/** Cancels a line of an order, or the whole order if no line is known; calls for one order are merged later. */
export function cancelByOrder(orderId: string, line: OrderLine | undefined): readonly Step[] {
  return [[defined({ kind: 'cancel-order', orderId, lines: line && [line] })]];
}

/** Until when an order can be cancelled, if its date is known. */
export function orderDeadlineMs(order: Order | undefined): number | undefined {
  return order?.createdMs === undefined ? undefined : order.createdMs + CANCELLABLE_FOR_MS;
}

/** The release of something that can only be cancelled by its order. */
export function releaseByOrder(product: string, orderId: string, purchase: Purchase): Release {
  return defined({
    product,
    risk: 'by-order',
    isReleased: isCancelledByOrder(purchase),
    steps: cancelByOrder(orderId, purchase.line),
    cancellableUntilMs: orderDeadlineMs(purchase.order),
  });
}
