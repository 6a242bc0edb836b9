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

/** Its product type, empty for legacy offers, and the sub-type where there is one. */
export function productOf({
  producttype,
}: v.InferOutput<v.ObjectSchema<typeof productFields, undefined>>): Pick<
  Subscription,
  'productType' | 'productSubType'
> {
  const subType = typeof producttype === 'object' ? nameOf(producttype?.subtype) : '';
  return defined({ productType: nameOf(producttype), productSubType: subType || undefined });
}

/** Spelt with or without blanks, underscores and hyphens, as statuses are. */
function nameOf(type: v.InferOutput<typeof itemType> | null | undefined): string {
  const said = typeof type === 'object' ? type?.id || type?.displayname : type;
  return joined(said ?? '');
}

/** One spelling of a word that the articles write in several. */
export const joined = (said: string): string => said.replace(/[\s_-]/g, '');
