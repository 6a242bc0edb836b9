import type { Subscription } from '../purchases.ts';

/** Over for good, or by its own end: nothing is left to cancel, and no call would be accepted. */
const OVER: ReadonlySet<string> = new Set(['deleted', 'expired', 'disabled']);

/** Deleted, expired or disabled: what a new-commerce or marketplace subscription must be. */
export function isOver(subscription: Subscription): boolean {
  return OVER.has(subscription.status);
}

/** Over or suspended: enough for Azure plans and legacy subscriptions, not for new commerce. */
export function isEnded(subscription: Subscription): boolean {
  return subscription.status === 'suspended' || isOver(subscription);
}
