import type {
  AzureEntitlement,
  Customer,
  Entitlement,
  Order,
  OrderLine,
  Subscription,
} from './purchases.ts';

/** The reading half of Partner Center. Every method throws {@link PartnerCenterError} where it gets no good answer. */
export interface PartnerCenterReader {
  /** The tenant (`tid`) that the access token was issued for; undefined if the token does not say. */
  signedInTenant(): Promise<string | undefined>;
  /** The domain of the account's own organisation; undefined if its profile does not tell one. With App+User only. */
  organizationDomain(): Promise<string | undefined>;
  /** All customers of the account, or the first ones beyond `limit`, so that `length > limit` tells. */
  listCustomers(limit: number): Promise<readonly Customer[]>;
  getCustomer(customerId: string): Promise<Customer>;
  /** Flattened: included entitlements stand beside their parents. */
  listEntitlements(customerId: string): Promise<readonly Entitlement[]>;
  listOrders(customerId: string): Promise<readonly Order[]>;
  listSubscriptions(customerId: string): Promise<readonly Subscription[]>;
  listAzureEntitlements(customerId: string, planId: string): Promise<readonly AzureEntitlement[]>;
}

/**
 * How a write was taken. `accepted` (202) is not done yet: only a later reading shows its effect. So does it after
 * `done`, for lists lag.
 */
export type Taken = 'done' | 'accepted';

/**
 * The writing half; a dry run has no such object. All methods are idempotent, and throw {@link PartnerCenterError}
 * where they are refused or not answered.
 */
export interface PartnerCenterWriter {
  /** Cancels the whole order, or only the given lines of it. */
  cancelOrder(customerId: string, orderId: string, lines?: readonly OrderLine[]): Promise<Taken>;
  endSubscription(
    customerId: string,
    subscription: Subscription,
    status: 'deleted' | 'suspended',
  ): Promise<Taken>;
  /** A subscription that renews no more ends with its term. */
  turnOffAutoRenew(customerId: string, subscription: Subscription): Promise<Taken>;
  /** What a marketplace subscription may need before it can be ended; in a sandbox only. */
  activateSubscription(customerId: string, subscription: Subscription): Promise<Taken>;
  cancelAzureEntitlement(customerId: string, entitlement: AzureEntitlement): Promise<Taken>;
  deleteCustomer(customerId: string): Promise<Taken>;
}
