import fc from 'fast-check';
import * as field from './fields.ts';
import { hostileText } from './texts.ts';

/** What a customer holds at one moment, by the last part of its list's path. */
export interface InventoryIndex {
  readonly orders: readonly object[];
  readonly subscriptions: readonly object[];
  readonly entitlements: readonly object[];
  readonly azureEntitlements: readonly object[];
}

const nothing: InventoryIndex = {
  orders: [],
  subscriptions: [],
  entitlements: [],
  azureEntitlements: [],
};

/** Fields that are other than they should be, now and then. */
const mostlyNone = (
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<object> =>
  fc.oneof({ arbitrary: fc.constant({}), weight: 3 }, fc.record(fields, { requiredKeys: [] }));

const oddLine = mostlyNone({
  lineItemNumber: field.quantity,
  offerId: field.offerId,
  quantity: field.quantity,
  subscriptionId: field.id,
  parentSubscriptionId: field.id,
});
const oddOrder = mostlyNone({
  id: field.id,
  alternateId: field.id,
  status: field.orderStatus,
  billingCycle: field.billingCycle,
  creationDate: field.date,
});
const oddSubscription = mostlyNone({
  id: field.id,
  orderId: field.id,
  offerId: field.offerId,
  offerName: hostileText,
  productType: field.productType,
  isMicrosoftProduct: fc.constantFrom(true, false, 'false', null),
  status: field.subscriptionStatus,
  parentSubscriptionId: field.id,
  creationDate: field.date,
  commitmentEndDate: field.date,
  cancellationAllowedUntilDate: field.date,
  refundOptions: field.refundOptions,
  billingType: field.billingType,
  isTrial: field.flag,
  autoRenewEnabled: field.flag,
  actions: field.words,
  suspensionReasons: field.words,
  quantity: field.quantity,
  ['constructor']: hostileText,
  ['__proto__']: hostileText,
});
const oddEntitlement = mostlyNone({
  productId: hostileText,
  quantity: field.quantity,
  entitlementType: field.entitlementType,
  referenceOrder: fc.record(
    { id: field.id, lineItemId: field.quantity, alternateId: field.id },
    { requiredKeys: [] },
  ),
});
const oddAzure = mostlyNone({ id: field.id, status: field.azureStatus });

const odds = fc.record({
  id: field.id,
  other: field.id,
  etag: field.etag,
  line: oddLine,
  order: oddOrder,
  subscription: oddSubscription,
  entitlement: oddEntitlement,
  azure: oddAzure,
});
type Odds = typeof odds extends fc.Arbitrary<infer Value> ? Value : never;

const orderOf = (
  { id, order, line }: Odds,
  billingCycle: string,
  offerId: string,
  more: object = {},
) => ({
  ...{ id, status: 'completed', billingCycle, creationDate: new Date(field.NOW_MS).toISOString() },
  lineItems: [{ lineItemNumber: 0, offerId, quantity: 1, ...more, ...line }],
  ...order,
});
const subscriptionOf = (
  { id, other, etag, subscription }: Odds,
  offerId: string,
  productType: string,
) => ({
  ...{
    id: other,
    orderId: id,
    offerId,
    productType: { id: productType },
    status: 'active',
    quantity: 1,
  },
  attributes: { etag },
  ...subscription,
});
const entitlementOf = ({ id, entitlement }: Odds, entitlementType: string) => ({
  ...{ entitlementType, quantity: 1, referenceOrder: { id, lineItemId: '0' } },
  ...entitlement,
});

const CATALOGUE = 'DZH318Z0BQ3W:007J:DZH318Z08B1D';
const AZURE_PLAN = 'DZH318Z0BPS6:0001:DZH318Z0BMJX';
const LEGACY = '031C9E47-4802-4248-838E-778FB1D2CC05';

/** Each product as the articles show it, but for what is odd. */
const products: Readonly<Record<string, (odds: Odds) => Partial<InventoryIndex>>> = {
  reservation: (odd) => ({
    orders: [orderOf(odd, 'one_time', CATALOGUE)],
    entitlements: [entitlementOf(odd, 'reservedinstance')],
  }),
  'reservation, its order not listed': (odd) => ({
    entitlements: [entitlementOf(odd, 'reservedinstance')],
  }),
  'one in another': (odd) => ({
    entitlements: [
      { ...entitlementOf(odd, 'software'), includedEntitlements: [entitlementOf(odd, 'software')] },
    ],
  }),
  'order without lines': (odd) => ({
    orders: [{ ...orderOf(odd, 'one_time', CATALOGUE), lineItems: null }],
  }),
  'new commerce': (odd) => ({
    orders: [orderOf(odd, 'monthly', CATALOGUE, { subscriptionId: odd.other })],
    subscriptions: [subscriptionOf(odd, CATALOGUE, 'OnlineServicesNCE')],
  }),
  marketplace: (odd) => ({ subscriptions: [subscriptionOf(odd, CATALOGUE, 'SaaS')] }),
  'software subscription': (odd) => ({
    orders: [orderOf(odd, 'annual', CATALOGUE, { subscriptionId: odd.other })],
    subscriptions: [subscriptionOf(odd, CATALOGUE, 'Software')],
  }),
  'Azure plan': (odd) => ({
    subscriptions: [subscriptionOf(odd, AZURE_PLAN, 'Azure')],
    azureEntitlements: [{ id: odd.id, status: 'active', ...odd.azure }],
  }),
  legacy: (odd) => ({ subscriptions: [subscriptionOf(odd, LEGACY, '')] }),
};

const purchase = fc
  .tuple(odds, fc.constantFrom(...Object.values(products)))
  .map(([odd, product]) => product(odd));

export const index: fc.Arbitrary<InventoryIndex> = fc
  .array(purchase, { maxLength: 3 })
  .map((purchases) => purchases.reduce<InventoryIndex>(together, nothing));

function together(all: InventoryIndex, one: Partial<InventoryIndex>): InventoryIndex {
  const { orders = [], subscriptions = [], entitlements = [], azureEntitlements = [] } = one;
  return {
    orders: [...all.orders, ...orders],
    subscriptions: [...all.subscriptions, ...subscriptions],
    entitlements: [...all.entitlements, ...entitlements],
    azureEntitlements: [...all.azureEntitlements, ...azureEntitlements],
  };
}
