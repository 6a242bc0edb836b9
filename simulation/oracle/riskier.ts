import type { Write } from '../write.ts';
import { productOf } from './products.ts';
import {
  entitlementsIn,
  isOrderNamed,
  type Line,
  lineOf,
  type Order,
  ordersIn,
  type Reads,
  type Subscription,
  subscriptionsIn,
  wordOf,
} from './raw.ts';
import { cameToNothing, isOpen, isUnfulfilled } from './released.ts';
import { IN_TIME, riskOfLine, riskOfSubscription } from './risk.ts';

/** Something that stands, and how likely its cancellation is refused for good. */
interface Standing {
  readonly risk: number;
  readonly subscription?: Subscription;
  /** The order that cancels it, and its line there. */
  readonly order?: Order;
  readonly line?: Line;
}

/** What was called to end before, by id. */
export interface Called {
  readonly tried: ReadonlySet<string>;
  readonly accepted: ReadonlySet<string>;
}

interface Ending extends Called {
  readonly customerId: string;
  readonly nowMs: number;
}

/**
 * Where only an answer can tell, the riskiest call is made first among those that depend on no other, and nothing less
 * risky before it is accepted: also not while what it ends is pending. What its window allows is only called first.
 */
export function riskierThan(reads: Reads, write: Write, ending: Ending): string | undefined {
  const { customerId } = ending;
  const standing = standingIn(reads, ending);
  const own = standing.filter((each) => isEndedBy(each, write, `/customers/${customerId}`));
  // What an order ends that is not in the lists yet has at least a window.
  const risk = Math.max(...(own.length === 0 ? [IN_TIME] : own.map((each) => each.risk)));
  const riskier = standing.find(
    (each) => each.risk > risk && holdsBack(each, ending) && !hasAddOn(each, standing),
  );
  return riskier && `before the riskier call for ${nameOf(riskier)} was accepted.`;
}

function hasAddOn({ subscription }: Standing, standing: readonly Standing[]): boolean {
  return (
    subscription !== undefined &&
    standing.some((each) => each.subscription?.parentSubscriptionId === subscription.id)
  );
}

function holdsBack({ risk, subscription, order }: Standing, { tried, accepted }: Called): boolean {
  const ids = [subscription?.id, order?.id, order?.alternateId].filter((id) => id !== undefined);
  if (risk > IN_TIME) return !ids.some((id) => accepted.has(id));
  const isPending = [subscription?.status, order?.status].some((one) => wordOf(one) === 'pending');
  return !isPending && !ids.some((id) => tried.has(id));
}

const nameOf = ({ subscription, order, line }: Standing): string =>
  subscription === undefined
    ? `line ${line?.lineItemNumber} of order ${order?.id}`
    : `subscription ${subscription.id}`;

function standingIn(reads: Reads, { customerId, nowMs }: Ending): readonly Standing[] {
  const orders = ordersIn(reads, customerId) ?? [];
  const entitlements = entitlementsIn(reads, customerId);
  const subscriptions = subscriptionsIn(reads, customerId) ?? [];
  const open = subscriptions.filter((each) => isOpen(each, orders));
  const listed = { subscriptions, entitlements, early: false };
  const standsAlone = (order: Order, line: Line) =>
    line.quantity > 0 && line.subscriptionId === undefined && !isUnfulfilled(order, line, listed);
  return [
    ...open.map((subscription) => ({
      risk: riskOfSubscription(subscription, nowMs),
      subscription,
      ...(productOf(subscription) === 'software' && orderOf(subscription, orders)),
    })),
    ...orders
      .filter((order) => !cameToNothing(order))
      .flatMap((order) =>
        (order.lineItems ?? [])
          .filter((line) => standsAlone(order, line))
          .map((line) => ({
            risk: riskOfLine(order, line, entitlements ?? [], nowMs),
            order,
            line,
          })),
      ),
  ];
}

/** Article cancel-an-order-from-the-integration-sandbox: a software subscription ends with its order or by itself. */
function orderOf(
  subscription: Subscription,
  orders: readonly Order[],
): Pick<Standing, 'order' | 'line'> {
  const line = lineOf(orders, subscription);
  const order = orders.find(
    (each) =>
      isOrderNamed(each, subscription.orderId) ||
      (line !== undefined && each.lineItems?.includes(line)),
  );
  return { ...(order && { order }), ...(line && { line }) };
}

function isEndedBy({ order, line, subscription }: Standing, write: Write, path: string): boolean {
  if (`${write.path}/`.startsWith(`${path}/subscriptions/${subscription?.id}/`)) return true;
  const { lineItems } = (write.json ?? {}) as Partial<Order>;
  return (
    order !== undefined &&
    isOrderNamed(order, write.path.replace(`${path}/orders/`, '')) &&
    (line === undefined ||
      lineItems === undefined ||
      lineItems.some(({ lineItemNumber }) => lineItemNumber === line.lineItemNumber))
  );
}
