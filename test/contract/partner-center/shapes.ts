import * as v from 'valibot';
import { GUID } from '../../../src/shared/guid.ts';
import {
  isAzureSubscriptionStatus,
  isBillingCycle,
  isOrderStatus,
  isSubscriptionStatus,
} from './spelling.ts';

/** The shapes of answers in the articles; more fields may come at any time. */

const guid = v.pipe(v.string(), v.regex(GUID));
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

const lineItem = v.looseObject({
  lineItemNumber: v.number(),
  offerId: v.string(),
  quantity: v.number(),
  subscriptionId: v.nullish(v.string()),
});

export const Order = v.looseObject({
  id: v.string(),
  alternateId: v.nullish(v.string()),
  billingCycle: v.pipe(v.string(), v.check(isBillingCycle, 'must be a documented billing cycle')),
  creationDate: dateTime,
  status: v.pipe(v.string(), v.check(isOrderStatus, 'must be a documented order status')),
  lineItems: v.array(lineItem),
  attributes: typed('Order'),
});
export type Order = v.InferInput<typeof Order>;

/** Some samples have the id alone in its place, and legacy licences have none. */
const productType = v.union([
  v.string(),
  v.looseObject({ id: v.string(), subType: v.nullish(v.looseObject({ id: v.string() })) }),
]);

export const Subscription = v.looseObject({
  id: guid,
  offerId: v.nullish(v.string()),
  productType: v.nullish(productType),
  quantity: v.number(),
  status: v.pipe(v.string(), v.check(isSubscriptionStatus, 'must be a documented status')),
  autoRenewEnabled: v.nullish(v.boolean()),
  billingType: v.nullish(v.string()),
  isTrial: v.nullish(v.boolean()),
  orderId: v.nullish(v.string()),
  cancellationAllowedUntilDate: v.nullish(dateTime),
  refundOptions: v.nullish(
    v.array(v.looseObject({ expiresAt: v.nullish(dateTime), expiresAfter: v.nullish(dateTime) })),
  ),
  /** No sample of new commerce, software or savings plans has an etag. */
  attributes: v.nullish(v.looseObject({ etag: v.nullish(v.string()) })),
});
export type Subscription = v.InferInput<typeof Subscription>;

export const AzureSubscription = v.looseObject({
  id: guid,
  status: v.pipe(v.string(), v.check(isAzureSubscriptionStatus, 'must be a known status')),
});
export type AzureSubscription = v.InferInput<typeof AzureSubscription>;

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

/** The service's error (article error-codes); the code is a text there, and a number was seen. */
export const ServiceError = v.looseObject({
  code: v.union([v.string(), v.number()]),
  description: v.string(),
});

/** The gateway's (article api-throttling-guidance). */
export const GatewayError = v.looseObject({ statusCode: v.number(), message: v.string() });
