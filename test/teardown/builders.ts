import type { CheckContext } from '../../src/teardown/execute/executor.ts';
import type { Inventory } from '../../src/teardown/inventory/inventory.ts';
import type { Check } from '../../src/teardown/model/check.ts';
import type {
  Customer,
  Entitlement,
  Order,
  OrderLine,
  Subscription,
} from '../../src/teardown/model/purchases.ts';
import type { Backoff } from '../../src/teardown/reconcile/retry-policy.ts';

/** Small worlds for the decision tests. */

export const NOW_MS = Date.UTC(2026, 10, 22, 2);
export const DAY_MS = 24 * 60 * 60 * 1000;
export const CUSTOMER_ID = '11111111-2222-3333-4444-555555555555';

export const customer: Customer = { id: CUSTOMER_ID, domain: 'contoso.onmicrosoft.com' };

export function line(more: Partial<OrderLine> = {}): OrderLine {
  return { lineItemNumber: 0, offerId: 'DG7GMGF0DVT7:000C:DG7GMGF0FVZM', quantity: 1, ...more };
}

export function order(more: Partial<Order> = {}): Order {
  return {
    id: 'order-1',
    alternateId: 'alternate-1',
    status: 'completed',
    billingCycle: 'one_time',
    createdMs: NOW_MS - DAY_MS,
    lines: [line()],
    ...more,
  };
}

export function entitlement(more: Partial<Entitlement> = {}): Entitlement {
  return { orderId: 'order-1', type: 'reservedinstance', productId: 'p', quantity: 1, ...more };
}

export function subscription(more: Partial<Subscription> = {}): Subscription {
  return {
    id: 'subscription-1',
    orderId: 'order-1',
    offerId: 'CFQ7TTC0LH18:0001:CFQ7TTC0K971',
    offerName: 'Microsoft 365 Business Basic',
    productType: 'onlineservicesnce',
    status: 'active',
    createdMs: NOW_MS - DAY_MS,
    quantity: 1,
    resource: { id: 'subscription-1', status: 'active' },
    ...more,
  };
}

export function inventory(more: Partial<Inventory> = {}): Inventory {
  return {
    customer,
    orders: [],
    subscriptions: [],
    entitlements: [],
    azureEntitlements: [],
    ...more,
  };
}

export function aCheck(more: Partial<Check> = {}): Check {
  return {
    teardownId: 'teardown-1',
    attempt: 0,
    startedMs: NOW_MS,
    request: { customerTenantId: CUSTOMER_ID },
    begun: false,
    ...more,
  };
}

/** A course of a check in which no guard objects, and which notes nothing. */
export const course: CheckContext = {
  objection: async () => undefined,
  accepted: () => undefined,
  written: () => undefined,
};

/** Of a teardown that has nine checks and hardly any time. */
export const BACKOFF: Backoff = {
  firstDelayMs: 1,
  multiplier: 1,
  maxDelayMs: 1,
  jitter: 0,
  maxChecks: 9,
  deadlineMs: 9,
};
