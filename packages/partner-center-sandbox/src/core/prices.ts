/**
 * What `include_price=true` adds to an order: article order-resources, Pricing, and the SDK's `TotalPrice`. Every
 * licence or instance costs the same, nothing is discounted or prorated.
 */

const UNIT_PRICE = 10;

interface Priceless {
  readonly lineItems: readonly { readonly quantity: number }[];
}

export function withPrices<Resource extends Priceless>(
  resource: Resource,
  query: ReadonlyMap<string, string>,
) {
  return query.get('include_price')?.toLowerCase() === 'true' ? priced(resource) : resource;
}

export function priced<Resource extends Priceless>(resource: Resource) {
  const lineItems = resource.lineItems.map((line) => ({ ...line, pricing: pricingOf(line) }));
  const totalPrice = lineItems.reduce((sum, { pricing }) => sum + pricing.extendedPrice, 0);
  return { ...resource, lineItems, totalPrice };
}

const pricingOf = ({ quantity }: { readonly quantity: number }) => ({
  listPrice: UNIT_PRICE,
  discountedPrice: UNIT_PRICE,
  proratedPrice: UNIT_PRICE,
  price: UNIT_PRICE,
  extendedPrice: UNIT_PRICE * quantity,
});
