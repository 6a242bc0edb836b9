import type { PurchaseKind } from './spec.ts';

/** The sandbox's own memory. Times are milliseconds since the Unix epoch. */

export interface Line {
  readonly number: number;
  readonly kind: PurchaseKind;
  readonly offerId: string;
  readonly friendlyName: string;
  quantity: number;
  readonly subscriptionId?: string;
  readonly parentSubscriptionId?: string;
}

/** A change the service has accepted and not finished. */
export interface Change<Status> {
  readonly to: Status;
  /** `Infinity`: never. */
  readonly dueMs: number;
  looksLeft: number;
}

/** Some lines of an order on their way to quantity 0. */
export interface Adjustment {
  readonly lines: readonly Line[];
  readonly dueMs: number;
}

export type OrderStatus = 'completed' | 'pending' | 'cancelled';

export interface Order {
  readonly id: string;
  readonly alternateId: string;
  /** Of its first line; the lines of one order may be of different kinds. */
  readonly kind: PurchaseKind;
  readonly createdMs: number;
  readonly visibleAtMs: number;
  readonly cancelling: Cancelling;
  readonly lines: Line[];
  status: OrderStatus;
  change?: Change<OrderStatus> | undefined;
  /** Lines of it are being cancelled. */
  adjustment?: Adjustment | undefined;
  version: number;
}

/** How long this purchase takes to cancel, decided when it is seeded. */
export interface Cancelling {
  readonly takesMs: number;
  readonly takesLooks: number;
}

export type SubscriptionStatus =
  | 'active'
  | 'pending'
  | 'suspended'
  | 'deleted'
  | 'expired'
  | 'disabled';

export interface Subscription {
  readonly id: string;
  readonly orderId: string;
  readonly kind: PurchaseKind;
  readonly createdMs: number;
  readonly visibleAtMs: number;
  readonly cancelling: Cancelling;
  readonly offerId: string;
  readonly offerName: string;
  readonly trial: boolean;
  readonly parentSubscriptionId?: string;
  readonly azureEntitlements: AzureEntitlement[];
  friendlyName: string;
  quantity: number;
  autoRenew: boolean;
  status: SubscriptionStatus;
  change?: Change<SubscriptionStatus> | undefined;
  version: number;
}

/** An Azure subscription under an Azure plan. */
export interface AzureEntitlement {
  readonly id: string;
  readonly subscriptionId: string;
  readonly friendlyName: string;
  readonly cancelling: Cancelling;
  status: AzureEntitlementStatus;
  change?: Change<AzureEntitlementStatus> | undefined;
}

/** Only `active` is documented (PowerShell issue 289); how a cancelled one reads is UNCONFIRMED. */
export type AzureEntitlementStatus = 'active' | 'canceled';

export interface Entitlement {
  readonly orderId: string;
  readonly lineNumber: number;
  readonly resourceId: string;
  readonly included: Entitlement[];
}

export interface Customer {
  readonly id: string;
  /** Its place in the account's list; never used twice. */
  readonly sequence: number;
  readonly domain: string;
  readonly companyName: string;
  readonly createdMs: number;
  readonly invalidAddress: boolean;
  readonly locked: boolean;
  readonly expected?: 'deleted' | 'parked';
  readonly orders: Order[];
  readonly subscriptions: Subscription[];
  readonly entitlements: Entitlement[];
}
