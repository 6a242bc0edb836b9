import type { Customer, Entitlement, Order } from './model.ts';
import { products } from './products.ts';
import type { Random } from './random.ts';
import type { PurchaseSpec } from './spec.ts';

/** Lists an order among the entitlements, and those `nested` in it, each one level deeper than the last. */
export function addEntitlements(
  customer: Customer,
  spec: PurchaseSpec,
  order: Order,
  nested: readonly Order[],
  random: Random,
): void {
  const entitled = order.lines.filter(({ kind }) => products[kind].entitlementType !== undefined);
  if (entitled.length === 0) return;
  const create = (orderId: string, lineNumber: number): Entitlement => ({
    orderId,
    lineNumber,
    resourceId: random.guid(),
    included: [],
  });
  const count = spec.entitlements ?? entitled.length;
  const shown = Array.from({ length: Math.max(count, nested.length > 0 ? 1 : 0) }, (_, index) =>
    create(order.id, entitled[index % entitled.length]?.number ?? 0),
  );
  let holder = shown[0];
  for (const inner of nested) {
    const entitlement = create(inner.id, 0);
    holder?.included.push(entitlement);
    holder = entitlement;
  }
  customer.entitlements.push(...shown);
}
