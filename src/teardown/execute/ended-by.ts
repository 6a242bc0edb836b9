import type { Inventory } from '../inventory/inventory.ts';
import type { Purchase } from '../inventory/purchase.ts';
import { purchasesOf } from '../inventory/purchases-of.ts';
import type { Call } from '../model/call.ts';

/** The purchases of an inventory that the call ends. */
export function purchasesEndedBy(call: Call, inventory: Inventory): readonly Purchase[] {
  return purchasesOf(inventory).filter((purchase) => isEndedBy(purchase, call));
}

/** Whether the call ends this purchase. */
export function isEndedBy({ order, line, subscription }: Purchase, call: Call): boolean {
  if ('subscription' in call) return call.subscription === subscription;
  return (
    call.kind === 'cancel-order' &&
    call.orderId === order?.id &&
    (call.lines === undefined || call.lines.some((each) => each === line))
  );
}
