import * as v from 'valibot';
import { listOf, type Served } from './article-server.ts';
import type { Sample } from './samples.ts';

/** Which lists of a customer are served, by the last part of their path. */
export type World = Readonly<Record<string, Served>>;

const Items = v.object({ items: v.array(v.record(v.string(), v.unknown())) });
const Orders = v.object({ orders: v.array(v.record(v.string(), v.unknown())) });

/** The items of a list, or the one resource as the only item. */
export function itemsOf({ kind, payload }: Sample): readonly unknown[] {
  if (kind === 'cart-checkout' || kind === 'transfer-result') {
    return v.parse(Orders, payload).orders;
  }
  return kind.endsWith('s') ? v.parse(Items, payload).items : [payload];
}

/** Kinds that hold what the client reads as a customer's purchases. */
const LISTS: Readonly<Partial<Record<Sample['kind'], string>>> = {
  order: 'orders',
  orders: 'orders',
  'cart-checkout': 'orders',
  'transfer-result': 'orders',
  subscription: 'subscriptions',
  subscriptions: 'subscriptions',
};

/** The Azure plan under which the article's Azure subscriptions are. */
const plan = (id: string) => ({
  id,
  offerId: 'DZH318Z0BPS6:0001:DZH318Z0BPS7',
  productType: { id: 'Azure', displayName: 'Azure' },
  status: 'active',
  quantity: 1,
  // As early as what is taken for the day of a purchase that tells none.
  creationDate: '2015-12-01T00:00:00Z',
});

const Azure = v.object({ subscriptionId: v.string() });
const Entitled = v.object({
  referenceOrder: v.object({ id: v.string(), lineItemId: v.string() }),
  productId: v.string(),
  skuId: v.string(),
});

/** The orders behind entitlements: no article shows both, so these are ours. */
function ordersBehind(entitlements: readonly unknown[]) {
  const read = entitlements.map((each) => v.parse(Entitled, each));
  return [...Map.groupBy(read, ({ referenceOrder }) => referenceOrder.id)].map(([id, lines]) => ({
    id,
    status: 'completed',
    billingCycle: 'one_time',
    lineItems: lines.map(({ referenceOrder, productId, skuId }) => ({
      lineItemNumber: Number(referenceOrder.lineItemId),
      offerId: `${productId}:${skuId}:DZH318Z0DSPL`,
      quantity: 1,
    })),
  }));
}

/** What a customer holds who has what the sample shows and nothing else. */
export function worldOf(sample: Sample): World | undefined {
  const list = LISTS[sample.kind];
  if (list !== undefined) return { [list]: listOf(itemsOf(sample)) };
  if (sample.kind === 'azure-entitlement' || sample.kind === 'azure-entitlements') {
    const items = itemsOf(sample);
    const planIds = new Set(items.map((each) => v.parse(Azure, each).subscriptionId));
    return {
      subscriptions: listOf([...planIds].map(plan)),
      azureEntitlements: listOf(items),
    };
  }
  if (sample.kind === 'entitlements') {
    const items = itemsOf(sample);
    return { orders: listOf(ordersBehind(items)), entitlements: listOf(items) };
  }
  return undefined;
}
