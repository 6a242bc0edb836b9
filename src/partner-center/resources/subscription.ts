import * as v from 'valibot';
import { defined } from '../../shared/defined.ts';
import { scalarText } from '../../shared/scalar-text.ts';
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
import { dateOrUnreadable, optionalDateMs } from './date.ts';
import { joined, productFields, productOf } from './product-type.ts';
import { refundableUntilMs, refundFields } from './refund.ts';
import { subscriptionStatus } from './status.ts';

/** An unreadable value counts as absent, because nothing depends on it. */
const hint = v.fallback(optionalText, undefined);

/** Source: https://learn.microsoft.com/partner-center/developer/subscription-resources */
const subscription = v.object({
  id,
  ...productFields,
  ...refundFields,
  orderid: optionalText,
  offerid: plain,
  links: v.fallback(
    v.nullish(v.object({ offer: v.nullish(v.object({ uri: optionalText })) })),
    undefined,
  ),
  offername: plain,
  ismicrosoftproduct: v.nullish(v.unknown()),
  status: subscriptionStatus,
  parentsubscriptionid: optionalText,
  migratedfromsubscriptionid: hint,
  creationdate: optionalDateMs,
  effectivestartdate: optionalDateMs,
  commitmentenddate: dateOrUnreadable,
  commitmentenddatetime: dateOrUnreadable,
  istrial: optionalTrue,
  autorenewenabled: optionalTrue,
  billingtype: word,
  termduration: hint,
  actions: words,
  suspensionreasons: words,
  quantity: optionalCount,
  attributes: v.nullish(v.object({ etag: optionalText })),
});

/**
 * Reads a subscription.
 *
 * @param resource as it came, because a PATCH sends it back whole
 * @throws ValiError for another shape than documented
 * @throws RangeError for a resource that is nested too deeply or has too many values
 */
export function readSubscription(resource: unknown): Subscription {
  const read = v.parse(subscription, lowercaseKeys(resource));
  const ends = [read.commitmentenddate, read.commitmentenddatetime];
  const commitmentEndMs = ends.find((each) => typeof each === 'number');
  const isEndUnreadable = commitmentEndMs === undefined && ends.includes('unreadable');
  return {
    id: read.id,
    offerId: read.offerid || offerLinked(read.links?.offer?.uri),
    offerName: read.offername,
    ...productOf(read),
    status: read.status,
    quantity: read.quantity ?? 1,
    ...defined({
      isMicrosoftProduct: isFalse(read.ismicrosoftproduct) ? false : undefined,
      isTrial: read.istrial || undefined,
      autoRenewEnabled: read.autorenewenabled || undefined,
      billingType: joined(read.billingtype) || undefined,
      actions: someOf(read.actions),
      suspensionReasons: someOf(read.suspensionreasons),
      orderId: read.orderid,
      parentSubscriptionId: read.parentsubscriptionid,
      migratedFromSubscriptionId: read.migratedfromsubscriptionid,
      createdMs: read.creationdate,
      effectiveStartMs: read.effectivestartdate,
      commitmentEndMs,
      isEndUnreadable: isEndUnreadable || undefined,
      refundableUntilMs: refundableUntilMs(read),
      cancellationAllowedUntilMs: read.cancellationalloweduntildate,
      termDuration: read.termduration,
      etag: read.attributes?.etag,
    }),
    resource: v.parse(v.record(v.string(), v.unknown()), resource),
  };
}

/** The last part of the link's path; empty where there is none. Some samples name the offer by its link alone. */
function offerLinked(uri = ''): string {
  const path = String(uri.split('?')[0]);
  return path.slice(path.lastIndexOf('/') + 1);
}

function isFalse(text: unknown): boolean {
  return scalarText(text)?.toLowerCase() === 'false';
}

/** An empty list is left out. */
function someOf(list: readonly string[]): readonly string[] | undefined {
  return list.length > 0 ? list : undefined;
}
