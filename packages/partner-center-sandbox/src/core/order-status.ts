import type { Customer, Order, OrderStatus, Subscription } from './model.ts';
import type { SandboxSettings } from './settings.ts';

/** Cancelled, or on its way there: what is asked for again. */
export const isBeingCancelled = ({ status, change }: Order) =>
  status === 'cancelled' || change?.to === 'cancelled';

/** How it reads; what it is changes only when the cancellation is done. */
export function shownOrderStatus(
  customer: Customer,
  order: Order,
  { settings }: { readonly settings: SandboxSettings },
): OrderStatus {
  const { status, change } = order;
  if (change?.to === 'cancelled' && settings.cancellingOrderReads !== 'as-before') {
    return settings.cancellingOrderReads;
  }
  return (status === 'completed' ? statusOfAll(customer, order, settings) : undefined) ?? status;
}

/** What all its subscriptions read, where the setting hands that on to the order. */
function statusOfAll(
  { subscriptions }: Customer,
  { lines }: Order,
  { ordersFollowSubscriptions: follows }: SandboxSettings,
): OrderStatus | undefined {
  const own = lines.map((line) => subscriptions.find(({ id }) => id === line.subscriptionId));
  const all = (status: Subscription['status']) =>
    own.length > 0 && own.every((one) => one?.status === status);
  if (follows !== 'never' && all('suspended')) return 'suspended';
  return follows === 'when-suspended-or-deleted' && all('deleted') ? 'cancelled' : undefined;
}
