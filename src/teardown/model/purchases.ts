/** What a customer holds, as far as a teardown needs to know it. Times are milliseconds since the epoch. */

export interface Customer {
  readonly id: string;
  /** The customer's own domain; absent where the service does not tell it. */
  readonly domain?: string;
  readonly companyName?: string;
}

/** `pending_po_upload`, `cancelled`, …: one spelling each; a value nobody documented stays as it came, lower-cased. */
export type OrderStatus = string;

export interface OrderLine {
  readonly lineItemNumber: number;
  readonly offerId: string;
  readonly quantity: number;
  readonly subscriptionId?: string;
  /** What an add-on hangs on. */
  readonly parentSubscriptionId?: string;
}

export interface Order {
  readonly id: string;
  readonly alternateId?: string;
  readonly status: OrderStatus;
  /** `one_time`, `monthly`, …: one spelling each. */
  readonly billingCycle: string;
  readonly createdMs?: number;
  readonly lines: readonly OrderLine[];
}

export interface Entitlement {
  readonly orderId: string;
  readonly alternateOrderId?: string;
  readonly lineItemNumber?: number;
  /** Lower-cased: `reservedinstance`, `software`, … */
  readonly type: string;
  readonly productId: string;
  readonly quantity: number;
}

export interface Subscription {
  readonly id: string;
  readonly orderId?: string;
  readonly offerId: string;
  readonly offerName: string;
  /** Lower-cased `productType.id`: `onlineservicesnce`, `saas`, `azure`, `software`, …; empty for legacy offers. */
  readonly productType: string;
  /** Lower-cased `productType.subType.id`: `savingsplan`, …; absent where it has none. */
  readonly productSubType?: string;
  /** Present where the service says that another publisher sells it. */
  readonly isMicrosoftProduct?: false;
  /** `active`, `suspended`, …: one spelling each; a value nobody documented stays as it came, lower-cased. */
  readonly status: string;
  readonly parentSubscriptionId?: string;
  readonly createdMs?: number;
  readonly effectiveStartMs?: number;
  /** When the term ends; far away where it does not renew. */
  readonly commitmentEndMs?: number;
  /** "The last date for cancellation", where the service says it; its absence proves nothing. */
  readonly cancellationAllowedUntilMs?: number;
  /** Until when its price is given back, be it in part; cancelling may be possible for longer. */
  readonly refundableUntilMs?: number;
  readonly isTrial?: true;
  readonly autoRenewEnabled?: true;
  /** Lower-cased: `usage`, `license`, `benefit`, … */
  readonly billingType?: string;
  /** ISO 8601: `P1M`, `P1Y`, `P3Y`. */
  readonly termDuration?: string;
  /** Lower-cased; what the service says may be done: `edit`, `cancel`. */
  readonly actions?: readonly string[];
  /** Lower-cased. */
  readonly suspensionReasons?: readonly string[];
  /** The legacy subscription that became this one. */
  readonly migratedFromSubscriptionId?: string;
  readonly quantity: number;
  readonly etag?: string;
  /** The resource as it came, because a PATCH must send it back whole. */
  readonly resource: Readonly<Record<string, unknown>>;
}

/** An Azure subscription under an Azure plan. */
export interface AzureEntitlement {
  readonly id: string;
  readonly planId: string;
  /** `active`, `inactive`, … */
  readonly status: string;
}
