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
  if (subscription !== undefined || !TYPES.has(entitlement?.type ?? '')) return undefined;
  const orderId = order?.id ?? entitlement?.orderId;
  if (orderId === undefined) return undefined;
  return { ...releaseByOrder('Azure reservation', orderId, purchase), mayBeReservation: true };
};
