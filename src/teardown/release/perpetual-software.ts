import { cancelByOrder, isCancelledByOrder } from './order-path.ts';
import type { ReleaseStrategy } from './strategy.ts';

/**
 * Perpetual software is cancelled by updating its order.
 * Source: "Cancel software purchases", learn.microsoft.com/partner-center/developer.
 */
export const perpetualSoftware: ReleaseStrategy = {
  product: 'perpetual software',
  recognises: ({ subscription, entitlement }) =>
    subscription === undefined && entitlement?.type === 'software',
  isReleased: isCancelledByOrder,
  steps: cancelByOrder,
};
