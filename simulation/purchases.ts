import type { CustomerSpec, PurchaseSpec } from 'partner-center-sandbox/core';
import type { Choices } from './choices.ts';

/** The purchases of customers, of every kind and in every state that the articles name. */

/** Orders younger than `minIdle` end a request that has it. */
const YOUNG_DAYS = 0.1;
/** Half an hour, or some seconds, younger than `minIdle`. */
const ALMOST_DAYS = [11.5 / 24, 0.5 - 30 / 86_400] as const;
/** Old enough for `minIdle`, and within every window. */
const ORDINARY_DAYS = 0.75;
/** Past the days of new commerce and of the marketplace's months; past those of software; past sixty. */
const OLDER_DAYS = [10, 40, 75] as const;
const MINUTE_MS = 60_000;

const kinds = [
  'reservation',
  'new-commerce',
  'azure-plan',
  'saas',
  'licence',
  'legacy-azure',
  'software-subscription',
  'perpetual-software',
] as const;

type Kind = (typeof kinds)[number];

export function customer(choices: Choices): CustomerSpec {
  return {
    purchases: [
      ...Array.from({ length: choices.between(0, 3) }, () => purchase(choices)),
      ...together(choices),
    ],
    ...(choices.chance(0.01) && { invalidAddress: true }),
    ...(choices.chance(0.01) && { locked: true }),
    ...(choices.chance(0.03) && account(choices)),
  };
}

/** Purchases that depend on each other. At most two, or the quota of subscriptions is exceeded. */
function together(choices: Choices): readonly PurchaseSpec[] {
  if (!choices.chance(0.13)) return [];
  return choices.among([mixedOrder, withAddOn, underAPlan, inPart])(choices);
}

function account(choices: Choices): CustomerSpec {
  const kind = choices.among([
    'under-review',
    'not-approved',
    'agreement-missing',
    'reseller-program-inactive',
  ]);
  const passes = kind === 'under-review' && choices.chance(0.5);
  return { account: kind, ...(passes && { accountForMs: 30 * MINUTE_MS }) };
}

/** A reservation that is listed only when nothing else is active under the plan. */
const underAPlan = (): PurchaseSpec[] => [
  { kind: 'azure-plan', ageDays: ORDINARY_DAYS },
  { kind: 'reservation', ageDays: ORDINARY_DAYS, visibleAfterMs: 14 * MINUTE_MS },
];

/** Article create-a-new-subscription: an add-on hangs on its base subscription. */
function withAddOn(choices: Choices): PurchaseSpec[] {
  const base: PurchaseSpec = {
    kind: choices.among(['new-commerce', 'licence']),
    ageDays: ORDINARY_DAYS,
    cancelTakesMs: choices.between(0, 3) * 15_000,
  };
  return [base, { ...base, addOn: true }];
}

function mixedOrder(choices: Choices): [PurchaseSpec] {
  const together = [choices.among(kinds)];
  return [{ kind: choices.among(kinds), together, ageDays: ORDINARY_DAYS }];
}

/** Article order-resources: of an order of partial success one or more subscriptions are unfulfilled. */
function inPart(choices: Choices): PurchaseSpec[] {
  const [order] = mixedOrder(choices);
  const reviewed = choices.chance(0.3);
  return [
    {
      ...order,
      ...(reviewed
        ? { orderStatus: 'pending_review', reviewEndsAs: 'partial_success', pendingForMs: 240_000 }
        : { orderStatus: 'partial_success' }),
      failedLines: choices.between(1, 2),
    },
  ];
}

/** A purchase of any kind, mostly without anything unusual. */
function purchase(choices: Choices): PurchaseSpec {
  if (choices.chance(0.03)) return { kind: 'unknown', ageDays: ORDINARY_DAYS, ...odd(choices) };
  if (choices.chance(0.03)) {
    return { kind: 'savings-plan', ageDays: ORDINARY_DAYS, ...idForms(choices), ...odd(choices) };
  }
  const kind = choices.among(kinds);
  const special = choices.chance(0.4) ? inState[kind](choices) : {};
  return {
    kind,
    ageDays: ageDays(choices),
    ...timing(kind, choices),
    ...idForms(choices),
    ...(Object.keys(special).length > 0 ? special : odd(choices)),
  };
}

function ageDays(choices: Choices): number {
  if (choices.chance(0.12)) return choices.among([YOUNG_DAYS, ...ALMOST_DAYS], 0.5);
  return choices.chance(0.12) ? choices.among(OLDER_DAYS) : ORDINARY_DAYS;
}

/** How long the cancellation takes; for an Azure subscription about ten minutes, by the articles. */
function timing(kind: Kind, choices: Choices): Partial<PurchaseSpec> {
  const takes = kind === 'azure-plan' ? {} : { cancelTakesMs: choices.between(0, 3) * 15_000 };
  return { ...takes, ...late(choices) };
}

function late(choices: Choices): Partial<PurchaseSpec> {
  if (!choices.chance(0.08)) return {};
  const afterMs = choices.between(1, 14) * MINUTE_MS;
  const list = choices.among(['all', 'subscriptions', 'entitlements'], 0.6);
  if (list === 'subscriptions') return { subscriptionVisibleAfterMs: afterMs };
  return list === 'entitlements'
    ? { entitlementVisibleAfterMs: afterMs }
    : { visibleAfterMs: afterMs };
}

/** What may be unusual about a purchase of any kind. */
function odd(choices: Choices): Partial<PurchaseSpec> {
  const status = choices.among(['active', 'pending', 'released'], 0.85);
  return {
    ...(status !== 'active' && { status }),
    ...(choices.chance(0.02) && { neverCancels: true }),
  };
}

/** Ids in every form that the samples show. */
function idForms(choices: Choices): Partial<PurchaseSpec> {
  if (!choices.chance(0.25)) return {};
  return {
    orderIdForm: choices.among(['long', 'short', 'guid', 'decimal']),
    alternateIdForm: choices.among(['short', 'same', 'guid', 'absent']),
    subscriptionOrderId: choices.among(['id', 'alternateId', 'absent']),
  };
}

const patchErrors = ['2006', '800012', '800021', '800030', '900263', '900277', '900280', '900311'];

/** An error on every PATCH of the subscription: some errors pass, and some of these in time. */
function refusedPatch(choices: Choices): Partial<PurchaseSpec> {
  const patchRefusal = choices.among(patchErrors as [PatchError, ...PatchError[]]);
  const passes = ['900277', '900280'].includes(patchRefusal) && choices.chance(0.5);
  return { patchRefusal, ...(passes && { patchRefusalForMs: 20 * MINUTE_MS }) };
}
type PatchError = NonNullable<PurchaseSpec['patchRefusal']>;

function orderState(choices: Choices): Partial<PurchaseSpec> {
  const orderStatus = choices.among([
    'unknown',
    'pending',
    'suspended',
    'partial_success',
    'error',
    'po_review_rejected',
    'pending_review',
    'pending_po_upload',
    'po_upload_complete',
  ]);
  const waits = ['pending', 'pending_review', 'pending_po_upload', 'po_upload_complete'];
  const passes = waits.includes(orderStatus) && choices.chance(0.6);
  return {
    orderStatus,
    ageDays: ORDINARY_DAYS,
    ...(passes && {
      pendingForMs: choices.between(1, 8) * MINUTE_MS,
      ...(orderStatus !== 'pending' && {
        reviewEndsAs: choices.among(['completed', 'po_review_rejected', 'partial_success']),
      }),
    }),
  };
}

/** What is special about a kind, or nothing. */
const inState: Readonly<Record<Kind, (choices: Choices) => Partial<PurchaseSpec>>> = {
  reservation: (choices) =>
    choices.among<() => Partial<PurchaseSpec>>([
      () => ({ billingCycle: 'monthly' }),
      () => ({ nested: 1 }),
      () => ({ quantity: 2, unfulfilled: choices.between(1, 2) }),
      () => orderState(choices),
    ])(),
  'perpetual-software': (choices) =>
    choices.among<() => Partial<PurchaseSpec>>([
      () => orderState(choices),
      () => ({ included: 2, entitlements: 2 }),
      () => ({ quantity: 2, transferred: 1 }),
    ])(),
  'software-subscription': (choices) =>
    choices.among<() => Partial<PurchaseSpec>>([
      () => orderState(choices),
      () => ({ status: choices.among(['expired', 'disabled', 'deleted']) }),
    ])(),
  'new-commerce': (choices) =>
    choices.among<() => Partial<PurchaseSpec>>([
      () => ({
        trial: true,
        autoRenew: choices.chance(0.5),
        ageDays: choices.among([ORDINARY_DAYS, 10]),
      }),
      () => ({ status: choices.among(['suspended', 'expired', 'disabled', 'deleted', 'none']) }),
      () => ({ termEndsInMs: 0, autoRenew: choices.chance(0.7), ageDays: ORDINARY_DAYS }),
      () => refusedPatch(choices),
      () => ({ scheduledChanges: true, term: 'P1M' }),
    ])(),
  saas: (choices) =>
    choices.among<() => Partial<PurchaseSpec>>([
      () => ({ activated: false }),
      () => ({ activated: false, status: 'pending' }),
      () => ({ term: 'P1Y' }),
      () => ({ status: choices.among(['suspended', 'expired', 'disabled', 'deleted']) }),
      () => refusedPatch(choices),
    ])(),
  'azure-plan': (choices) =>
    choices.among<() => Partial<PurchaseSpec>>([
      () => ({ azureSubscriptions: choices.between(0, 3) }),
      () => ({
        status: 'disabled',
        ...(choices.chance(0.5) && { overspentForMs: 30 * MINUTE_MS }),
      }),
      () => ({ billingCycle: 'monthly', status: choices.among(['suspended', 'expired']) }),
      () => refusedPatch(choices),
    ])(),
  licence: (choices) =>
    choices.among<() => Partial<PurchaseSpec>>([
      () => ({
        migration: choices.among(['reverts', 'completes']),
        ...(choices.chance(0.7) && { migrationTakesMs: 20 * MINUTE_MS }),
      }),
      () => ({ status: choices.among(['suspended', 'expired', 'disabled', 'deleted', 'none']) }),
      () => refusedPatch(choices),
    ])(),
  'legacy-azure': (choices) =>
    choices.among<() => Partial<PurchaseSpec>>([
      () => ({ status: choices.among(['suspended', 'deleted', 'none']) }),
      () => refusedPatch(choices),
    ])(),
};

/** A purchase made meanwhile; it can be cancelled. */
export function newPurchase(choices: Choices): PurchaseSpec {
  const kind = choices.among(kinds);
  return {
    kind,
    ageDays: 0,
    ...timing(kind, choices),
    ...idForms(choices),
    ...(kind === 'saas' && choices.chance(0.5) && { activated: false }),
  };
}
