import * as v from 'valibot';

/** What answers look like, as the articles show them; fields beyond these may come at any time. */

const guid = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i));
const dateTime = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'must be a date'),
);
const typed = <Name extends string>(name: Name) => v.looseObject({ objectType: v.literal(name) });
const link = v.looseObject({
  uri: v.string(),
  method: v.string(),
  headers: v.array(v.looseObject({ key: v.string(), value: v.string() })),
});

export const Customer = v.looseObject({
  id: guid,
  companyProfile: v.looseObject({
    tenantId: guid,
    domain: v.string(),
    companyName: v.string(),
  }),
  relationshipToPartner: v.string(),
  attributes: typed('Customer'),
});

export const Order = v.looseObject({
  id: v.string(),
  alternateId: v.nullish(v.string()),
  billingCycle: v.string(),
  creationDate: dateTime,
  status: v.string(),
  lineItems: v.array(
    v.looseObject({
      lineItemNumber: v.number(),
      offerId: v.string(),
      quantity: v.number(),
      subscriptionId: v.nullish(v.string()),
    }),
  ),
  attributes: typed('Order'),
});

export const Subscription = v.looseObject({
  id: guid,
  offerId: v.nullish(v.string()),
  quantity: v.number(),
  status: v.picklist(['none', 'active', 'suspended', 'deleted', 'expired', 'pending', 'disabled']),
  orderId: v.string(),
  attributes: v.looseObject({ objectType: v.literal('Subscription'), etag: v.string() }),
});

export const AzureEntitlement = v.looseObject({
  id: v.string(),
  status: v.string(),
});

interface EntitlementShape {
  readonly includedEntitlements?: readonly EntitlementShape[] | null | undefined;
  readonly referenceOrder: { readonly id: string };
  readonly quantity: number;
  readonly entitlementType: string;
}

export const Entitlement: v.GenericSchema<EntitlementShape> = v.looseObject({
  includedEntitlements: v.nullish(v.array(v.lazy(() => Entitlement))),
  referenceOrder: v.looseObject({
    id: v.string(),
    lineItemId: v.nullish(v.string()),
    alternateId: v.nullish(v.string()),
  }),
  productId: v.string(),
  skuId: v.string(),
  quantity: v.number(),
  entitlementType: v.string(),
});

export const collectionOf = <Item extends v.GenericSchema>(item: Item) =>
  v.looseObject({
    totalCount: v.number(),
    items: v.array(item),
    continuationToken: v.nullish(v.string()),
    links: v.nullish(v.record(v.string(), link)),
    attributes: v.looseObject({ objectType: v.string() }),
  });

/** One of the two shapes of a refusal. */
export const Refusal = v.union([
  v.looseObject({ code: v.union([v.string(), v.number()]), description: v.string() }),
  v.looseObject({ statusCode: v.number(), message: v.string() }),
]);
