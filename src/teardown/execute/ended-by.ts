import type { Purchase } from '../inventory/purchase.ts';
import type { Call } from '../model/call.ts';

/** Whether the call ends this purchase. */
export function isEndedBy({ order, line, subscription }: Purchase, call: Call): boolean {
  if ('subscription' in call) return call.subscription === subscription;
  return (
    call.kind === 'cancel-order' &&
    call.orderId === order?.id &&
    (call.lines === undefined || call.lines.some((each) => each === line))
  );
}
