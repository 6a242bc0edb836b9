import { defined } from '../../../shared/defined.ts';
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
 * How long a subscription can be cancelled, where the service says so in advance. Its silence proves nothing: whether a
 * sandbox keeps to the windows of production is UNCONFIRMED, so the answer decides. Source:
 * https://learn.microsoft.com/partner-center/developer/subscription-resources (`refundOptions`,
 * `cancellationAllowedUntilDate`)
 *
 * @param windowMs how long it can be cancelled whatever its refund: that may end earlier
 */
export function cancellationDeadline(
  subscription: Subscription,
  windowMs = 0,
): Pick<Release, 'cancellableUntilMs'> {
  const { cancellationAllowedUntilMs } = subscription;
  return defined({
    cancellableUntilMs: cancellationAllowedUntilMs ?? refundDeadlineMs(subscription, windowMs),
  });
}

/** The end of a window that is published for a product, counted from its purchase or renewal. */
export function publishedDeadline(
  subscription: Subscription,
  windowMs: number,
): Pick<Release, 'publishedUntilMs'> {
  const beganMs = beganAtMs(subscription);
  return beganMs === undefined ? {} : { publishedUntilMs: beganMs + windowMs };
}

function refundDeadlineMs(subscription: Subscription, windowMs: number): number | undefined {
  const { refundableUntilMs } = subscription;
  if (refundableUntilMs === undefined || windowMs === 0) return refundableUntilMs;
  // How long it can be cancelled nobody knows, where its refund ends earlier and its beginning is not told.
  const beganMs = beganAtMs(subscription);
  return beganMs === undefined ? undefined : Math.max(refundableUntilMs, beganMs + windowMs);
}

/** When a subscription was bought, or has renewed; undefined where its purchase is not told. */
export function beganAtMs({ createdMs, effectiveStartMs }: Subscription): number | undefined {
  return createdMs === undefined ? undefined : Math.max(createdMs, effectiveStartMs ?? 0);
}
