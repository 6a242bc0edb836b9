import type { Order } from './model.ts';
import type { SandboxSettings } from './settings.ts';

/** Cancelled, or on its way there: what is asked for again. */
export const isBeingCancelled = ({ status, change }: Order) =>
  status === 'cancelled' || change?.to === 'cancelled';

/** How it reads; what it is changes only when the cancellation is done. */
export function shownOrderStatus(
  { status, change }: Order,
  { settings: { cancellingOrderReads } }: { readonly settings: SandboxSettings },
): Order['status'] {
  return change?.to === 'cancelled' && cancellingOrderReads !== 'as-before'
    ? cancellingOrderReads
    : status;
}
