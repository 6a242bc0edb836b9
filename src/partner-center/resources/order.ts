import * as v from 'valibot';
import { defined } from '../../shared/defined.ts';
import type { Order } from '../../teardown/model/purchases.ts';
import { id, optionalCount, optionalText, plain } from '../http/schema.ts';
import { optionalDateMs } from './date.ts';
import { billingCycle, orderStatus } from './status.ts';

const line = v.object({
  lineitemnumber: optionalCount,
  offerid: plain,
  quantity: optionalCount,
  subscriptionid: optionalText,
  parentsubscriptionid: optionalText,
});

/** Source: https://learn.microsoft.com/partner-center/developer/order-resources */
const order = v.object({
  id,
  alternateid: optionalText,
  status: orderStatus,
  billingcycle: billingCycle,
  creationdate: optionalDateMs,
  lineitems: v.nullish(v.array(line)),
});

/**
 * Reads an order whose names are in lower case.
 *
 * @throws ValiError for another shape than documented
 */
export function readOrder(folded: unknown): Order {
  const { id, alternateid, status, billingcycle, creationdate, lineitems } = v.parse(order, folded);
  return defined({
    id,
    status,
    billingCycle: billingcycle,
    alternateId: alternateid,
    createdMs: creationdate,
    lines: (lineitems ?? []).map((each, index) =>
      defined({
        lineItemNumber: each.lineitemnumber ?? index,
        offerId: each.offerid,
        // A line without a quantity counts as held.
        quantity: each.quantity ?? 1,
        subscriptionId: each.subscriptionid,
        parentSubscriptionId: each.parentsubscriptionid,
      }),
    ),
  });
}
