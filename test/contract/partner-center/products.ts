import { isGuid } from '../../../src/shared/guid.ts';
import type { Order, Subscription } from './shapes.ts';
import { bare } from './spelling.ts';

/** What a subscription is, by the fields that articles name for it, and which call ends it. */

const PLAN_OFFER = 'DZH318Z0BPS6:';

const typeOf = ({ productType }: Subscription) =>
  bare((typeof productType === 'object' ? productType?.id : productType) ?? '');

/** "Not supported in Partner Center": article error-codes, 900321. */
export const isSavingsPlan = ({ productType, billingType }: Subscription) =>
  bare(billingType ?? '') === 'benefit' ||
  (typeof productType === 'object' && bare(productType?.subType?.id ?? '') === 'savingsplan');

export const isAzurePlan = (subscription: Subscription) =>
  !isSavingsPlan(subscription) &&
  !isLegacy(subscription) &&
  (typeOf(subscription) === 'azure' ||
    (subscription.offerId ?? '').toUpperCase().startsWith(PLAN_OFFER));

/** A licence from before new commerce, or Microsoft Azure from before Azure plans: article get-a-subscription-by-id. */
export const isLegacy = ({ offerId }: Subscription) =>
  isGuid(offerId ?? '') || /^MS-AZR-/i.test(offerId ?? '');

export const isNewCommerce = (subscription: Subscription) =>
  typeOf(subscription) === 'onlineservicesnce';

export const isSaas = (subscription: Subscription) => typeOf(subscription) === 'saas';

export const isSoftware = (subscription: Subscription) => typeOf(subscription) === 'software';

/** Ended as `deleted`, by its own PATCH. */
export const isDeleted = (subscription: Subscription) =>
  isNewCommerce(subscription) || isSaas(subscription) || isSoftware(subscription);

/** What no subscription but one of software stands behind: article cancel-an-order-from-the-integration-sandbox, its table. */
export function isCancelledByOrder(order: Order, subscriptions: readonly Subscription[]): boolean {
  return (
    order.lineItems.length > 0 &&
    order.lineItems.every(({ subscriptionId }) => {
      const bought = subscriptions.find(({ id }) => id === subscriptionId?.toLowerCase());
      // What names a subscription that is not listed, such as a migrated licence, is none of these.
      return bought === undefined ? subscriptionId === undefined : isSoftware(bought);
    })
  );
}

const kinds = [
  ['Azure plan', isAzurePlan],
  ['savings plan', isSavingsPlan],
  ['licence', isLegacy],
  ['new commerce', isNewCommerce],
  ['SaaS', isSaas],
  ['software', isSoftware],
] as const;

/** For people. */
export const kindOf = (subscription: Subscription): string =>
  kinds.find(([, isKind]) => isKind(subscription))?.[0] ?? 'something else';
