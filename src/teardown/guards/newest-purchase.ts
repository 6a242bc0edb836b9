import { defined } from '../../shared/defined.ts';
import { idKey } from '../inventory/id-key.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Purchase } from '../inventory/purchase.ts';
import { purchasesOf } from '../inventory/purchases-of.ts';
import type { Order, Subscription } from '../model/purchases.ts';
import { nameOf } from '../release/purchase-names.ts';

export interface Bought {
  /** In words, for people. */
  readonly name: string;
  /** In milliseconds since the epoch; absent where it is not known, and then counts as now. */
  readonly atMs?: number;
}

/**
 * When everything that a customer holds or held was bought, whatever list shows it. Something without a date has its
 * order's date, an Azure subscription its plan's. Something of an order that is not listed counts as new, because a new
 * order is listed last.
 */
export function boughtOf(inventory: Inventory): readonly Bought[] {
  return purchasesOf(inventory).map((purchase) =>
    defined({ name: nameOf(purchase), atMs: boughtMs(purchase) }),
  );
}

function boughtMs({ order, subscription }: Purchase): number | undefined {
  if (order !== undefined) {
    if (!isOf(order, subscription)) return undefined;
    return order.createdMs === undefined
      ? undefined
      : Math.max(order.createdMs, subscription?.createdMs ?? order.createdMs);
  }
  return subscription?.orderId === undefined ? subscription?.createdMs : undefined;
}

/** A subscription may be named by the line of an old order, and itself name a new one that is not listed yet. */
function isOf({ id, alternateId }: Order, subscription: Subscription | undefined): boolean {
  const named = idKey(subscription?.orderId);
  return named === undefined || named === idKey(id) || named === idKey(alternateId);
}
