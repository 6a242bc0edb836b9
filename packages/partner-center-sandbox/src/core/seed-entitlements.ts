import type { Customer, Entitlement, Line, Order } from './model.ts';
import { products } from './products.ts';
import type { Seeding } from './seeding.ts';
import type { PurchaseSpec } from './spec.ts';

/** What a product brings with it, in the example of article get-a-collection-of-entitlements. */
const BUNDLED = ['DG7GMGF0DWTJ:0001', 'DG7GMGF0DWLG:0002'] as const;

/** Lists an order among the entitlements, and those `nested` in it, each one level deeper than the last. */
export function addEntitlements(
  customer: Customer,
  spec: PurchaseSpec,
  order: Order,
  nested: readonly Order[],
  { nowMs, random, settings }: Pick<Seeding, 'nowMs' | 'random' | 'settings'>,
): void {
  const showsFailed = settings.failedLineEntitlement === 'unfulfilled';
  const isShown = ({ failed }: Line) => showsFailed || (!failed && order.status !== 'error');
  const entitled = order.lines.filter(
    (line) => products[line.kind].entitlementType !== undefined && isShown(line),
  );
  if (entitled.length === 0) return;
  const after = spec.entitlementVisibleAfterMs;
  const create = ({ id, visibleAtMs }: Order, lineNumber: number): Entitlement => {
    const common = {
      orderId: id,
      lineNumber,
      visibleAtMs: after === undefined ? visibleAtMs : nowMs + after,
    };
    const included = Array.from({ length: spec.included ?? 0 }, (_, index) => ({
      ...common,
      resourceId: random.guid(),
      offerId: BUNDLED[index % BUNDLED.length] ?? '',
      included: [],
    }));
    return { ...common, resourceId: random.guid(), included };
  };
  const count = spec.entitlements ?? entitled.length;
  const shown = Array.from({ length: Math.max(count, nested.length > 0 ? 1 : 0) }, (_, index) =>
    create(order, entitled[index % entitled.length]?.number ?? 0),
  );
  let holder = shown[0];
  for (const inner of nested) {
    const entitlement = create(inner, 0);
    holder?.included.push(entitlement);
    holder = entitlement;
  }
  customer.entitlements.push(...shown);
}
