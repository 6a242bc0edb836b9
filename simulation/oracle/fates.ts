import {
  type CustomerSpec,
  defaultSettings,
  type PurchaseSpec,
  type SandboxSettings,
  withSettings,
} from 'partner-center-sandbox/core';
import type { Scenario } from '../scenario.ts';
import { accountFate } from './account-fate.ts';
import { type Age, type Fate, fine, foretold, maybe, stuck } from './fate.ts';
import { windowFate } from './windows.ts';

/** A cancellation is accepted and never done: the deadline passes, or an operation stays under way. */
const never = stuck('parked/deadline', 'parked/pending-operation');
const cannotCancel = stuck('parked/cannot-cancel');

/** As the sandbox of this scenario is set. */
export const settingsOf = ({ settings }: Scenario): SandboxSettings =>
  withSettings(defaultSettings, settings);

/** How everything that a customer holds can end, so long after the customer was seeded. */
export function fatesOf(
  scenario: Scenario,
  { purchases = [], ...customer }: CustomerSpec,
  sinceMs: number,
): readonly Fate[] {
  const settings = settingsOf(scenario);
  const own = purchases.flatMap((spec) =>
    linesOf(spec).map(({ kind, failed }) =>
      fateOf({ ...spec, kind }, { settings, sinceMs }, failed),
    ),
  );
  const needsWrites = purchases.some((spec) => !isReleasedAlready(spec) && !endsByItself(spec));
  const ofAccount = accountFate(customer, { settings, sinceMs, needsWrites: true });
  return [
    ...own,
    needsWrites || settings.accountBlocksDeletion
      ? ofAccount
      : // A write may become necessary later.
        { ...ofAccount, mayEnd: true },
    customer.invalidAddress ? stuck('parked/deadline') : fine,
  ];
}

function endsByItself({ reviewEndsAs, termEndsInMs, autoRenew }: PurchaseSpec): boolean {
  return reviewEndsAs === 'po_review_rejected' || (termEndsInMs === 0 && autoRenew === false);
}

function isReleasedAlready({ status, kind, migration, orderStatus }: PurchaseSpec): boolean {
  if (orderStatus === 'po_review_rejected' || orderStatus === 'error') return true;
  const mayStand = kind === 'new-commerce' || kind === 'saas' ? [] : ['suspended'];
  return (
    migration !== undefined ||
    ['released', 'deleted', 'expired', ...mayStand].includes(status ?? '') ||
    (status === 'disabled' && kind !== 'azure-plan')
  );
}

function fateOf(spec: PurchaseSpec, age: Age, failed: boolean): Fate {
  const { kind, status, trial } = spec;
  if (spec.migration !== undefined) return migrationFate(spec, age);
  if (isInPart(spec)) return lineFate(spec, age, failed);
  if (isReleasedAlready(spec)) return spec.orderStatus === 'error' ? errorFate(age) : fine;
  if (kind === 'unknown') return foretold('parked/unknown-product');
  if (kind === 'savings-plan') return foretold('parked/savings-plan');
  if (trial) return foretold('parked/trial');
  if (spec.orderStatus !== undefined && spec.orderStatus !== 'completed') {
    return orderFate(spec, age);
  }
  const late = windowFate(spec, age);
  // A cancellation may have been accepted before it was too late.
  if (!late.mayEnd)
    return spec.neverCancels ? { ...late, outcomes: [...late.outcomes, ...never.outcomes] } : late;
  // Nothing can be changed of what reads `none` (800021).
  if (status === 'none') return cannotCancel;
  if (spec.neverCancels) return never;
  return together(late, refusedFate(spec), stateFate(spec, age));
}

function together(...fates: readonly Fate[]): Fate {
  return {
    outcomes: fates.flatMap(({ outcomes }) => outcomes),
    mayEnd: fates.every(({ mayEnd }) => mayEnd),
  };
}

/** A failed order may still hold something: then DELETE is refused for good. */
function errorFate({ settings }: Age): Fate {
  return settings.failedOrders === 'hold' ? maybe('parked/deadline') : fine;
}

/** A request that comes long after may be too late to cancel, and the lists may say so. */
const perhapsTooLate = (spec: PurchaseSpec, age: Age): Fate => ({
  ...windowFate(spec, age),
  mayEnd: true,
});

const isInPart = ({ orderStatus, reviewEndsAs }: PurchaseSpec): boolean =>
  orderStatus === 'partial_success' || reviewEndsAs === 'partial_success';

/** The lines of its order, of which the last fail in an order of partial success. */
function linesOf(spec: PurchaseSpec) {
  const { kind, lines = 1, together = [], failedLines = 1 } = spec;
  const kinds = [...Array.from({ length: lines }, () => kind), ...together];
  const failing = isInPart(spec) ? failedLines : 0;
  return kinds.map((each, index) => ({ kind: each, failed: index >= kinds.length - failing }));
}

const BY_ORDER: ReadonlySet<PurchaseSpec['kind']> = new Set([
  'reservation',
  'perpetual-software',
  'software-subscription',
]);

/** A line that failed holds nothing. Where that is not to be seen, or its order cannot be cancelled, a person may have to say so. */
function lineFate(spec: PurchaseSpec, age: Age, failed: boolean): Fate {
  const { cancelPartialSuccess, failedLineSubscription, refuseEntitlementsToAppOnly } =
    age.settings;
  const isRefused = cancelPartialSuccess === 'refused';
  const byOrder = BY_ORDER.has(spec.kind);
  if (!failed) {
    if (!byOrder || !isRefused) return orderFate(spec, age);
    // By its subscription it can be ended all the same: article cancel-an-order-from-the-integration-sandbox, its table.
    return spec.kind === 'software-subscription' ? maybe(...cannotCancel.outcomes) : cannotCancel;
  }
  if (byOrder) return isRefused ? maybe(...cannotCancel.outcomes) : orderFate(spec, age);
  // It reads `none`, of which nothing can be changed (800021).
  if (failedLineSubscription === 'listed') return cannotCancel;
  return isRefused || refuseEntitlementsToAppOnly ? maybe(...cannotCancel.outcomes) : fine;
}

/** Articles order-resources and pending-po-upload. */
function orderFate(spec: PurchaseSpec, age: Age): Fate {
  const { orderStatus, neverCancels } = spec;
  // The order completes in time, but its purchase may be too old when the request comes long after.
  if (spec.pendingForMs !== undefined) return perhapsTooLate(spec, age);
  switch (orderStatus) {
    case 'pending':
      return stuck('parked/deadline');
    case 'pending_review':
    case 'pending_po_upload':
    case 'po_upload_complete':
      if (age.settings.cancelUnderReview !== 'accepted')
        return stuck('parked/purchase-order-missing');
      return neverCancels ? never : perhapsTooLate(spec, age);
    default:
      return neverCancels ? never : perhapsTooLate(spec, age);
  }
}

/** The errors 900277 and 900280 pass by themselves: article error-codes. */
function refusedFate({ patchRefusal, patchRefusalForMs }: PurchaseSpec): Fate {
  if (patchRefusal === undefined) return fine;
  if (patchRefusal !== '900277' && patchRefusal !== '900280') return cannotCancel;
  return patchRefusalForMs === undefined ? stuck('parked/deadline') : fine;
}

function stateFate(spec: PurchaseSpec, { settings, sinceMs }: Age): Fate {
  const { kind, status, overspentForMs } = spec;
  if (status === 'suspended' && settings.suspendedUpdates === 'refused-even-to-end') {
    return cannotCancel;
  }
  if (kind === 'azure-plan' && status === 'disabled' && !settings.overspentPlanSuspends) {
    if (overspentForMs === undefined) return cannotCancel;
    return sinceMs > overspentForMs ? fine : maybe('parked/cannot-cancel');
  }
  // 900277: "in the process of being expired", until it is.
  const isExpiring = spec.termEndsInMs === 0 && spec.autoRenew === false;
  const expiresInTime = settings.renewalTakesMs - sinceMs < HOUR_MS;
  return isExpiring && !expiresInTime ? stuck('parked/deadline') : fine;
}

const HOUR_MS = 3_600_000;

/** Article migrate-subscriptions-to-new-commerce: suspended meanwhile; then active again, or new commerce in its place. */
function migrationFate({ migration, migrationTakesMs }: PurchaseSpec, age: Age): Fate {
  const { settings, sinceMs } = age;
  const takesMs = migrationTakesMs ?? settings.migrationTakesMs;
  const isInTime = takesMs - sinceMs < HOUR_MS;
  if (!isInTime && settings.migratingLicenceReads === 'active') return never;
  if (!isInTime) return settings.migrationBlocksDeletion ? stuck('parked/deadline') : fine;
  if (migration === 'reverts') return fine;
  const successor: PurchaseSpec = { kind: 'new-commerce', ageDays: 0 };
  const late = windowFate(successor, { settings, sinceMs: sinceMs - takesMs });
  // The successor may be listed only after the customer was deleted.
  return late.mayEnd ? fine : maybe(...late.outcomes);
}
