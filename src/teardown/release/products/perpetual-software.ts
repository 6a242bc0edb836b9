import { defined } from '../../../shared/defined.ts';
import type { Order } from '../../model/purchases.ts';
import { releaseByOrder } from './order-path.ts';
import type { Release, ReleaseStrategy } from './strategy.ts';

/** "Within 30 days of the purchase date". Source: https://learn.microsoft.com/partner-center/csp-software-subscriptions */
const WINDOW_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Perpetual software is cancelled by updating its order. Whether a sandbox enforces the window is UNCONFIRMED.
 * Source: https://learn.microsoft.com/partner-center/developer/cancel-software-purchases
 */
export const perpetualSoftware: ReleaseStrategy = (purchase) => {
  const { order, subscription, entitlement } = purchase;
  if (subscription !== undefined || entitlement?.type !== 'software') return undefined;
  const orderId = order?.id ?? entitlement.orderId;
  if (orderId === undefined) return undefined;
  return {
    ...releaseByOrder('perpetual software', orderId, purchase),
    ...softwareDeadline(order),
  };
};

/** The end of the published window of perpetual software, if the date of its order is known. */
export function softwareDeadline(order: Order | undefined): Pick<Release, 'publishedUntilMs'> {
  const boughtMs = order?.createdMs;
  return defined({ publishedUntilMs: boughtMs === undefined ? undefined : boughtMs + WINDOW_MS });
}
