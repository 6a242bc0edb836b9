/** What a customer holds, as far as a teardown needs to know it. Times are milliseconds since the epoch. */

export interface Customer {
  readonly id: string;
  /** The customer's own domain; absent where the service does not tell it. */
  readonly domain?: string;
  readonly companyName?: string;
}

/** Lower-cased as the service writes it; a value nobody documented stays as it came. */
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
  /** Lower-cased: `one_time`, `monthly`, … */
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
  /** Lower-cased `productType.subType.id`: `savingsplan`, …; absent where there is none. */
  readonly productSubType?: string;
  /** Lower-cased: `usage`, `license`, `benefit`, … */
  readonly billingType?: string;
  /** Present where the service says that another publisher sells it. */
  readonly isMicrosoftProduct?: false;
  readonly status: string;
  readonly parentSubscriptionId?: string;
  readonly createdMs?: number;
  readonly isTrial?: true;
  readonly autoRenews?: true;
  /** The end of its term (`commitmentEndDate`). */
  readonly endsMs?: number;
  /** Until when the service says it can be cancelled: the latest of its refund options, or `cancellationAllowedUntilDate`. */
  readonly refundableUntilMs?: number;
  readonly quantity: number;
  readonly etag?: string;
  /** The resource as it came, because a PATCH must send it back whole. */
  readonly resource: Readonly<Record<string, unknown>>;
}

/** An Azure subscription under an Azure plan. */
export interface AzureEntitlement {
  readonly id: string;
  readonly planId: string;
  readonly status: string;
}
