import type { Subscription } from '../purchases.ts';
import type { Release, Step } from './strategy.ts';

/** Releases a purchase by updating its subscription. */
export function endSubscription(
  subscription: Subscription,
  status: 'deleted' | 'suspended',
): readonly Step[] {
  return [[{ kind: 'end-subscription', subscription, status }]];
}

/**
 * How long a subscription can be cancelled, where the service says so in advance. Its silence proves nothing: whether
 * a sandbox keeps to the windows of production is UNCONFIRMED, so the answer decides.
 * Source: "Subscription resources" (`refundOptions`, `cancellationAllowedUntilDate`).
 */
export function cancellationDeadline({
  refundableUntilMs,
}: Subscription): Pick<Release, 'cancellableUntilMs'> {
  return refundableUntilMs === undefined ? {} : { cancellableUntilMs: refundableUntilMs };
}
