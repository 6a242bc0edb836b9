/** What a customer holds, as far as a teardown needs it. Times are in milliseconds since the epoch. */

export interface Customer {
  readonly id: string;
  /** The customer's own domain; absent where the service does not give it. */
  readonly domain?: string;
  readonly companyName?: string;
}

/** `pending_po_upload`, `cancelled`, …, in one spelling; an undocumented value in lower case. */
export type OrderStatus = string;

export interface OrderLine {
  readonly lineItemNumber: number;
  readonly offerId: string;
  readonly quantity: number;
  readonly subscriptionId?: string;
  /** The parent of an add-on. */
  readonly parentSubscriptionId?: string;
}

export interface Order {
  readonly id: string;
  readonly alternateId?: string;
  readonly status: OrderStatus;
  /** `one_time`, `monthly`, …, in one spelling. */
  readonly billingCycle: string;
  readonly createdMs?: number;
  readonly lines: readonly OrderLine[];
}

export interface Entitlement {
  /** Absent where neither it nor what includes it names an order. */
  readonly orderId?: string;
  readonly alternateOrderId?: string;
  readonly lineItemNumber?: number;
  /** In lower case: `reservedinstance`, `software`, … */
  readonly type: string;
  readonly productId: string;
  readonly quantity: number;
}

export interface Subscription {
  readonly id: string;
  readonly orderId?: string;
  readonly offerId: string;
  readonly offerName: string;
  /** `productType.id` in lower case: `onlineservicesnce`, `saas`, `azure`, `software`, …; empty for legacy offers. */
  readonly productType: string;
  /** `productType.subType.id` in lower case: `savingsplan`, …; absent where there is none. */
  readonly productSubType?: string;
  /** Only present where the service says that another publisher sells it. */
  readonly isMicrosoftProduct?: false;
  /** `active`, `suspended`, …, in one spelling; an undocumented value in lower case. */
  readonly status: string;
  readonly parentSubscriptionId?: string;
  readonly createdMs?: number;
  readonly effectiveStartMs?: number;
  /** When the term ends; in the distant future for a subscription that does not renew. */
  readonly commitmentEndMs?: number;
  /** The service says when the term ends, but in a form that cannot be read. */
  readonly isEndUnreadable?: true;
  /** "The last date for cancellation", if the service gives it; its absence proves nothing. */
  readonly cancellationAllowedUntilMs?: number;
  /** Until when its price is refunded, at least in part; it may be cancellable for longer. */
  readonly refundableUntilMs?: number;
  readonly isTrial?: true;
  readonly autoRenewEnabled?: true;
  /** In lower case: `usage`, `license`, `benefit`, … */
  readonly billingType?: string;
  /** ISO 8601: `P1M`, `P1Y`, `P3Y`. */
  readonly termDuration?: string;
  /** The actions that the service allows, in lower case: `edit`, `cancel`. */
  readonly actions?: readonly string[];
  /** In lower case. */
  readonly suspensionReasons?: readonly string[];
  /** The legacy subscription that became this one. */
  readonly migratedFromSubscriptionId?: string;
  readonly quantity: number;
  readonly etag?: string;
  /** The resource as it came, because a PATCH sends it back whole. */
  readonly resource: Readonly<Record<string, unknown>>;
}

/** An Azure subscription under an Azure plan. */
export interface AzureEntitlement {
  readonly id: string;
  readonly planId: string;
  /** `active`, `inactive`, … */
  readonly status: string;
}
