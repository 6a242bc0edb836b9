import { isReleased } from './life-cycle.ts';
import type { Customer } from './model.ts';
import type { WriteRecord } from './records.ts';
import type { SandboxSettings } from './settings.ts';
import type { PurchaseKind } from './spec.ts';

/** The sandbox as plain JSON, for tests and for people: everything, including what the API does not list yet. */
export interface SandboxState {
  readonly nowMs: number;
  readonly tenantId: string;
  readonly settings: SandboxSettings;
  readonly customers: readonly CustomerState[];
  readonly deletedCustomers: readonly DeletedCustomer[];
  /** Every call that really changed something, oldest first. */
  readonly writes: readonly WriteRecord[];
  readonly writeCounts: Readonly<Record<WriteRecord['kind'], number>>;
}

export interface DeletedCustomer {
  readonly id: string;
  readonly domain: string;
  readonly deletedAtMs: number;
  readonly expected?: 'deleted' | 'parked';
}

export interface CustomerState {
  readonly id: string;
  readonly domain: string;
  readonly companyName: string;
  readonly createdMs: number;
  readonly invalidAddress: boolean;
  readonly expected?: 'deleted' | 'parked';
  readonly orders: readonly OrderState[];
  readonly subscriptions: readonly SubscriptionState[];
  /** Orders that would keep it from being deleted now, by alternate id, or by id where they have none. */
  readonly blockedBy: readonly string[];
}

export interface OrderState {
  readonly id: string;
  readonly alternateId: string;
  readonly kind: PurchaseKind;
  readonly status: string;
  readonly createdMs: number;
  readonly visibleAtMs: number;
  readonly released: boolean;
  readonly lines: readonly LineState[];
}

export interface LineState {
  readonly number: number;
  readonly quantity: number;
  /** It came to nothing in an order of partial success. */
  readonly failed: boolean;
}

export interface SubscriptionState {
  readonly id: string;
  readonly orderId: string;
  readonly kind: PurchaseKind;
  readonly status: string;
  readonly quantity: number;
  readonly autoRenew: boolean;
  readonly scheduledChanges: boolean;
  readonly azureEntitlements: readonly { readonly id: string; readonly status: string }[];
}

export function customerState(customer: Customer): CustomerState {
  const { id, domain, companyName, createdMs, invalidAddress, expected } = customer;
  const orders = customer.orders.map((order) => ({
    id: order.id,
    alternateId: order.alternateId ?? order.id,
    kind: order.kind,
    status: order.status,
    createdMs: order.createdMs,
    visibleAtMs: order.visibleAtMs,
    released: isReleased(customer, order),
    lines: order.lines.map(({ number, quantity, failed }) => ({ number, quantity, failed })),
  }));
  return {
    id,
    domain,
    companyName,
    createdMs,
    invalidAddress,
    ...(expected === undefined ? {} : { expected }),
    orders,
    subscriptions: customer.subscriptions.map((one) => ({
      id: one.id,
      orderId: one.orderId,
      kind: one.kind,
      status: one.status,
      quantity: one.quantity,
      autoRenew: one.autoRenew,
      scheduledChanges: one.scheduledChanges,
      azureEntitlements: one.azureEntitlements.map(({ id: own, status }) => ({ id: own, status })),
    })),
    blockedBy: orders.filter(({ released }) => !released).map(({ alternateId }) => alternateId),
  };
}

const noWrites: Record<WriteRecord['kind'], number> = {
  'cancel-order': 0,
  'cancel-line-items': 0,
  'patch-subscription': 0,
  'cancel-azure': 0,
  'activate-subscription': 0,
  'delete-customer': 0,
};

export function countWrites(writes: readonly WriteRecord[]): SandboxState['writeCounts'] {
  const counts = { ...noWrites };
  for (const { kind } of writes) counts[kind] += 1;
  return counts;
}
