import { type Reply, refuse } from './answer.ts';
import { pendingOperation } from './azure-entitlements.ts';
import type { Subscription, SubscriptionStatus } from './model.ts';
import { patchRefusalText } from './patch-refusals.ts';
import { products } from './products.ts';
import type { View } from './resources.ts';
import { isTermEnding } from './terms.ts';

/** What keeps a subscription from being changed, in the codes of article error-codes. */

export interface Wanted {
  readonly status: string;
  readonly autoRenew: boolean;
  readonly quantity: number;
}

/** Nothing can be changed any more: "can't be reactivated", article subscription-lifecycle. */
const OVER: ReadonlySet<SubscriptionStatus> = new Set(['expired', 'disabled']);

/** The product, the state of the subscription, or what is under way with it. */
export function stateRefusal(
  subscription: Subscription,
  wanted: Wanted,
  view: View,
): Reply | undefined {
  return (
    ownRefusal(subscription, wanted, view) ??
    underWay(subscription) ??
    overRefusal(subscription, wanted.status) ??
    renewalRefusal(subscription, wanted, view) ??
    trialRefusal(subscription, wanted) ??
    suspendedRefusal(subscription, wanted, view)
  );
}

function ownRefusal(
  subscription: Subscription,
  wanted: Wanted,
  { nowMs, settings }: View,
): Reply | undefined {
  const { kind, patchRefusal, activated, status, offerId } = subscription;
  if (kind === 'savings-plan') return savingsPlanRefusal;
  if (patchRefusal !== undefined && nowMs < patchRefusal.untilMs) {
    return patchRefusalText(patchRefusal.code, offerId);
  }
  if (status === 'none')
    return refuse(400, '800021', 'This subscription is not a valid subscription.');
  const ends = wanted.status === 'deleted' && settings.unactivatedSaas === 'ends';
  return activated || ends || status === 'deleted'
    ? undefined
    : refuse(400, '800081', 'Cannot update a subscription before activating it.');
}

/** Article error-codes; that it is said of every write is INFERRED. */
export const savingsPlanRefusal: Reply = refuse(
  403,
  '900321',
  'This operation is not supported for Azure savings plan in Partner Center today. It can however be managed in Azure portal.',
);

/** That 800082 is said while it is being provisioned, and 900278 during a migration, is INFERRED from the words. */
function underWay({ change, migration }: Subscription): Reply | undefined {
  if (change?.to === 'active') return notReady;
  return change === undefined && migration === undefined ? undefined : pendingOperation;
}

const notReady: Reply = refuse(
  409,
  '800082',
  'Subscription is not ready to be updated. Try again after sometime.',
);

function overRefusal({ id, status }: Subscription, wanted: string): Reply | undefined {
  if (status === 'deleted' && wanted !== 'deleted') {
    return refuse(400, '2011', `Subscription with ID ${id} and deleted status cannot be updated.`);
  }
  if (!OVER.has(status)) return undefined;
  // Which of the two codes says so is UNCONFIRMED: 800096 for a status, 900279 for anything else.
  return wanted === status
    ? refuse(400, '900279', 'Update operations are no longer allowed for this subscription.')
    : refuse(400, '800096', 'Cannot update the status for this subscription.');
}

/**
 * From the end of the term until the renewal is done, auto-renewal, suspending and resuming are read-only, and cancelling
 * may answer 409 and works two minutes later (article create-a-new-subscription, of new commerce). The codes are INFERRED,
 * and so is that one without auto-renewal is "in the process of being expired".
 */
function renewalRefusal(
  subscription: Subscription,
  wanted: Wanted,
  { nowMs, settings }: View,
): Reply | undefined {
  const { kind, term, status, autoRenew } = subscription;
  if (kind !== 'new-commerce' || term === undefined || !isTermEnding(subscription, nowMs)) {
    return undefined;
  }
  if (!autoRenew) {
    return refuse(
      400,
      '900277',
      'Your subscription is in the process of being expired. No further updates are allowed on this subscription.',
    );
  }
  if (wanted.status === 'deleted') {
    if (settings.cancelDuringRenewal === 'accepted') return undefined;
    term.retryFromMs ??= nowMs + RETRY_AFTER_MS;
    if (nowMs >= term.retryFromMs) return undefined;
    return settings.renewalCode === '800082' ? notReady : pendingOperation;
  }
  return wanted.status !== status || wanted.autoRenew !== autoRenew
    ? refuse(400, '900280', 'Update operations are currently not allowed for this subscription.')
    : undefined;
}

/** "Partners can resubmit the request after waiting for two minutes." */
const RETRY_AFTER_MS = 2 * 60_000;

/** "During a trial, the following actions aren't available": article create-a-new-subscription; the codes are INFERRED. */
function trialRefusal(subscription: Subscription, wanted: Wanted): Reply | undefined {
  if (!subscription.trial) return undefined;
  if (wanted.status !== subscription.status) {
    return refuse(400, '800096', 'Cannot update the status for this subscription.');
  }
  return wanted.quantity === subscription.quantity
    ? undefined
    : refuse(400, '800095', 'Cannot update the seat quantity for this subscription.');
}

function suspendedRefusal(
  { kind, status, quantity }: Subscription,
  wanted: Wanted,
  { settings }: View,
): Reply | undefined {
  if (status !== 'suspended' || settings.suspendedUpdates === 'accepted') return undefined;
  // Another quantity has a code of its own.
  if (wanted.status === 'active' || wanted.quantity !== quantity) return undefined;
  const ends = wanted.status === 'deleted' && products[kind].finalStatus === 'deleted';
  return ends && settings.suspendedUpdates === 'refused'
    ? undefined
    : refuse(400, '800091', 'Cannot update a subscription with suspended status.');
}
