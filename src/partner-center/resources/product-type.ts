import * as v from 'valibot';
import { defined } from '../../shared/defined.ts';
import type { Subscription } from '../../teardown/model/purchases.ts';
import { word } from '../http/schema.ts';

/** ItemType of https://learn.microsoft.com/partner-center/developer/product-resources; some samples have only its id. */
const itemType = v.union([v.object({ id: word, displayname: word }), word]);
const productType = v.union([
  v.object({ id: word, displayname: word, subtype: v.nullish(itemType) }),
  word,
]);

export const productFields = { producttype: v.nullish(productType) };

/** The product type, empty for legacy offers, and the sub-type, if any. */
export function productOf({
  producttype,
}: v.InferOutput<v.ObjectSchema<typeof productFields, undefined>>): Pick<
  Subscription,
  'productType' | 'productSubType'
> {
  const subType = typeof producttype === 'object' ? nameOf(producttype?.subtype) : '';
  return defined({ productType: nameOf(producttype), productSubType: subType || undefined });
}

/** Its name without blanks, underscores and hyphens, which vary as those of statuses do. */
function nameOf(type: v.InferOutput<typeof itemType> | null | undefined): string {
  const text = typeof type === 'object' ? type?.id || type?.displayname : type;
  return joined(text ?? '');
}

/** Removes what varies between the spellings of the articles. */
export const joined = (text: string): string => text.replace(/[\s_-]/g, '');
