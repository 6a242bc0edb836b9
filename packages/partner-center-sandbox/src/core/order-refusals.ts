import { type Reply, refuse } from './answer.ts';
import { orderIsPast, orderWindowOf } from './cancellation-windows.ts';
import { isTooOld } from './life-cycle.ts';
import type { Customer, Line, Order } from './model.ts';
import { isBeingCancelled } from './order-status.ts';
import { products } from './products.ts';
import type { View } from './resources.ts';
import { isOver, isUnderReview } from './reviews.ts';
import { passed } from './status-refusals.ts';
import { savingsPlanRefusal } from './subscription-refusals.ts';

/** What keeps an order, or lines of it, from being cancelled, in the words of article error-codes. */

const SOFTWARE = new Set(['perpetual-software', 'software-subscription']);
const SIXTY_DAYS_MS = 60 * 24 * 3_600_000;

export function orderRefusal(
  customer: Customer,
  order: Order,
  chosen: readonly Line[],
  view: View,
): Reply | undefined {
  if (isBeingCancelled(order)) return repetition(order, view);
  const busy = underWay(order, view);
  if (busy !== undefined) return busy;
  if (view.settings.production && !chosen.every(({ kind }) => SOFTWARE.has(kind))) {
    return refuse(
      403,
      '800019',
      'Non-Sandbox tenants are not allowed to cancel purchases other than software subscriptions and perpetual software.',
    );
  }
  return wrongCall(customer, order, chosen) ?? tooOld(order, chosen, view);
}

const inProgress: Reply = refuse(
  409,
  '800060',
  'Your order is in progress. Check your order history for recent orders in few minutes.',
);
const cannotBeCancelled: Reply = refuse(400, '800061', 'Order cannot be canceled.');

function repetition({ status }: Order, { settings }: View): Reply | undefined {
  if (settings.repeatedCancel === 'refused') return cannotBeCancelled;
  const isUnderWay = status !== 'cancelled';
  return isUnderWay && settings.repeatedCancel === 'in-progress' ? inProgress : undefined;
}

function underWay(order: Order, { settings }: View): Reply | undefined {
  if (order.status === 'pending') return inProgress;
  if (order.adjustment !== undefined) {
    return refuse(409, '800014', 'There is a pending adjustment requested for this order.');
  }
  // Nothing of it is left to cancel (INFERRED).
  if (isOver(order)) return cannotBeCancelled;
  if (order.status === 'partial_success' && settings.cancelPartialSuccess === 'refused') {
    return cannotBeCancelled;
  }
  if (!isUnderReview(order) || settings.cancelUnderReview === 'accepted') return undefined;
  return settings.cancelUnderReview === 'refused' ? cannotBeCancelled : inProgress;
}

/** One line that no order call cancels refuses the whole call (INFERRED: the articles show orders of one kind). */
function wrongCall(customer: Customer, order: Order, chosen: readonly Line[]): Reply | undefined {
  const other = chosen.find(({ kind }) => !products[kind].cancelledByOrder);
  if (other === undefined) return undefined;
  if (other.kind === 'unknown') {
    return refuse(400, '900141', 'This operation is not supported for the product of the order.');
  }
  if (other.kind === 'savings-plan') return savingsPlanRefusal;
  if (other.kind === 'saas') {
    return refuse(
      403,
      '800077',
      'Cancelling of seat-based SaaS is not supported via patch order. Use patch subscription instead.',
    );
  }
  return refuse(
    400,
    '800063',
    `This order ${order.id} cannot be cancelled. Use PATCH /customers/${customer.id}/subscriptions/<subscriptionId> to suspend subscriptions.`,
  );
}

/** Sixty days, or the windows that hold outside the sandbox. */
function tooOld(order: Order, chosen: readonly Line[], view: View): Reply | undefined {
  const { nowMs, settings } = view;
  const windows = chosen.flatMap((line) => orderWindowOf(line, settings) ?? []);
  const past = windows.find((window) => orderIsPast(order, window, nowMs));
  if (past !== undefined) return passed(past.unit, past.lastsMs);
  if (settings.production || !isTooOld(order, nowMs)) return undefined;
  const code =
    settings.tooOldCode === 'by-product'
      ? SOFTWARE.has(order.kind)
        ? '900117'
        : '800061'
      : settings.tooOldCode;
  return code === '900117' ? passed('day', SIXTY_DAYS_MS) : cannotBeCancelled;
}
