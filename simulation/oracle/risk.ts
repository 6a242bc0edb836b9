import { isByOrder } from './foreseen.ts';
import { type Product, productOf } from './products.ts';
import {
  type Entitlement,
  isOrderNamed,
  type Line,
  type Order,
  type Subscription,
  wordOf,
} from './raw.ts';
import { isUnderWay } from './released.ts';

/** How likely it is that a cancellation is refused for good, by what the lists tell of the purchase's age. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** From least to most risky. */
const NEVER_LATE = 0;
export const IN_TIME = 1;
const UNKNOWN = 2;
const TOO_LATE = 3;

/** "Within 30 calendar days of purchase": article new-commerce-cancellation-policy. */
const PERPETUAL_SOFTWARE_MS = 30 * DAY_MS;

/** The risk of a subscription's cancellation; without a date from the service, by the window that the articles publish. */
export function riskOfSubscription(subscription: Subscription, nowMs: number): number {
  const product = productOf(subscription);
  // Suspending has no window: articles create-azure-plan and suspend-a-subscription.
  if (product === 'azure-plan' || product === 'legacy') return NEVER_LATE;
  // Nothing is ever cancelled of these; what is still being provisioned may yet fail.
  if (product === 'savings-plan' || product === 'trial') return TOO_LATE;
  if (isAllowedByDate(subscription, nowMs)) return IN_TIME;
  const { creationDate, effectiveStartDate = creationDate, termDuration } = subscription;
  return riskOfAge(nowMs - Date.parse(effectiveStartDate), windowMs(product, termDuration));
}

/** The risk of cancelling, by its order, a line that has no subscription. */
export function riskOfLine(
  order: Order,
  line: Line,
  entitlements: readonly Entitlement[],
  nowMs: number,
): number {
  // A person may have to act, and nothing says that it can be cancelled meanwhile: article pending-po-upload.
  if (isUnderWay(order) && wordOf(order.status) !== 'pending') return TOO_LATE;
  if (!isByOrder(line)) return UNKNOWN;
  const ageMs = nowMs - Date.parse(order.creationDate);
  // Whatever it is: what is older than its sixty days is known before any write.
  if (ageMs <= PERPETUAL_SOFTWARE_MS) return IN_TIME;
  const types = entitlements
    .filter(({ referenceOrder: { id, lineItemId } }) => {
      return isOrderNamed(order, id) && lineItemId === String(line.lineItemNumber);
    })
    .map(({ entitlementType }) => entitlementType.toLowerCase());
  if (types.includes('software')) return TOO_LATE;
  return types.includes('reservedinstance') ? IN_TIME : UNKNOWN;
}

/** Articles new-commerce-cancellation-policy and csp-software-subscriptions. */
function windowMs(product: Product, termDuration: string | undefined): number | undefined {
  if (product === 'new-commerce' || product === 'software') return 7 * DAY_MS;
  if (product !== 'saas') return undefined;
  if (termDuration === 'P1M') return 24 * HOUR_MS;
  return termDuration === 'P1Y' ? 14 * DAY_MS : undefined;
}

function riskOfAge(ageMs: number, lastsMs: number | undefined): number {
  if (lastsMs === undefined || Number.isNaN(ageMs)) return UNKNOWN;
  return ageMs <= lastsMs ? IN_TIME : TOO_LATE;
}

/** "If null, the refund operation has no expiration": article subscription-resources. */
function isAllowedByDate(subscription: Subscription, nowMs: number): boolean {
  const { cancellationAllowedUntilDate, refundOptions = [] } = subscription;
  const refundEnds = refundOptions.map(({ expiresAt, expiresAfter }) => expiresAt ?? expiresAfter);
  return (
    isYetToCome(cancellationAllowedUntilDate, nowMs) ||
    refundEnds.some((end) => end === undefined || isYetToCome(end, nowMs))
  );
}

const isYetToCome = (date: string | undefined, nowMs: number): boolean =>
  date !== undefined && Date.parse(date) >= nowMs;
