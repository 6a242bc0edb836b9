/**
 * What a check read, as raw JSON. The types have no more than the oracle's rules need, and share nothing with the
 * client and the decisions that it judges. Shapes: articles order-, subscription- and entitlement-resources.
 */

export interface Line {
  readonly lineItemNumber: number;
  readonly offerId?: string;
  readonly quantity: number;
  readonly subscriptionId?: string;
}

export interface Order {
  readonly id: string;
  readonly alternateId?: string;
  readonly status: string;
  readonly creationDate: string;
  readonly lineItems?: readonly Line[];
}

interface ProductType {
  readonly id: string;
  readonly subType?: ProductType;
}

export interface Subscription {
  readonly id: string;
  readonly orderId?: string;
  readonly parentSubscriptionId?: string;
  readonly quantity?: number;
  readonly status: string;
  readonly offerId: string;
  readonly productType?: ProductType;
  readonly billingType?: string;
  readonly isTrial?: boolean;
  readonly autoRenewEnabled?: boolean;
  readonly termDuration?: string;
  readonly creationDate: string;
  readonly effectiveStartDate?: string;
  readonly cancellationAllowedUntilDate?: string;
  readonly refundOptions?: readonly {
    readonly expiresAt?: string;
    readonly expiresAfter?: string;
  }[];
}

export interface Entitlement {
  readonly quantity: number;
  readonly quantityDetails?: readonly { readonly quantity: number }[];
  readonly entitlementType: string;
  readonly referenceOrder: { readonly id: string; readonly lineItemId?: string };
  readonly includedEntitlements?: readonly Entitlement[];
}

export interface AzureEntitlement {
  readonly id: string;
  readonly status: string;
}

/** The bodies that a check read, by path. */
export type Reads = ReadonlyMap<string, string>;

/** A list that was read, or undefined if it was not. */
export function itemsOf<T>(reads: Reads, path: string): T[] | undefined {
  const body = reads.get(path);
  return body === undefined ? undefined : (JSON.parse(body) as { items: T[] }).items;
}

export const ordersIn = (reads: Reads, customerId: string) =>
  itemsOf<Order>(reads, `/customers/${customerId}/orders`);

export const subscriptionsIn = (reads: Reads, customerId: string) =>
  itemsOf<Subscription>(reads, `/customers/${customerId}/subscriptions`);

/** Also those that are included in others. */
export const entitlementsIn = (reads: Reads, customerId: string) =>
  itemsOf<Entitlement>(reads, `/customers/${customerId}/entitlements`)?.flatMap(withIncluded);

export const azureEntitlementsIn = (reads: Reads, customerId: string, planId: string) =>
  itemsOf<AzureEntitlement>(
    reads,
    `/customers/${customerId}/subscriptions/${planId}/azureEntitlements`,
  );

function withIncluded(entitlement: Entitlement): Entitlement[] {
  return [entitlement, ...(entitlement.includedEntitlements ?? []).flatMap(withIncluded)];
}

/** A word of the service: letter case, blanks and underscores vary between articles, and `canceled` is another spelling. */
export function wordOf(value: string | undefined): string {
  const bare = (value ?? '').toLowerCase().replaceAll(/[\s_]/g, '');
  return bare === 'canceled' ? 'cancelled' : bare;
}

const sameId = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one.toLowerCase() === other?.toLowerCase();

/** Whether a name is one of the two ids of an order. */
export function isOrderNamed({ id, alternateId }: Order, name: string | undefined): boolean {
  return sameId(id, name) || sameId(alternateId, name);
}

/** The order line of a subscription, where a line names it. */
export function lineOf(orders: readonly Order[], { id }: Subscription): Line | undefined {
  return orders
    .flatMap(({ lineItems = [] }) => lineItems)
    .find(({ subscriptionId }) => sameId(subscriptionId, id));
}

export function isListed(subscriptions: readonly Subscription[], id: string): boolean {
  return subscriptions.some((each) => sameId(each.id, id));
}
