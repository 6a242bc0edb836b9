import { cancelByOrder } from './order-path.ts';
import type { ReleaseStrategy } from './strategy.ts';

/** `virtual_machine_reserved_instance` is the older name. */
const TYPES: ReadonlySet<string> = new Set([
  'reservedinstance',
  'virtual_machine_reserved_instance',
  'virtualmachinereservedinstance',
]);

/**
 * Azure reservations are cancelled by updating their order, in the sandbox only.
 * Source: "Cancel an order from the integration sandbox", learn.microsoft.com/partner-center/developer.
 */
export const azureReservation: ReleaseStrategy = ({ order, line, subscription, entitlement }) =>
  subscription === undefined && entitlement !== undefined && TYPES.has(entitlement.type)
    ? {
        product: 'Azure reservation',
        steps: cancelByOrder(order?.id ?? entitlement.orderId, line),
      }
    : undefined;
