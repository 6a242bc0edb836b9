import type { Subscription } from '../model/purchases.ts';

/** Deleted, or at the end of its term: nothing is left to cancel, and no call would be accepted. */
const OVER: ReadonlySet<string> = new Set(['deleted', 'expired', 'disabled']);

/**
 * Deleted, expired or disabled: a new-commerce or marketplace subscription no longer blocks. A suspended one is still
 * billed and does not count. Source: https://learn.microsoft.com/partner-center/subscription-lifecycle
 */
export function isOver({ status }: Subscription): boolean {
  return OVER.has(status);
}

/**
 * Over or suspended: enough for legacy subscriptions, not for new commerce. Source:
 * https://learn.microsoft.com/partner-center/subscription-lifecycle
 */
export function isOverOrSuspended(subscription: Subscription): boolean {
  return subscription.status === 'suspended' || isOver(subscription);
}
