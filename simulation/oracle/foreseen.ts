import { type Product, productOf } from './products.ts';
import {
  type Line,
  type Order,
  ordersIn,
  type Reads,
  type Subscription,
  subscriptionsIn,
  wordOf,
} from './raw.ts';
import { cameToNothing, isOpen, isUnderWay } from './released.ts';

/** What the lists alone show: a customer that can never be deleted, whatever is cancelled. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** "Any sandbox orders which are older than 60 days cannot be cancelled": article cancel-an-order-from-the-integration-sandbox. */
const SIXTY_DAYS_MS = 60 * DAY_MS;
/** Of the catalogue: product, sku, availability. Article order-resources. */
const CATALOGUE_OFFER = /^[0-9a-z]+:[0-9a-z]+:[0-9a-z]+$/i;

/** Why nothing may be cancelled for this customer; undefined if something may. */
export function foreseen(reads: Reads, customerId: string, startedMs: number): string | undefined {
  const orders = ordersIn(reads, customerId) ?? [];
  const open = (subscriptionsIn(reads, customerId) ?? []).filter((each) => isOpen(each, orders));
  const never = open.find(isNeverCancelled);
  if (never !== undefined) return `subscription ${never.id} is a ${productOf(never)}`;
  const late = open.find((each) => cancellableUntilMs(each) < startedMs);
  if (late !== undefined) return `subscription ${late.id} says that it is too late`;
  const old = orders.find((order) => isTooOld(order, startedMs));
  return old && `order ${old.id} is older than sixty days`;
}

/** 900321 of savings plans, article error-codes; the status of a trial cannot be changed, article create-a-new-subscription. */
function isNeverCancelled(subscription: Subscription): boolean {
  const product = productOf(subscription);
  // A purchase that is still being provisioned may fail.
  const isKnown = wordOf(subscription.status) !== 'pending';
  return isKnown && ['savings-plan', 'trial', 'unknown'].includes(product);
}

/** The end of its cancellation window; by its refund no earlier than the policy says; without dates, no end. */
function cancellableUntilMs(subscription: Subscription): number {
  const { cancellationAllowedUntilDate, refundOptions = [] } = subscription;
  // "The last date for cancellation": article subscription-resources.
  if (cancellationAllowedUntilDate !== undefined) return Date.parse(cancellationAllowedUntilDate);
  const refundEnds = refundOptions
    .map(({ expiresAt, expiresAfter }) => expiresAt ?? expiresAfter)
    .flatMap((date) => (date === undefined ? [] : [Date.parse(date)]));
  if (refundEnds.length === 0) return Number.POSITIVE_INFINITY;
  const { creationDate, effectiveStartDate = creationDate } = subscription;
  const policyMs = policyOf(productOf(subscription), subscription.termDuration);
  return Math.max(...refundEnds, Date.parse(effectiveStartDate) + policyMs);
}

/** Article new-commerce-cancellation-policy: a refund may end before cancelling is over. */
function policyOf(product: Product, termDuration: string | undefined): number {
  if (product === 'new-commerce') return 7 * DAY_MS;
  if (product !== 'saas') return 0;
  return termDuration === 'P1M' ? 24 * HOUR_MS : 14 * DAY_MS;
}

/** A reservation or software bought too long ago: it is cancelled by its order alone. */
function isTooOld(order: Order, startedMs: number): boolean {
  if (cameToNothing(order) || isUnderWay(order)) return false;
  const { lineItems = [] } = order;
  return lineItems.some(isByOrder) && Date.parse(order.creationDate) + SIXTY_DAYS_MS < startedMs;
}

/** Of the catalogue, and without a subscription: a reservation or software, which is cancelled by its order. */
export function isByOrder({ offerId = '', quantity, subscriptionId }: Line): boolean {
  return quantity > 0 && subscriptionId === undefined && CATALOGUE_OFFER.test(offerId);
}
