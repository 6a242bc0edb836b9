import type { SubscriptionStatus } from './model.ts';
import type { PurchaseKind } from './spec.ts';

/** How a product is shown on the wire and which call ends it. */
export interface Product {
  readonly offers: readonly [Offer, ...Offer[]];
  /** Whether PATCH order cancels it in the sandbox (article cancel-an-order-from-the-integration-sandbox, its table). */
  readonly cancelledByOrder: boolean;
  readonly hasSubscription: boolean;
  /** The subscription statuses that a PATCH may set, and the one of them that releases the purchase. */
  readonly settableStatuses: readonly SubscriptionStatus[];
  readonly finalStatus?: SubscriptionStatus;
  /** How it is listed under `entitlements` (articles get-a-collection-of-entitlements, entitlement-resources). */
  readonly entitlementType?: 'reservedinstance' | 'software';
  /** Fields of its subscription resource, `productType` among them. */
  readonly subscriptionFields: SubscriptionFields;
  readonly billingCycle: 'one_time' | 'monthly' | 'annual' | 'none';
  readonly termDuration?: string;
  /** Whether its subscription has a term that ends and is renewed. */
  readonly renews: boolean;
  /** Whether a sample of its subscription resource has an etag; no sample shows one without being that of another product. */
  readonly hasEtag: boolean;
}

export interface ProductType {
  readonly id: string;
  readonly displayName: string;
  readonly subType?: ProductType;
}

interface SubscriptionFields extends Readonly<Record<string, unknown>> {
  readonly productType?: ProductType;
  readonly billingType?: string;
}

export interface Offer {
  readonly id: string;
  readonly name: string;
}

const named = (id: string) => ({ id, displayName: id });

/** "The purchase of the following offers will trigger the PO Upload flow", articles test-and-debug and pending-po-upload. */
export const purchaseOrderOffers: readonly [Offer, ...Offer[]] = [
  { id: 'DG7GMGF0D7FV:0001:DG7GMGF0F0P1', name: 'Access LTSC 2021' },
  { id: 'DG7GMGF0D7FT:0001:DG7GMGF0F0P2', name: 'Excel LTSC 2021' },
];

/** Ordered before new commerce: ids are GUIDs, and orders have an etag (article get-all-of-a-customer-s-orders). */
export const isLegacy = (kind: PurchaseKind) => kind === 'licence' || kind === 'legacy-azure';

export const products: Readonly<Record<PurchaseKind, Product>> = {
  // Offer form and entitlement from the example in get-a-collection-of-entitlements; no subscription resource.
  reservation: {
    offers: [
      { id: 'DZH318Z0BQ3W:007J:DZH318Z0BMTW', name: 'Reserved VM Instance, Standard_B1s, 1 Year' },
      { id: 'DZH318Z0BQ4B:00DB:DZH318Z0BM6S', name: 'Reserved VM Instance, Standard_B2s, 3 Years' },
    ],
    cancelledByOrder: true,
    hasSubscription: false,
    settableStatuses: [],
    entitlementType: 'reservedinstance',
    subscriptionFields: {},
    billingCycle: 'one_time',
    termDuration: 'P1Y',
    renews: false,
    hasEtag: false,
  },
  // Offers from the example in cancel-software-purchases.
  'perpetual-software': {
    offers: [
      { id: 'DG7GMGF0DVT7:000C:DG7GMGF0FVZM', name: 'Windows Server CAL - 1 Device CAL' },
      { id: 'DG7GMGF0DWMS:0001:DG7GMGF0DSHQ', name: 'Windows Server 2019 Standard - 16 Core' },
    ],
    cancelledByOrder: true,
    hasSubscription: false,
    settableStatuses: [],
    entitlementType: 'software',
    subscriptionFields: {},
    billingCycle: 'one_time',
    renews: false,
    hasEtag: false,
  },
  // Same example; `productType` follows the product catalogue's `Software` (get-a-list-of-products). That PATCH
  // subscription takes `deleted` here, as for the marketplace, is INFERRED: the table says "Y" and no more.
  'software-subscription': {
    offers: [
      { id: 'DG7GMGF0FKZV:0003:DG7GMGF0DWMS', name: 'SQL Server Enterprise - 2 Core - 3 year' },
      { id: 'DG7GMGF0FLR2:0002:DG7GMGF0DWMT', name: 'SQL Server Standard - 2 Core - 1 year' },
    ],
    cancelledByOrder: true,
    hasSubscription: true,
    settableStatuses: ['deleted'],
    finalStatus: 'deleted',
    entitlementType: 'software',
    subscriptionFields: {
      productType: named('Software'),
      unitType: 'Licenses',
      billingType: 'license',
      isMicrosoftProduct: true,
    },
    billingCycle: 'one_time',
    termDuration: 'P3Y',
    renews: true,
    hasEtag: false,
  },
  // Example in cancel-an-azure-marketplace-subscription, section on new commerce.
  'new-commerce': {
    offers: [
      { id: 'CFQ7TTC0LH18:0001:CFQ7TTC0K971', name: 'Microsoft 365 Business Basic' },
      { id: 'CFQ7TTC0LF8R:0001:CFQ7TTC0KX0Q', name: 'Office 365 E3' },
    ],
    cancelledByOrder: false,
    hasSubscription: true,
    settableStatuses: ['deleted', 'suspended', 'active'],
    finalStatus: 'deleted',
    subscriptionFields: {
      productType: named('OnlineServicesNCE'),
      unitType: 'Licenses',
      billingType: 'license',
      isMicrosoftProduct: true,
      hasPurchasableAddons: false,
      renewalTermDuration: '',
      partnerId: '',
    },
    billingCycle: 'monthly',
    termDuration: 'P1Y',
    renews: true,
    hasEtag: false,
  },
  // Same article, section on the marketplace: "License(s)", not a Microsoft product, a publisher; its example has no
  // `productType`, the catalogue calls the type `SaaS`.
  saas: {
    offers: [
      { id: 'DZH318Z0BXWC:0001:DZH318Z0BMJX', name: 'Contoso Backup' },
      { id: 'DZH318Z0C3F1:0002:DZH318Z0BNKL', name: 'Fabrikam Mail Guard' },
    ],
    cancelledByOrder: false,
    hasSubscription: true,
    settableStatuses: ['deleted'],
    finalStatus: 'deleted',
    subscriptionFields: {
      productType: named('SaaS'),
      unitType: 'License(s)',
      billingType: 'license',
      isMicrosoftProduct: false,
      publisherName: 'Contoso Ltd.',
      hasPurchasableAddons: false,
      partnerId: '',
    },
    billingCycle: 'monthly',
    termDuration: 'P1M',
    renews: true,
    hasEtag: true,
  },
  // Product and name as articles get-a-list-of-skus-for-a-product-by-customer and get-a-customer-subscription-s-usage-records
  // show them; `productType` `Azure` is the catalogue's, in a subscription resource it is INFERRED, and so is that it has an
  // etag. "Azure plan: sandbox update subscription", article cancel-an-order-from-the-integration-sandbox: suspended, never
  // deleted (article create-azure-plan).
  'azure-plan': {
    offers: [{ id: 'DZH318Z0BPS6:0001:DZH318Z0BMGV', name: 'Azure plan' }],
    cancelledByOrder: false,
    hasSubscription: true,
    settableStatuses: ['suspended', 'active'],
    finalStatus: 'suspended',
    subscriptionFields: {
      productType: named('Azure'),
      unitType: 'Usage-based',
      billingType: 'usage',
      isMicrosoftProduct: true,
    },
    billingCycle: 'one_time',
    renews: false,
    hasEtag: true,
  },
  // Examples in suspend-a-subscription and get-all-of-a-customer-s-subscriptions: the offer is a GUID and there is no
  // `productType` at all.
  licence: {
    offers: [
      { id: '031C9E47-4802-4248-838E-778FB1D2CC05', name: 'Office 365 Business Premium' },
      { id: '91FD106F-4B2C-4938-95AC-F54F74E9A239', name: 'Office 365 E1' },
    ],
    cancelledByOrder: false,
    hasSubscription: true,
    settableStatuses: ['suspended', 'active'],
    finalStatus: 'suspended',
    subscriptionFields: { unitType: 'Licenses', billingType: 'license' },
    billingCycle: 'monthly',
    renews: false,
    hasEtag: true,
  },
  // "Microsoft Azure" before Azure plans: example in get-a-subscription-by-id, its billing cycle in create-a-cart. That it is
  // suspended as a licence is (article azure-plan-transition suspends it) is INFERRED.
  'legacy-azure': {
    offers: [{ id: 'MS-AZR-0145P', name: 'Microsoft Azure' }],
    cancelledByOrder: false,
    hasSubscription: true,
    settableStatuses: ['suspended', 'active'],
    finalStatus: 'suspended',
    subscriptionFields: { unitType: 'Usage-based', billingType: 'usage' },
    billingCycle: 'monthly',
    renews: false,
    hasEtag: true,
  },
  // Example in azure-purchase-savings-plan. "Not supported in Partner Center, can be managed in the Azure portal" (900321).
  'savings-plan': {
    offers: [{ id: 'DZH318Z09V6F:0001:DZH318Z0BLD3', name: 'Compute savings plan, 1 Year' }],
    cancelledByOrder: false,
    hasSubscription: true,
    settableStatuses: [],
    subscriptionFields: {
      productType: { ...named('Azure'), subType: named('SavingsPlan') },
      unitType: 'Benefit',
      billingType: 'benefit',
      isMicrosoftProduct: true,
      hasPurchasableAddons: false,
      renewalTermDuration: '',
      partnerId: '',
    },
    billingCycle: 'one_time',
    termDuration: 'P1Y',
    renews: false,
    hasEtag: false,
  },
  // Invented: something Microsoft adds next year. Nothing in this API releases it.
  unknown: {
    offers: [{ id: 'CFQ7TTC0ZZZZ:0001:CFQ7TTC0YYYY', name: 'Quantum minutes' }],
    cancelledByOrder: false,
    hasSubscription: true,
    settableStatuses: [],
    subscriptionFields: {
      productType: named('QuantumMinutes'),
      unitType: 'Minutes',
      isMicrosoftProduct: true,
    },
    billingCycle: 'none',
    renews: false,
    hasEtag: true,
  },
};
