/**
 * Whether what the API showed is all released, by the rules of the design's section 4. It reads the raw JSON, and
 * shares nothing with the decision that it judges.
 */

interface Line {
  readonly quantity: number;
  readonly subscriptionId?: string;
}
interface Order {
  readonly id: string;
  readonly status: string;
  readonly creationDate: string;
  readonly lineItems: readonly Line[];
}
interface Subscription {
  readonly id: string;
  readonly orderId: string;
  readonly status: string;
  readonly offerId: string;
  readonly productType?: { readonly id: string };
}

interface Entitlement {
  readonly quantity: number;
  readonly referenceOrder: { readonly id: string };
}

/** Orders may be listed this late. */
const LISTING_LAG_MS = 15 * 60_000;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The bodies that a look read, by path. */
export type Reads = ReadonlyMap<string, string>;

/** A list that was read, or undefined if it was not. */
export function itemsOf<T>(reads: Reads, path: string): T[] | undefined {
  const body = reads.get(path);
  return body === undefined ? undefined : (JSON.parse(body) as { items: T[] }).items;
}

/** What still blocked by the lists that were read, or what was not read at all; undefined: nothing. */
export function blockedBy(
  reads: Reads,
  customerId: string,
  { ageMs, readsEntitlements }: { readonly ageMs: number; readonly readsEntitlements: boolean },
): string | undefined {
  const orders = itemsOf<Order>(reads, `/customers/${customerId}/orders`);
  const subscriptions = itemsOf<Subscription>(reads, `/customers/${customerId}/subscriptions`);
  if (orders === undefined) return 'the orders were not read';
  if (subscriptions === undefined) return 'the subscriptions were not read';
  const entitlements = itemsOf<Entitlement>(reads, `/customers/${customerId}/entitlements`);
  if (readsEntitlements && entitlements === undefined) return 'the entitlements were not read';
  const early = ageMs < LISTING_LAG_MS;
  const known = (orderId: string): boolean => orders.some(({ id }) => id === orderId);
  const unlisted = entitlements?.find(
    ({ quantity, referenceOrder }) => early && quantity > 0 && !known(referenceOrder.id),
  );
  if (unlisted !== undefined) return `order ${unlisted.referenceOrder.id} is not listed yet`;
  const cancelled = orders.filter(({ status }) => status === 'cancelled').map(({ id }) => id);
  // "The line item's quantity is 0, and the order stays completed" (Cancel software purchases).
  const cancelledLines = orders.flatMap(({ lineItems }) =>
    lineItems.filter(({ quantity }) => quantity === 0).map(({ subscriptionId }) => subscriptionId),
  );
  const open = subscriptions.find(
    (one) => !hasEnded(one) && !cancelled.includes(one.orderId) && !cancelledLines.includes(one.id),
  );
  if (open !== undefined) return `subscription ${open.id} reads ${open.status}`;
  const isDone = ({ quantity, subscriptionId }: Line): boolean =>
    quantity === 0 ||
    (subscriptionId !== undefined &&
      (!early || subscriptions.some(({ id }) => id === subscriptionId)));
  const blocking = orders.find(
    ({ status, lineItems }) => status !== 'cancelled' && !lineItems.every(isDone),
  );
  return blocking && `order ${blocking.id} reads ${blocking.status}`;
}

function hasEnded({ status, offerId, productType }: Subscription): boolean {
  if (['deleted', 'expired', 'disabled'].includes(status)) return true;
  const maySuspend =
    productType?.id === 'Azure' || (productType === undefined && GUID.test(offerId));
  return status === 'suspended' && maySuspend;
}

/** When the newest order that was read was made. */
export function newestOrderMs(reads: Reads, customerId: string): number | undefined {
  const orders = itemsOf<Order>(reads, `/customers/${customerId}/orders`);
  if (orders === undefined) return undefined;
  return Math.max(0, ...orders.map(({ creationDate }) => Date.parse(creationDate)));
}
