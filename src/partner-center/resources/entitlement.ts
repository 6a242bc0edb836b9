import * as v from 'valibot';
import { defined } from '../../shared/defined.ts';
import type { AzureEntitlement, Entitlement } from '../../teardown/model/purchases.ts';
import { id, optionalCount, optionalText, word } from '../http/schema.ts';
import { joined } from './product-type.ts';
import { azureEntitlementStatus } from './status.ts';

/** Source: https://learn.microsoft.com/partner-center/developer/entitlement-resources */
const entitlement = v.object({
  includedentitlements: v.nullish(v.array(v.unknown())),
  referenceorder: v.nullish(
    v.object({ id: optionalText, lineitemid: optionalCount, alternateid: optionalText }),
  ),
  productid: word,
  quantity: optionalCount,
  entitlementtype: word,
});

/**
 * An entitlement and all that it includes, at any depth, as a flat list: each has an order of its own, or its parent's.
 * One without any order is kept, because it may be what blocks the deletion.
 *
 * @throws ValiError for another shape than documented
 */
export function readEntitlements(folded: unknown, parentOrderId?: string): Entitlement[] {
  const read = v.parse(entitlement, folded);
  const { id, alternateid } = read.referenceorder ?? {};
  const orderId = id ?? alternateid ?? parentOrderId;
  const included = (read.includedentitlements ?? []).flatMap((each) =>
    readEntitlements(each, orderId),
  );
  const own = defined({
    orderId,
    alternateOrderId: alternateid,
    lineItemNumber: read.referenceorder?.lineitemid,
    type: joined(read.entitlementtype),
    productId: read.productid,
    quantity: read.quantity ?? 1,
  });
  return [own, ...included];
}

/** Source: https://learn.microsoft.com/partner-center/developer/get-a-list-of-azure-entitlements-for-subscription */
const azureEntitlement = v.object({ id, status: azureEntitlementStatus });

/** @throws ValiError for another shape than documented */
export function readAzureEntitlement(folded: unknown, planId: string): AzureEntitlement {
  return { ...v.parse(azureEntitlement, folded), planId };
}
