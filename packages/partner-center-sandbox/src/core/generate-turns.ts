import type { Random } from './random.ts';
import { accountStates, type CustomerSpec, type PurchaseSpec } from './spec.ts';

/** What rarely happens and every full sandbox should have; drawn at random, most of it would be missing. */
export interface Turn {
  /** How a correct tool ends with it. */
  readonly ends: 'deleted' | 'parked';
  readonly customer?: Partial<CustomerSpec>;
  /** Beside what the customer has. */
  readonly purchase?: Draw;
}

type Draw = (random: Random) => PurchaseSpec;

const HOUR_MS = 3_600_000;

/** What no tool can release through the API, or only after a wait or a person's action. */
const odd: readonly Draw[] = [
  (random) => ({ kind: 'perpetual-software', ageDays: random.integer(61, 400) }),
  (random) => ({ kind: 'reservation', ageDays: random.integer(61, 400) }),
  () => ({ kind: 'unknown' }),
  () => ({ kind: 'reservation', neverCancels: true }),
  (random) => ({
    kind: 'savings-plan',
    subscriptionOrderId: random.pick(['id', 'alternateId', 'absent']),
  }),
  (random) => ({ kind: 'new-commerce', trial: true, ageDays: random.integer(0, 20), quantity: 25 }),
  () => ({ kind: 'perpetual-software', orderStatus: 'pending_po_upload' }),
  (random) => ({ kind: 'licence', patchRefusal: random.pick(['2006', '900263', '900311']) }),
  (random) => ({ kind: random.pick(['new-commerce', 'licence']), status: 'none' }),
];

const byOrder = (random: Random) =>
  random.pick(['reservation', 'perpetual-software', 'software-subscription'] as const);

/** An order in every state that a tool can see to an end. */
const orders: readonly Draw[] = [
  (random) => ({ kind: byOrder(random), status: 'released' }),
  (random) => ({ kind: byOrder(random), status: 'pending', pendingForMs: 30_000 }),
  ...(['unknown', 'suspended', 'po_review_rejected', 'error'] as const).map(
    (orderStatus): Draw =>
      (random) => ({ kind: byOrder(random), orderStatus }),
  ),
  // One of its two lines failed.
  (random) => ({
    kind: random.pick(['reservation', 'perpetual-software']),
    lines: 2,
    orderStatus: 'partial_success',
  }),
  ...(['pending_review', 'po_upload_complete'] as const).map(
    (orderStatus): Draw =>
      (random) => ({
        kind: byOrder(random),
        orderStatus,
        pendingForMs: 30_000,
        reviewEndsAs: random.pick(['completed', 'po_review_rejected']),
      }),
  ),
];

const bySubscription = (random: Random) => random.pick(['new-commerce', 'saas'] as const);

/** A subscription in every state that a tool can see to an end. */
const subscriptions: readonly Draw[] = [
  (random) => ({ kind: bySubscription(random), status: 'pending', pendingForMs: 30_000 }),
  ...(['suspended', 'expired', 'disabled', 'deleted'] as const).map(
    (status): Draw =>
      (random) => ({ kind: bySubscription(random), status, autoRenew: false }),
  ),
  () => ({ kind: 'software-subscription' }),
  (random) => ({ kind: 'legacy-azure', ageDays: random.integer(0, 400) }),
];

/** What takes more than one call, or a wait. */
const slow: readonly Draw[] = [
  () => ({ kind: 'saas', activated: false }),
  (random) => ({
    kind: 'licence',
    ageDays: 100,
    migration: random.pick(['reverts', 'completes']),
    migrationTakesMs: HOUR_MS,
  }),
  (random) => ({
    kind: 'azure-plan',
    azureSubscriptions: random.integer(0, 2),
    status: 'disabled',
  }),
];

const customers: readonly Partial<CustomerSpec>[] = [
  { invalidAddress: true },
  { locked: true },
  ...accountStates.map((account) => ({ account })),
];

export const turns: readonly Turn[] = [
  ...odd.map((purchase): Turn => ({ ends: 'parked', purchase })),
  ...[...orders, ...subscriptions, ...slow].map(
    (purchase): Turn => ({ ends: 'deleted', purchase }),
  ),
  ...customers.map((customer): Turn => ({ ends: 'parked', customer })),
];
