import { createHash } from 'node:crypto';
import type { Inventory } from './inventory.ts';

/** What a fingerprint looks like. */
export const FINGERPRINT = /^sha256:[0-9a-f]{64}$/;

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
      .map(asText)
      .toSorted(),
    subscriptions: subscriptions
      .map(({ id, status, offerId, quantity }) => asText([id, status, offerId, quantity]))
      .toSorted(),
    entitlements:
      entitlements
        ?.map(({ orderId, productId, type, quantity }) =>
          asText([orderId, productId, type, quantity]),
        )
        .toSorted() ?? null,
    azureEntitlements: azureEntitlements
      .map(({ id, planId, status }) => asText([planId, id, status]))
      .toSorted(),
  };
  return `sha256:${createHash('sha256').update(JSON.stringify(facts)).digest('hex')}`;
}

function asText(fields: readonly unknown[]): string {
  return JSON.stringify(fields);
}
