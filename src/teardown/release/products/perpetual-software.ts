import { releaseByOrder } from './order-path.ts';
import type { ReleaseStrategy } from './strategy.ts';

/**
 * Perpetual software is cancelled by updating its order.
 * Source: https://learn.microsoft.com/partner-center/developer/cancel-software-purchases
 */
export const perpetualSoftware: ReleaseStrategy = (purchase) => {
  const { order, subscription, entitlement } = purchase;
  return subscription === undefined && entitlement?.type === 'software'
    ? releaseByOrder('perpetual software', order?.id ?? entitlement.orderId, purchase)
    : undefined;
};
