import { releaseByOrder } from './order-path.ts';
import type { ReleaseStrategy } from './strategy.ts';

/**
 * Perpetual software is cancelled by updating its order.
 * Source: "Cancel software purchases", learn.microsoft.com/partner-center/developer.
 */
export const perpetualSoftware: ReleaseStrategy = (purchase) => {
  const { order, subscription, entitlement } = purchase;
  return subscription === undefined && entitlement?.type === 'software'
    ? releaseByOrder('perpetual software', order?.id ?? entitlement.orderId, purchase)
    : undefined;
};
