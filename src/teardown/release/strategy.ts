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
}

/** How purchases of one product type are released. */
export interface ReleaseStrategy {
  /** The product type, for people. */
  readonly product: string;
  recognises(purchase: Purchase): boolean;
  isReleased(purchase: Purchase): boolean;
  /**
   * The calls still to make, in steps: the calls of a step may go together, and the next step must wait
   * until a later look shows the step's effect.
   */
  steps(purchase: Purchase): readonly (readonly Call[])[];
}
