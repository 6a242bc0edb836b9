import type {
  AzureEntitlement,
  Customer,
  Entitlement,
  Order,
  OrderLine,
  Subscription,
} from './purchases.ts';

/** The reading half of Partner Center. Every method throws a {@link PartnerCenterError} without a good answer. */
export interface PartnerCenterReader {
  /** The tenant (`tid`) of the access token; undefined if the token does not say. */
  signedInTenant(): Promise<string | undefined>;
  /** The domain of the account's own organisation; undefined if its profile has none. Only with App+User. */
  organizationDomain(): Promise<string | undefined>;
  /**
   * All customers of the account. May stop after more than `limit`, so that `length > limit` shows that there are more.
   */
  listCustomers(limit: number): Promise<readonly Customer[]>;
  getCustomer(customerId: string): Promise<Customer>;
  /** Flattened: included entitlements stand beside their parents. */
  listEntitlements(customerId: string): Promise<readonly Entitlement[]>;
  listOrders(customerId: string): Promise<readonly Order[]>;
  listSubscriptions(customerId: string): Promise<readonly Subscription[]>;
  listAzureEntitlements(customerId: string, planId: string): Promise<readonly AzureEntitlement[]>;
}

/**
 * The result of a write. `accepted` (202) means that it is not done yet. In both cases only a later read shows the
 * effect, because lists lag behind.
 */
export type WriteResult = 'done' | 'accepted';

/**
 * The writing half; a dry run has no such object. All methods are idempotent, and throw a {@link PartnerCenterError}
 * where they are refused or not answered.
 */
export interface PartnerCenterWriter {
  /** Cancels the whole order, or only the given lines of it. */
  cancelOrder(
    customerId: string,
    orderId: string,
    lines?: readonly OrderLine[],
  ): Promise<WriteResult>;
  endSubscription(
    customerId: string,
    subscription: Subscription,
    status: 'deleted' | 'suspended',
  ): Promise<WriteResult>;
  /** A subscription without auto-renew ends with its term. */
  turnOffAutoRenew(customerId: string, subscription: Subscription): Promise<WriteResult>;
  /** A marketplace subscription may need this before it can be ended. In a sandbox only. */
  activateSubscription(customerId: string, subscription: Subscription): Promise<WriteResult>;
  cancelAzureEntitlement(customerId: string, entitlement: AzureEntitlement): Promise<WriteResult>;
  deleteCustomer(customerId: string): Promise<WriteResult>;
}
