import { type Reply, refuse } from './answer.ts';
import { windowOf, windowStartMs } from './cancellation-windows.ts';
import { isTooOld } from './life-cycle.ts';
import type { Customer, Subscription } from './model.ts';
import { products } from './products.ts';
import type { View } from './resources.ts';
import { holds } from './reviews.ts';
import { isOverspent } from './subscription-resource.ts';

/** What keeps a subscription from taking another status, in the codes of article error-codes. */
export function statusRefusal(
  customer: Customer,
  subscription: Subscription,
  wanted: string,
  view: View,
): Reply | undefined {
  const product = products[subscription.kind];
  if (subscription.kind === 'unknown') {
    return refuse(400, '900141', 'This operation is not supported for the product.');
  }
  if (!product.settableStatuses.some((status) => status === wanted)) {
    return refuse(
      400,
      '800040',
      `Asset status cannot be changed to ${wanted} from ${subscription.status}.`,
    );
  }
  if (wanted !== product.finalStatus) return undefined;
  return tooLate(subscription, view) ?? planRefusal(customer, subscription, view);
}

/** Suspending is bound by no time: the articles bind cancellations. */
function tooLate(subscription: Subscription, { nowMs, settings }: View): Reply | undefined {
  if (products[subscription.kind].finalStatus !== 'deleted') return undefined;
  const window = windowOf(subscription, settings);
  if (window !== undefined && nowMs - windowStartMs(subscription) > window.lastsMs) {
    return passed(window.unit, window.lastsMs);
  }
  const bound = settings.sixtyDays === 'everything-cancelled' && !settings.production;
  return bound && isTooOld(subscription, nowMs) ? passed('day', 60 * DAY_MS) : undefined;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** "You have passed your {0}-day cancellation window", or hours. */
export function passed(unit: 'day' | 'hour', lastsMs: number): Reply {
  const text = (span: string) =>
    `You have passed your ${span} cancellation window. We are unable to cancel your purchase.`;
  return unit === 'hour'
    ? refuse(400, '900213', text(`${Math.round(lastsMs / HOUR_MS)}-hour`))
    : refuse(400, '900117', text(`${Math.round(lastsMs / DAY_MS)}-day`));
}

/** Article create-azure-plan: "only if it no longer has any active usage assets associated with it". */
function planRefusal(customer: Customer, plan: Subscription, view: View): Reply | undefined {
  if (plan.kind !== 'azure-plan') return undefined;
  if (isOverspent(plan, view) && !view.settings.overspentPlanSuspends) {
    return refuse(400, '800096', 'Cannot update the status for this subscription.');
  }
  const held =
    plan.azureEntitlements.some(({ status }) => status === 'active') ||
    holdsReservation(customer, view) ||
    holdsSavingsPlan(customer, view);
  return held
    ? refuse(
        403,
        '900115',
        'Azure plan cannot be moved to suspended state since you have one or more Azure Subscriptions in the active state.',
      )
    : undefined;
}

/** Reservations name no plan in this API, so any of the customer's counts (INFERRED). */
function holdsReservation({ orders }: Customer, { settings }: View): boolean {
  return (
    settings.azurePlanHeldBy !== 'azure-subscriptions' &&
    orders.some((order) =>
      order.lines.some((line) => line.kind === 'reservation' && holds(order, line)),
    )
  );
}

function holdsSavingsPlan({ subscriptions }: Customer, { settings }: View): boolean {
  return (
    settings.azurePlanHeldBy === 'savings-plans-too' &&
    subscriptions.some(({ kind, status }) => kind === 'savings-plan' && status === 'active')
  );
}
