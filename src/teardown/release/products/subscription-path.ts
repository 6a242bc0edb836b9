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
 * Until when a subscription can be cancelled, if the service says so in advance. Otherwise the answer decides, because
 * it is UNCONFIRMED whether a sandbox enforces the windows of production. Source:
 * https://learn.microsoft.com/partner-center/developer/subscription-resources (`refundOptions`,
 * `cancellationAllowedUntilDate`)
 *
 * @param windowMs how long it can be cancelled, even if its refund ends earlier
 */
export function cancellationDeadline(
  subscription: Subscription,
  windowMs = 0,
): Pick<Release, 'cancellableUntilMs' | 'toldUntilMs'> {
  const { cancellationAllowedUntilMs, refundableUntilMs } = subscription;
  return defined({
    cancellableUntilMs: cancellationAllowedUntilMs ?? refundDeadlineMs(subscription, windowMs),
    toldUntilMs: cancellationAllowedUntilMs ?? refundableUntilMs,
  });
}

/** The end of a window from the articles, counted from purchase or renewal. */
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
  // Unknown where the refund ends earlier and the beginning is not given.
  const beganMs = beganAtMs(subscription);
  return beganMs === undefined ? undefined : Math.max(refundableUntilMs, beganMs + windowMs);
}

/** When a subscription was bought or last renewed; undefined without a date of its purchase. */
export function beganAtMs({ createdMs, effectiveStartMs }: Subscription): number | undefined {
  return createdMs === undefined ? undefined : Math.max(createdMs, effectiveStartMs ?? 0);
}
