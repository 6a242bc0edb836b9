import * as v from 'valibot';
import type { Order } from '../../teardown/purchases.ts';
import { id, optionalDateMs, optionalNumber, optionalText, plain, word } from './lenient.ts';

const line = v.object({
  lineitemnumber: optionalNumber,
  offerid: plain,
  quantity: optionalNumber,
  subscriptionid: optionalText,
  parentsubscriptionid: optionalText,
});

/** Source: "Order resources", learn.microsoft.com/partner-center/developer. */
const order = v.object({
  id,
  alternateid: optionalText,
  status: word,
  billingcycle: word,
  creationdate: optionalDateMs,
  lineitems: v.nullish(v.array(line)),
});

export function readOrder(folded: unknown): Order {
  const { id, alternateid, status, billingcycle, creationdate, lineitems } = v.parse(order, folded);
  return {
    id,
    status: status === 'canceled' ? 'cancelled' : status,
    billingCycle: billingcycle,
    ...(alternateid !== undefined && { alternateId: alternateid }),
    ...(creationdate !== undefined && { createdMs: creationdate }),
    lines: (lineitems ?? []).map((each, index) => ({
      lineItemNumber: each.lineitemnumber ?? index,
      offerId: each.offerid,
      // A line that does not tell its quantity counts as held.
      quantity: each.quantity ?? 1,
      ...(each.subscriptionid !== undefined && { subscriptionId: each.subscriptionid }),
      ...(each.parentsubscriptionid !== undefined && {
        parentSubscriptionId: each.parentsubscriptionid,
      }),
    })),
  };
}
