import * as v from 'valibot';
import type { Subscription } from '../../teardown/model/purchases.ts';
import { lowercaseKeys } from '../http/lowercase-keys.ts';
import {
  id,
  optionalCount,
  optionalText,
  optionalTrue,
  plain,
  word,
  words,
} from '../http/schema.ts';
import { optionalDateMs } from './date.ts';
import { joined, productFields, productOf } from './product-type.ts';
import { refundableUntilMs, refundFields } from './refund.ts';
import { subscriptionStatus } from './status.ts';

/** Nothing hangs on it: one that cannot be read is none. */
const hint = v.fallback(optionalText, undefined);

/** Source: article subscription-resources. */
const subscription = v.object({
  id,
  ...productFields,
  ...refundFields,
  orderid: optionalText,
  offerid: plain,
  offername: plain,
  ismicrosoftproduct: v.nullish(v.unknown()),
  status: subscriptionStatus,
  parentsubscriptionid: optionalText,
  migratedfromsubscriptionid: hint,
  creationdate: optionalDateMs,
  effectivestartdate: optionalDateMs,
  commitmentenddate: optionalDateMs,
  commitmentenddatetime: optionalDateMs,
  istrial: optionalTrue,
  autorenewenabled: optionalTrue,
  billingtype: word,
  termduration: hint,
  actions: words,
  suspensionreasons: words,
  quantity: optionalCount,
  attributes: v.nullish(v.object({ etag: optionalText })),
});

/** @param resource the subscription as it came: a PATCH sends it back whole. */
export function readSubscription(resource: unknown): Subscription {
  const read = v.parse(subscription, lowercaseKeys(resource));
  return {
    id: read.id,
    offerId: read.offerid,
    offerName: read.offername,
    ...productOf(read),
    status: read.status,
    quantity: read.quantity ?? 1,
    ...(String(read.ismicrosoftproduct).toLowerCase() === 'false' && { isMicrosoftProduct: false }),
    ...(read.istrial && { isTrial: true }),
    ...(read.autorenewenabled && { autoRenewEnabled: true }),
    ...(read.billingtype !== '' && { billingType: joined(read.billingtype) }),
    ...(read.actions.length > 0 && { actions: read.actions }),
    ...(read.suspensionreasons.length > 0 && { suspensionReasons: read.suspensionreasons }),
    ...known({
      orderId: read.orderid,
      parentSubscriptionId: read.parentsubscriptionid,
      migratedFromSubscriptionId: read.migratedfromsubscriptionid,
      createdMs: read.creationdate,
      effectiveStartMs: read.effectivestartdate,
      commitmentEndMs: read.commitmentenddate ?? read.commitmentenddatetime,
      refundableUntilMs: refundableUntilMs(read),
      cancellationAllowedUntilMs: read.cancellationalloweduntildate,
      termDuration: read.termduration,
      etag: read.attributes?.etag,
    }),
    resource: v.parse(v.record(v.string(), v.unknown()), resource),
  };
}

/** Without what is not there. */
function known<T extends object>(fields: T) {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
