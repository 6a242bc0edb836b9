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

/** One item of a reviewed plan: what it is, and every call that may be made for it. */
export interface PlanItem {
  /** In words, for people. */
  readonly name: string;
  /** A hash of identity and calls; a check carries nothing else of the item. */
  readonly digest: string;
}

/** Hexadecimal digits: 128 bits. */
const DIGEST_LENGTH = 32;

/**
 * What still blocks the deletion, as a plan lists it: each line of an order, each purchase, each entitlement and each
 * living Azure subscription, by its identity (ids, offer, quantity, date, subscription) and the calls that may release
 * it, now or later, including the other path if the first is refused. What the teardown itself changes (statuses, what
 * its own calls have ended) is left out. A purchase that is not listed yet has no calls, and only its line counts.
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

/** A line stands for its subscription while no list shows that. */
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

/** The entitlements: an order may hold more than its lines say. Those with quantity 0 hold nothing. */
function entitlementsOf({ customer, entitlements = [] }: Inventory): readonly PlanItem[] {
  return entitlements
    .filter(({ quantity }) => quantity !== 0)
    .map(({ orderId = null, alternateOrderId = null, type, productId, quantity }) =>
      item(
        `entitlement of ${orderId === null ? 'no order' : `order ${orderId}`} (${productId})`,
        [customer.id, 'entitlement', orderId, alternateOrderId, type, productId, quantity],
        [],
      ),
    );
}

/** Gives equal items different digests, so that each of them counts. */
function numbered(items: readonly PlanItem[]): readonly PlanItem[] {
  const counts = new Map<string, number>();
  return items.map(({ name, digest }) => {
    const before = counts.get(digest) ?? 0;
    counts.set(digest, before + 1);
    return { name, digest: before === 0 ? digest : digestOf([digest, before]) };
  });
}

/** The fingerprint for `ifUnchanged` that allows exactly the plan for this inventory. */
export function planFingerprint(inventory: Inventory): string {
  return fingerprintOf(planItemsOf(inventory).map(({ digest }) => digest));
}

interface Calls {
  /** If all of them are accepted. */
  readonly planned: readonly Call[];
  /** What an answer may require instead, or before. */
  readonly otherwise: readonly Call[];
}

/** Every call that a teardown may make for a purchase, whatever the answers are. */
function callsFor(purchase: Purchase): Calls {
  const { steps, otherSteps } = releaseOf(purchase);
  const { order, line, subscription } = purchase;
  const planned = [...steps, ...(otherSteps?.steps ?? [])].flat();
  const has = (kind: Call['kind'], status?: 'deleted' | 'suspended') =>
    planned.some(
      (call) => call.kind === kind && (!status || ('status' in call && call.status === status)),
    );
  const otherwise = [
    // If the order path is refused (400/800063), the subscription is ended; in the reverse case (403/900263) its line.
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

/** What neither changes by itself nor by the teardown. */
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
  const callTexts = calls.map((each) =>
    [...new Set(each.map((call) => describeCall('', call)))].toSorted(),
  );
  return { name, digest: digestOf([identity, callTexts]) };
}

function digestOf(content: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return hash.slice(0, DIGEST_LENGTH);
}
