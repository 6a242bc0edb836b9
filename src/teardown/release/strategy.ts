import type { Call } from '../call.ts';
import type {
  AzureEntitlement,
  Entitlement,
  Order,
  OrderLine,
  Subscription,
} from '../purchases.ts';

/** One thing the customer bought: a line of an order, or a subscription whose order is not listed. */
export interface Purchase {
  readonly order?: Order;
  readonly line?: OrderLine;
  readonly subscription?: Subscription;
  readonly entitlement?: Entitlement;
  readonly azureEntitlements: readonly AzureEntitlement[];
  /** Did these credentials get to read entitlements? If not, the lack of one says nothing. */
  readonly entitlementsRead: boolean;
}

/** The calls of a step may go together; the next step must wait until a later look shows this one's effect. */
export type Step = readonly Call[];

/** How one purchase is released. */
export interface Release {
  /** The product type, for people. */
  readonly product: string;
  /** The calls still to make; no step at all: no call releases this. */
  readonly steps: readonly Step[];
  /** Released already by a rule of this product's own, though its subscription is not over. */
  readonly isReleased?: boolean;
}

/** How purchases of one product type are released; undefined for a purchase of any other type. */
export type ReleaseStrategy = (purchase: Purchase) => Release | undefined;
