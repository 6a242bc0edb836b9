import { createHash } from 'node:crypto';
import type { Inventory } from './inventory.ts';

/**
 * A hash over the customer and its purchases: equal as long as nothing was bought, cancelled or changed.
 * Independent of the order in which the service lists things.
 */
export function fingerprintOf(inventory: Inventory): string {
  const { customer, orders, subscriptions, entitlements, azureEntitlements } = inventory;
  const facts = {
    customer: [customer.id, customer.domain ?? null],
    orders: orders
      .map(({ id, status, createdMs, lines }) => [
        id,
        status,
        createdMs ?? null,
        lines.map((line) => `${line.lineItemNumber} ${line.offerId} ${line.quantity}`).toSorted(),
      ])
      .toSorted(byText),
    subscriptions: subscriptions
      .map(({ id, status, offerId, quantity }) => [id, status, offerId, quantity])
      .toSorted(byText),
    entitlements:
      entitlements
        ?.map(({ orderId, productId, type, quantity }) => [orderId, productId, type, quantity])
        .toSorted(byText) ?? null,
    azureEntitlements: azureEntitlements
      .map(({ id, planId, status }) => [planId, id, status])
      .toSorted(byText),
  };
  return `sha256:${createHash('sha256').update(JSON.stringify(facts)).digest('hex')}`;
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
