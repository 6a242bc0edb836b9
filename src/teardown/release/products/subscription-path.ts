import type { Subscription } from '../../model/purchases.ts';
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
 *
 * @param windowMs how long it can be cancelled whatever its refund: that may end earlier
 */
export function cancellationDeadline(
  subscription: Subscription,
  windowMs = 0,
): Pick<Release, 'cancellableUntilMs'> {
  const untilMs =
    subscription.cancellationAllowedUntilMs ?? refundDeadlineMs(subscription, windowMs);
  return untilMs === undefined ? {} : { cancellableUntilMs: untilMs };
}

function refundDeadlineMs(
  { refundableUntilMs, createdMs, effectiveStartMs }: Subscription,
  windowMs: number,
): number | undefined {
  if (refundableUntilMs === undefined || windowMs === 0) return refundableUntilMs;
  // How long it can be cancelled nobody knows, where its refund ends earlier and its beginning is not told.
  if (createdMs === undefined) return undefined;
  return Math.max(refundableUntilMs, Math.max(createdMs, effectiveStartMs ?? 0) + windowMs);
}
