import type { Customer } from './model.ts';
import { products } from './products.ts';
import { addEntitlements } from './seed-entitlements.ts';
import { beginMigrations } from './seed-migration.ts';
import { addOrder, countFailed } from './seed-order.ts';
import { type PurchaseIds, type Seeding, until } from './seeding.ts';
import type { CustomerSpec, PurchaseKind, PurchaseSpec } from './spec.ts';

const COMPANY_NAMES = [
  'Contoso',
  'Fabrikam',
  'Northwind',
  'Tailspin',
  'Wingtip',
  'Adatum',
] as const;

/**
 * Builds a customer as the spec describes it.
 *
 * @throws Error with a sentence if a purchase asks for what its kind cannot have.
 */
export function seedCustomer(
  spec: CustomerSpec,
  seeding: Seeding,
): { customer: Customer; purchases: PurchaseIds[] } {
  const { random, sequence, nowMs } = seeding;
  const companyName = spec.companyName ?? `${random.pick(COMPANY_NAMES)} test ${sequence}`;
  const customer: Customer = {
    id: spec.id?.toLowerCase() ?? random.guid(),
    sequence,
    domain: spec.domain ?? `tip${sequence}${random.text(6, 'abcdefgh')}.onmicrosoft.com`,
    companyName,
    createdMs: nowMs,
    invalidAddress: spec.invalidAddress ?? false,
    locked: spec.locked ?? false,
    ...accountOf(spec, nowMs),
    refusals: (spec.refusals ?? []).map(({ forMs, ...refusal }) => ({
      ...refusal,
      untilMs: until(forMs, nowMs),
    })),
    ...(spec.expected === undefined ? {} : { expected: spec.expected }),
    orders: [],
    subscriptions: [],
    entitlements: [],
  };
  return {
    customer,
    purchases: (spec.purchases ?? []).map((purchase) =>
      addPurchase(customer, ofCustomer(purchase, spec), seeding),
    ),
  };
}

function accountOf({ account, accountForMs }: CustomerSpec, nowMs: number) {
  if (account === undefined) return {};
  return { account: { kind: account, untilMs: until(accountForMs, nowMs) } };
}

/** Spending disables "all Azure plans" (article test-and-debug). */
function ofCustomer(purchase: PurchaseSpec, { overspent }: CustomerSpec): PurchaseSpec {
  const isPlan = purchase.kind === 'azure-plan' && purchase.status === undefined;
  return overspent === true && isPlan ? { ...purchase, status: 'disabled' } : purchase;
}

/** Adds one more purchase to a customer that exists. */
export function addPurchase(customer: Customer, spec: PurchaseSpec, seeding: Seeding): PurchaseIds {
  requirePossible(spec);
  for (const kind of spec.together ?? []) requireStatus({ ...spec, kind });
  const main = addOrder(customer, spec, seeding);
  const nested = Array.from({ length: spec.nested ?? 0 }, () => addOrder(customer, spec, seeding));
  addEntitlements(
    customer,
    spec,
    main.order,
    nested.map(({ order }) => order),
    seeding,
  );
  beginMigrations(customer, spec, main.subscriptions, seeding);
  const all = [main, ...nested];
  const subscriptions = all.flatMap((added) => added.subscriptions);
  return {
    kind: spec.kind,
    orderIds: all.map(({ order }) => order.id),
    alternateIds: all.map(({ order }) => order.alternateId ?? order.id),
    subscriptionIds: subscriptions.map(({ id }) => id),
    azureEntitlementIds: subscriptions.flatMap((one) => one.azureEntitlements.map(({ id }) => id)),
  };
}

function requirePossible(spec: PurchaseSpec): void {
  const asksForEntitlements = (spec.entitlements ?? 0) + (spec.nested ?? 0) > 0;
  if (asksForEntitlements && products[spec.kind].entitlementType === undefined) {
    throw new Error(
      `A purchase of kind "${spec.kind}" has no entitlements: leave out "entitlements" and "nested", or choose a reservation or software.`,
    );
  }
  if (spec.azureSubscriptions !== undefined && spec.kind !== 'azure-plan') {
    throw new Error(
      `A purchase of kind "${spec.kind}" has no Azure subscriptions: leave out "azureSubscriptions", or choose an azure-plan.`,
    );
  }
  if (spec.failedLines !== undefined && countFailed(spec) === 0) {
    throw new Error(
      'Lines fail only in an order of partial success: leave out "failedLines", or give it the orderStatus "partial_success".',
    );
  }
  requireKind(spec, 'saas', 'activated');
  requireKind(spec, 'licence', 'migration');
  requireStatus(spec);
}

function requireKind(spec: PurchaseSpec, kind: PurchaseKind, field: keyof PurchaseSpec): void {
  if (spec[field] === undefined || spec.kind === kind) return;
  throw new Error(
    `A purchase of kind "${spec.kind}" has no "${field}": leave it out, or choose the kind "${kind}".`,
  );
}

function requireStatus(spec: PurchaseSpec): void {
  const general =
    spec.status === undefined || ['active', 'pending', 'released'].includes(spec.status);
  if (!general && !products[spec.kind].hasSubscription) {
    throw new Error(
      `A purchase of kind "${spec.kind}" has no subscription that could be ${spec.status}: use "active", "pending" or "released".`,
    );
  }
}
