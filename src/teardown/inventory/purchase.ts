import type {
  AzureEntitlement,
  Entitlement,
  Order,
  OrderLine,
  Subscription,
} from '../model/purchases.ts';

/** One thing the customer bought: a line of an order, or a subscription whose order is not listed. */
export interface Purchase {
  readonly order?: Order;
  readonly line?: OrderLine;
  readonly subscription?: Subscription;
  readonly entitlement?: Entitlement;
  /** The subscription has become another one, by a migration that is over. */
  readonly isMigrated?: true;
  readonly azureEntitlements: readonly AzureEntitlement[];
}
