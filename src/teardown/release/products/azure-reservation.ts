import { releaseByOrder } from './order-path.ts';
import type { ReleaseStrategy } from './strategy.ts';

/** The second is the older name `virtual_machine_reserved_instance`. */
const TYPES: ReadonlySet<string> = new Set(['reservedinstance', 'virtualmachinereservedinstance']);

/**
 * Azure reservations are cancelled by updating their order, in the sandbox only.
 * Source: https://learn.microsoft.com/partner-center/developer/cancel-an-order-from-the-integration-sandbox
 */
export const azureReservation: ReleaseStrategy = (purchase) => {
  const { order, subscription, entitlement } = purchase;
  return subscription === undefined && entitlement !== undefined && TYPES.has(entitlement.type)
    ? {
        ...releaseByOrder('Azure reservation', order?.id ?? entitlement.orderId, purchase),
        mayBeReservation: true,
      }
    : undefined;
};
