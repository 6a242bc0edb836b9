import { randomUUID } from 'node:crypto';
import type { CustomerSpec, PurchaseSpec, Sandbox } from 'partner-center-sandbox/core';
import type { Scenario } from './scenario.ts';

/** A teardown of the demo: its message, and its expected outcome. */
export interface Story {
  readonly name: string;
  readonly had: string;
  readonly teardownId: string;
  readonly customerId: string;
  readonly body: unknown;
  readonly times: number;
  readonly protectedBy?: string;
  readonly expected: Scenario['expected'];
}

/** Puts a scenario's customer and faults into the sandbox. */
export function prepare(scenario: Scenario, sandbox: Sandbox): Story {
  const { name, shows, customer, faults = [], request, body, times = 1, protectedBy } = scenario;
  const customerId =
    customer === undefined
      ? randomUUID()
      : sandbox.addCustomer({ ...customer, domain: `${name}.onmicrosoft.com` }).customerId;
  for (const fault of faults) sandbox.injectFault({ ...fault, customerId });
  return {
    name,
    had: shows,
    teardownId: `demo-${name}-${randomUUID().slice(0, 8)}`,
    customerId,
    body: body ?? { customerTenantId: customerId, requestedBy: 'demo', ...request },
    times,
    ...(protectedBy !== undefined && { protectedBy }),
    expected: scenario.expected,
  };
}

/** In the demo nothing stays hidden or pending for minutes, as it does in real sandboxes. */
const MAX_HIDDEN_MS = 2_000;

/** For an order of some minutes the functions wait until it is fifteen minutes old. */
const MIN_AGE_DAYS = 1 / 24;

const HURRIED = [
  'visibleAfterMs',
  'subscriptionVisibleAfterMs',
  'entitlementVisibleAfterMs',
  'migrationTakesMs',
] as const;

function hurried(spec: CustomerSpec): CustomerSpec {
  return { ...spec, purchases: (spec.purchases ?? []).map(hurriedPurchase) };
}

function hurriedPurchase(purchase: PurchaseSpec): PurchaseSpec {
  const shorter = HURRIED.map((field) => [field, Math.min(purchase[field] ?? 0, MAX_HIDDEN_MS)]);
  // An order that waits for a person keeps waiting.
  const waits = purchase.orderStatus !== undefined && purchase.pendingForMs === undefined;
  const pendingForMs = Math.min(purchase.pendingForMs ?? 0, MAX_HIDDEN_MS);
  const { ageDays = 1 } = purchase;
  return {
    ...purchase,
    ageDays: Math.max(ageDays, MIN_AGE_DAYS),
    ...Object.fromEntries(shorter),
    ...(waits ? {} : { pendingForMs }),
  };
}

/** Puts a generated customer into the sandbox; the generator gives the expected outcome. */
export function prepareGenerated(spec: CustomerSpec, index: number, sandbox: Sandbox): Story {
  const { customerId } = sandbox.addCustomer(hurried(spec));
  const name = `customer-${String(index + 1).padStart(2, '0')}`;
  const deleted = spec.expected !== 'parked';
  return {
    name,
    had: describe(spec.purchases ?? []),
    teardownId: `demo-${name}-${randomUUID().slice(0, 8)}`,
    customerId,
    body: { customerTenantId: customerId, requestedBy: 'demo' },
    times: 1,
    expected: deleted
      ? { kind: 'deleted', world: 'gone' }
      : { kind: 'parked', world: 'still there' },
  };
}

function describe(purchases: readonly PurchaseSpec[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of purchases) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = [...counts].map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}`));
  return parts.join(', ') || 'nothing bought';
}
