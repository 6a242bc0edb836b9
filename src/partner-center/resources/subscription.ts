import * as v from 'valibot';
import type { Subscription } from '../../teardown/purchases.ts';
import { foldNames } from '../fold-names.ts';
import { id, optionalDateMs, optionalNumber, optionalText, plain, word } from './lenient.ts';

/** Source: "Subscription resources", learn.microsoft.com/partner-center/developer. */
const subscription = v.object({
  id,
  orderid: optionalText,
  offerid: plain,
  offername: plain,
  producttype: v.nullish(v.union([v.object({ id: word }), word])),
  ismicrosoftproduct: v.nullish(v.unknown()),
  status: word,
  parentsubscriptionid: optionalText,
  creationdate: optionalDateMs,
  quantity: optionalNumber,
  attributes: v.nullish(v.object({ etag: optionalText })),
});

/** @param resource the subscription as it came: a PATCH sends it back whole. */
export function readSubscription(resource: unknown): Subscription {
  const read = v.parse(subscription, foldNames(resource));
  const productType = read.producttype ?? '';
  return {
    id: read.id,
    offerId: read.offerid,
    offerName: read.offername,
    productType: typeof productType === 'string' ? productType : productType.id,
    status: read.status,
    quantity: read.quantity ?? 1,
    ...(read.orderid !== undefined && { orderId: read.orderid }),
    ...(read.parentsubscriptionid !== undefined && {
      parentSubscriptionId: read.parentsubscriptionid,
    }),
    ...(read.creationdate !== undefined && { createdMs: read.creationdate }),
    ...(read.attributes?.etag !== undefined && { etag: read.attributes.etag }),
    ...(String(read.ismicrosoftproduct).toLowerCase() === 'false' && { isMicrosoftProduct: false }),
    resource: v.parse(v.record(v.string(), v.unknown()), resource),
  };
}
