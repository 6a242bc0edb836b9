import type { SandboxSettings } from './settings.ts';
import type { CustomerSpec, OrderStatus, PurchaseKind, PurchaseSpec } from './spec.ts';

export type { OrderStatus } from './spec.ts';

/** The sandbox's own memory. Times are milliseconds since the Unix epoch. */

export interface Line {
  readonly number: number;
  readonly kind: PurchaseKind;
  readonly offerId: string;
  readonly friendlyName: string;
  quantity: number;
  /** Of its quantity, what its entitlement leaves out. */
  readonly unfulfilled: number;
  readonly transferred: number;
  /** It came to nothing, and the rest of its order did not. */
  readonly failed: boolean;
  readonly subscriptionId?: string;
  readonly parentSubscriptionId?: string;
}

/** A change the service has accepted and not finished. */
export interface Change<Status> {
  readonly to: Status;
  /** `Infinity`: never. */
  readonly dueMs: number;
  readsLeft: number;
}

/** Some lines of an order on their way to quantity 0. */
export interface Adjustment {
  readonly lines: readonly Line[];
  readonly dueMs: number;
}

export interface Order {
  readonly id: string;
  /** Absent on some orders. */
  readonly alternateId?: string;
  /** Of its first line; the lines of one order may be of different kinds. */
  readonly kind: PurchaseKind;
  readonly createdMs: number;
  readonly visibleAtMs: number;
  readonly cancelling: Cancelling;
  readonly billingCycle: string;
  /** Whether it holds what was bought although it ended in an error. */
  readonly errorHolds: boolean;
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
  readonly takesReads: number;
}

export type SubscriptionStatus =
  | 'none'
  | 'active'
  | 'pending'
  | 'suspended'
  | 'deleted'
  | 'expired'
  | 'disabled';

export interface Subscription {
  readonly id: string;
  readonly orderId: string;
  /** What it shows as `orderId`; absent if it shows none. */
  readonly shownOrderId?: string;
  readonly kind: PurchaseKind;
  readonly createdMs: number;
  /** `Infinity` while its order has not been processed. */
  visibleAtMs: number;
  readonly cancelling: Cancelling;
  readonly offerId: string;
  readonly offerName: string;
  readonly parentSubscriptionId?: string;
  readonly azureEntitlements: AzureEntitlement[];
  readonly billingCycle: string;
  readonly termDuration?: string;
  readonly patchRefusal?: PatchRefusal;
  /** Its plan is disabled by spending until then. */
  readonly overspentUntilMs: number;
  /** Absent for what has no end of its own. */
  term?: Term;
  migration?: Migration | undefined;
  trial: boolean;
  /** Marketplace SaaS cannot be changed before. */
  activated: boolean;
  friendlyName: string;
  quantity: number;
  autoRenew: boolean;
  scheduledChanges: boolean;
  status: SubscriptionStatus;
  change?: Change<SubscriptionStatus> | undefined;
  version: number;
}

export interface PatchRefusal {
  readonly code: NonNullable<PurchaseSpec['patchRefusal']>;
  readonly untilMs: number;
}

/** What is paid for now. When it ends it is renewed, or expires, which takes a while. */
export interface Term {
  readonly startMs: number;
  readonly endMs: number;
  readonly lastsMs: number;
  readonly endingTakesMs: number;
  /** What it leads to where the subscription is suspended. */
  readonly suspendedBecomes: 'disabled' | 'expired';
  /** From when a cancellation is accepted that was refused during the renewal. */
  retryFromMs?: number;
}

/** A legacy subscription on its way to new commerce. */
export interface Migration {
  readonly dueMs: number;
  /** What takes its place; absent if it comes back. */
  readonly successor?: { readonly order: Order; readonly subscription: Subscription };
  readonly blocksDeletion: boolean;
  /** How the legacy subscription reads when it is done. */
  readonly endsAs: SandboxSettings['migratedLicenceReads'];
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

/** Article cancel-an-azure-subscription; a setting says how `inactive` reads. */
export type AzureEntitlementStatus = 'active' | 'inactive';

export interface Entitlement {
  readonly orderId: string;
  readonly lineNumber: number;
  readonly resourceId: string;
  readonly visibleAtMs: number;
  /** Of an included one, in place of its line's. */
  readonly offerId?: string;
  readonly included: Entitlement[];
}

/** What keeps a partner from transactions for a customer. */
export interface AccountState {
  readonly kind: NonNullable<CustomerSpec['account']>;
  readonly untilMs: number;
}

export type OwnRefusal = Omit<NonNullable<CustomerSpec['refusals']>[number], 'forMs'> & {
  readonly untilMs: number;
};

export interface Customer {
  readonly id: string;
  /** Its place in the account's list; never used twice. */
  readonly sequence: number;
  readonly domain: string;
  readonly companyName: string;
  readonly createdMs: number;
  readonly invalidAddress: boolean;
  readonly locked: boolean;
  readonly account?: AccountState;
  readonly refusals: readonly OwnRefusal[];
  readonly expected?: 'deleted' | 'parked';
  readonly orders: Order[];
  readonly subscriptions: Subscription[];
  readonly entitlements: Entitlement[];
}
