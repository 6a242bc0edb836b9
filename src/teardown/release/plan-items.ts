import { createHash } from 'node:crypto';
import type { Inventory } from '../inventory/inventory.ts';
import type { Purchase } from '../inventory/purchase.ts';
import { purchasesOf } from '../inventory/purchases-of.ts';
import { type Call, describeCall } from '../model/call.ts';
import { fingerprintOf } from '../model/fingerprint.ts';
import { isReleased, isWaitingForListing } from './is-released.ts';
import { cancelByOrder } from './products/order-path.ts';
import { releaseOf } from './products/strategies.ts';
import { endSubscription } from './products/subscription-path.ts';
import { nameOf } from './purchase-names.ts';

/** One thing of a reviewed plan: what it is, and every call that may be made for it. */
export interface PlanItem {
  /** In words, for people. */
  readonly name: string;
  /** Stands for identity and calls; a check carries no more of it. */
  readonly digest: string;
}

/** Hexadecimal digits: 128 bits. */
const DIGEST_LENGTH = 32;

/**
 * What still blocks deletion, as a plan lists it: each line of an order, each purchase, each entitlement and each
 * living Azure subscription by its identity (ids, offer, quantity, date, subscription), and the calls that may release
 * it, now or later, the other path where the first is refused included. What the teardown itself changes (statuses,
 * what its own calls have ended) is no part of it. Of what waits to be listed there is the order's line alone: it has
 * no calls yet.
 */
export function planItemsOf(inventory: Inventory): readonly PlanItem[] {
  const customerId = inventory.customer.id;
  const open = purchasesOf(inventory).filter((purchase) => !isReleased(purchase, false));
  const items = open.flatMap((purchase) => [
    ...lineOf(customerId, purchase),
    ...(isWaitingForListing(purchase) ? [] : releaseItemsOf(customerId, purchase)),
  ]);
  return numbered([...items, ...entitlementsOf(inventory)]);
}

/** A line stands for its subscription while, or once, no list shows that. */
function lineOf(customerId: string, purchase: Purchase): readonly PlanItem[] {
  const { order, line, subscription } = purchase;
  if (order === undefined || line === undefined) return [];
  const { lineItemNumber, offerId, quantity } = line;
  const subscriptionId = line.subscriptionId ?? subscription?.id ?? null;
  const identity = [order.id, order.createdMs ?? null, lineItemNumber, offerId, quantity];
  return [item(nameOf(purchase), [customerId, 'line', ...identity, subscriptionId], [])];
}

function releaseItemsOf(customerId: string, purchase: Purchase): readonly PlanItem[] {
  const { planned, otherwise } = callsFor(purchase);
  const azure = planned.filter((call) => call.kind === 'cancel-azure-entitlement');
  const others = planned.filter((call) => call.kind !== 'cancel-azure-entitlement');
  return [
    item(nameOf(purchase), [customerId, ...identityOf(purchase)], [others, otherwise]),
    ...azure.map((call) => {
      const { id } = call.entitlement;
      return item(`Azure subscription ${id}`, [customerId, id], [[call]]);
    }),
  ];
}

/** An order may hold more than its lines tell. What came to nothing, or to nothing yet, holds nothing. */
function entitlementsOf({ customer, entitlements = [] }: Inventory): readonly PlanItem[] {
  return entitlements
    .filter(({ quantity }) => quantity !== 0)
    .map(({ orderId, alternateOrderId = null, type, productId, quantity }) =>
      item(
        `entitlement of order ${orderId} (${productId})`,
        [customer.id, 'entitlement', orderId, alternateOrderId, type, productId, quantity],
        [],
      ),
    );
}

/** Of two that are alike each is one: the second has a digest of its own. */
function numbered(items: readonly PlanItem[]): readonly PlanItem[] {
  const counts = new Map<string, number>();
  return items.map(({ name, digest }) => {
    const before = counts.get(digest) ?? 0;
    counts.set(digest, before + 1);
    return { name, digest: before === 0 ? digest : digestOf([digest, before]) };
  });
}

/** What `ifUnchanged` takes, to allow exactly the plan for what a customer holds. */
export function planFingerprint(inventory: Inventory): string {
  return fingerprintOf(planItemsOf(inventory).map(({ digest }) => digest));
}

interface Calls {
  /** As long as they are accepted. */
  readonly planned: readonly Call[];
  /** What an answer may ask for instead, or before. */
  readonly otherwise: readonly Call[];
}

/** Every call that a teardown may make for a purchase, whatever is answered. */
function callsFor(purchase: Purchase): Calls {
  const { steps, otherSteps } = releaseOf(purchase);
  const { order, line, subscription } = purchase;
  const planned = [...steps, ...(otherSteps?.steps ?? [])].flat();
  const has = (kind: Call['kind'], status?: 'deleted' | 'suspended') =>
    planned.some(
      (call) => call.kind === kind && (!status || ('status' in call && call.status === status)),
    );
  const otherwise = [
    // The order path refused (400/800063), the subscription is ended; the other way about (403/900263) its line.
    ...(has('cancel-order') && subscription ? endSubscription(subscription, 'deleted') : []),
    ...(has('end-subscription', 'suspended') && order ? cancelByOrder(order.id, line) : []),
  ].flat();
  const activates = has('end-subscription', 'deleted') && subscription !== undefined;
  return {
    planned,
    otherwise: [
      ...otherwise,
      ...(activates ? [{ kind: 'activate-subscription', subscription } as const] : []),
    ],
  };
}

/** What does not change by itself, nor by what the teardown does. */
function identityOf({ order, line, subscription, entitlement }: Purchase): readonly unknown[] {
  return [
    order ? [order.id, order.createdMs ?? null] : null,
    line ? [line.lineItemNumber, line.offerId, line.quantity, line.subscriptionId ?? null] : null,
    subscription
      ? [
          subscription.id,
          subscription.offerId,
          subscription.quantity,
          subscription.createdMs ?? null,
          subscription.orderId ?? null,
        ]
      : null,
    order || subscription ? null : [entitlement?.orderId, entitlement?.productId],
  ];
}

function item(
  name: string,
  identity: readonly unknown[],
  calls: readonly (readonly Call[])[],
): PlanItem {
  const said = calls.map((each) =>
    [...new Set(each.map((call) => describeCall('', call)))].toSorted(),
  );
  return { name, digest: digestOf([identity, said]) };
}

function digestOf(content: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return hash.slice(0, DIGEST_LENGTH);
}
