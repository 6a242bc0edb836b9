import type { Random } from './random.ts';
import { accountStates, type CustomerSpec, type PurchaseSpec } from './spec.ts';

/** What rarely happens and every full sandbox should have; drawn at random, most of it would be missing. */
export interface Turn {
  /** How a correct tool ends with it. */
  readonly ends: 'deleted' | 'parked';
  readonly customer?: Partial<CustomerSpec>;
  /** Beside what the customer has. */
  readonly purchase?: (random: Random) => PurchaseSpec;
}

const HOUR_MS = 3_600_000;

/** What no tool can release through the API, or only after a wait or a person's action. */
const odd: readonly NonNullable<Turn['purchase']>[] = [
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
];

/** What takes more than one call, or a wait. */
const slow: readonly NonNullable<Turn['purchase']>[] = [
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
  ...slow.map((purchase): Turn => ({ ends: 'deleted', purchase })),
  ...customers.map((customer): Turn => ({ ends: 'parked', customer })),
];
