import { link } from './answer.ts';
import { shownWindow, windowStartMs } from './cancellation-windows.ts';
import { etagOf } from './identifiers.ts';
import type { Customer, Subscription } from './model.ts';
import { isLegacy, type ProductType, products } from './products.ts';
import { dateTime, etagEpoch, type View } from './resources.ts';
import { spelled, typed } from './spelling.ts';

/** Shape: article subscription-resources and the samples of each product. */

const DAY_MS = 24 * 3_600_000;
const YEAR_MS = 365 * DAY_MS;
/** "A date far, far away in the future", article subscription-resources. */
const NEVER = '9999-12-10T00:00:00Z';

/** Its version; `undefined` where samples of its product show no etag. */
export function subscriptionEtag(subscription: Subscription, view: View): string | undefined {
  const shown = products[subscription.kind].hasEtag || view.settings.etags === 'everywhere';
  return shown ? etagOf(subscription, etagEpoch(view)) : undefined;
}

export const isOverspent = ({ overspentUntilMs }: Subscription, { nowMs }: View) =>
  nowMs < overspentUntilMs;

/** How it reads: a plan that is disabled by spending is active all the same. */
export function shownStatus(subscription: Subscription, view: View): Subscription['status'] {
  const { status } = subscription;
  const disabled =
    status === 'active' &&
    isOverspent(subscription, view) &&
    view.settings.overspentPlanReads === 'disabled';
  return disabled ? 'disabled' : status;
}

/** The resource as GET shows it. After a PATCH its etag is empty (article cancel-an-azure-marketplace-subscription): read it again. */
export function subscriptionResource(
  customer: Customer,
  subscription: Subscription,
  view: View,
  withEtag = true,
) {
  const { id, createdMs, kind, term, termDuration, shownOrderId } = subscription;
  const { settings } = view;
  const etag = subscriptionEtag(subscription, view);
  return {
    id,
    offerId: typed(subscription.offerId, settings),
    // Of Microsoft Azure both "have the same value" (article azure-plan-transition).
    ...(isLegacy(kind) ? { entitlementId: id } : {}),
    offerName: subscription.offerName,
    friendlyName: subscription.friendlyName,
    ...typeFields(subscription, view),
    quantity: subscription.quantity,
    ...(subscription.parentSubscriptionId === undefined
      ? {}
      : { parentSubscriptionId: subscription.parentSubscriptionId }),
    creationDate: dateTime(createdMs),
    effectiveStartDate: dateTime(term?.startMs ?? createdMs),
    ...(subscription.trial && settings.trialEndDates === 'absent'
      ? {}
      : { commitmentEndDate: commitmentEndDate(subscription) }),
    ...cancellationDates(subscription, view),
    status: spelled(shownStatus(subscription, view), settings),
    autoRenewEnabled: subscription.autoRenew,
    isTrial: subscription.trial,
    billingCycle: spelled(subscription.billingCycle, settings),
    ...(termDuration === undefined ? {} : { termDuration }),
    ...scheduled(subscription),
    contractType: 'subscription',
    links: { self: link(`/customers/${customer.id}/subscriptions/${id}`) },
    ...(shownOrderId === undefined ? {} : { orderId: shownOrderId }),
    attributes: {
      ...(etag === undefined ? {} : { etag: withEtag ? etag : '' }),
      objectType: 'Subscription',
    },
  };
}

function commitmentEndDate({ kind, createdMs, term }: Subscription): string {
  if (kind === 'azure-plan' || kind === 'legacy-azure') return NEVER;
  return dateTime(term?.endMs ?? createdMs + YEAR_MS);
}

/** `productType` and `billingType`, in the form and the letters that are set. */
function typeFields({ kind }: Subscription, { settings }: View) {
  const {
    productType = typeOfLegacy(kind, settings),
    billingType,
    ...rest
  } = products[kind].subscriptionFields;
  return {
    ...(productType === undefined
      ? {}
      : { productType: productTypeOf(productType, kind, settings) }),
    ...rest,
    ...(billingType === undefined ? {} : { billingType: typed(billingType, settings) }),
  };
}

function typeOfLegacy(kind: Subscription['kind'], { legacyAzureType }: View['settings']) {
  const isShown = kind === 'legacy-azure' && legacyAzureType === 'shown';
  return isShown ? products['azure-plan'].subscriptionFields.productType : undefined;
}

function productTypeOf(
  { id, displayName, subType }: ProductType,
  kind: Subscription['kind'],
  settings: View['settings'],
): object {
  const { productTypeForm: form } = settings;
  const azure = kind === 'azure-plan' && form === 'with-sub-type';
  const below = subType ?? (azure ? { id: 'Azure', displayName: 'Azure' } : undefined);
  return {
    id: typed(id, settings),
    ...(form === 'id-only' ? {} : { displayName }),
    ...(below === undefined ? {} : { subType: productTypeOf(below, 'unknown', settings) }),
  };
}

/** In every sample the full refund ends a day after the start, also where cancelling is possible for longer. */
function cancellationDates(subscription: Subscription, { settings }: View) {
  const window = shownWindow(subscription, settings);
  if (window === undefined) return {};
  const startMs = windowStartMs(subscription);
  const { kind } = subscription;
  const { cancellationFields: shown } = settings;
  const refunds = (kind === 'new-commerce' || kind === 'saas') && shown !== 'until-date';
  const refundEnd = dateTime(startMs + Math.min(DAY_MS, window.lastsMs));
  return {
    ...(kind === 'saas' || (refunds && shown === 'refund-options')
      ? {}
      : { cancellationAllowedUntilDate: dateTime(startMs + window.lastsMs) }),
    ...(refunds ? { refundOptions: [{ type: 'Full', [settings.refundDateName]: refundEnd }] } : {}),
  };
}

/** "Only present if scheduled changes are set or for all trial subscriptions", article subscription-resources. */
function scheduled(subscription: Subscription) {
  if (!subscription.scheduledChanges && !subscription.trial) return {};
  const [productId = '', skuId = '', availabilityId = ''] = subscription.offerId.split(':');
  return {
    scheduledNextTermInstructions: {
      product: {
        productId,
        skuId,
        availabilityId,
        billingCycle: subscription.billingCycle,
        termDuration: subscription.termDuration ?? 'P1Y',
      },
      quantity: subscription.quantity,
    },
  };
}
