import { cancelByOrder } from './order-path.ts';
import type { ReleaseStrategy } from './strategy.ts';

/**
 * Perpetual software is cancelled by updating its order.
 * Source: "Cancel software purchases", learn.microsoft.com/partner-center/developer.
 */
export const perpetualSoftware: ReleaseStrategy = ({ order, line, subscription, entitlement }) =>
  subscription === undefined && entitlement?.type === 'software'
    ? {
        product: 'perpetual software',
        steps: cancelByOrder(order?.id ?? entitlement.orderId, line),
      }
    : undefined;
