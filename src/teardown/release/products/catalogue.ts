/**
 * An offer of the product catalogue: product, sku and availability. Source:
 * https://learn.microsoft.com/partner-center/developer/order-resources
 */
const CATALOGUE_ITEM = /^[0-9a-z]+:[0-9a-z]+:[0-9a-z]+$/i;

export function isOfTheCatalogue(offerId: string): boolean {
  return CATALOGUE_ITEM.test(offerId);
}
