import { type Turn, turns } from './generate-turns.ts';
import { createRandom, type Random } from './random.ts';
import type { CustomerSpec, PurchaseSpec } from './spec.ts';

/** A population as test runs leave it behind: mostly a few ordinary purchases, and something odd by turns. */

type Draw = (random: Random) => PurchaseSpec;

/** None has more than one subscription: with one more by turns it is still within the quota of 5. */
const MAX_PURCHASES = 4;
const LATE_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;

/** Young enough to be cancelled by order. */
const young = (random: Random) => random.integer(0, 50) + 0.5;
/** Sixty days bind orders only; half a day off every end of a term. */
const anyAge = (random: Random) => random.integer(0, 400) + 0.5;

/** What a correct tool releases by cancelling the order. */
const byOrder: readonly [Draw, ...Draw[]] = [
  (random) => ({ kind: 'reservation', ageDays: young(random), quantity: random.integer(1, 2) }),
  (random) => ({ kind: 'reservation', ageDays: young(random), nested: random.integer(0, 2) }),
  (random) => ({ kind: 'reservation', ageDays: young(random), billingCycle: 'monthly' }),
  (random) => ({
    kind: 'perpetual-software',
    ageDays: young(random),
    lines: random.integer(1, 3),
    entitlements: random.integer(1, 4),
    included: random.integer(0, 2),
    quantity: random.integer(1, 3),
    unfulfilled: random.integer(0, 1),
  }),
  (random) => ({ kind: 'software-subscription', ageDays: young(random) }),
  () => ({ kind: 'reservation', status: 'released' }),
  () => ({ kind: 'perpetual-software', status: 'pending', pendingForMs: 30_000 }),
  () => ({ kind: 'reservation', ageDays: 0, visibleAfterMs: LATE_MS }),
  () => ({ kind: 'reservation', ageDays: 0, entitlementVisibleAfterMs: LATE_MS }),
];

/** Lines of several kinds in one order: what is not cancelled by order is ended by its subscription. */
const together: readonly [Draw, ...Draw[]] = [
  (random) => ({
    kind: 'reservation',
    ageDays: young(random),
    together: ['perpetual-software', random.pick(['software-subscription', 'new-commerce'])],
  }),
  (random) => ({ kind: 'new-commerce', ageDays: young(random), together: ['reservation'] }),
];

/** What it releases by its subscription. */
const bySubscription: readonly [Draw, ...Draw[]] = [
  (random) => ({
    kind: 'new-commerce',
    ageDays: anyAge(random),
    quantity: random.integer(1, 25),
    scheduledChanges: random.next() < 0.2,
  }),
  (random) => ({
    kind: 'saas',
    term: 'P1Y',
    ageDays: anyAge(random),
    activated: random.next() < 0.5,
  }),
  () => ({ kind: 'saas', ageDays: 0, subscriptionVisibleAfterMs: LATE_MS }),
  (random) => ({
    kind: 'azure-plan',
    ageDays: anyAge(random),
    azureSubscriptions: random.integer(0, 3),
  }),
  (random) => ({ kind: 'licence', ageDays: anyAge(random), quantity: random.integer(1, 25) }),
  (random) => ({
    kind: 'licence',
    ageDays: 100,
    migration: random.pick(['reverts', 'completes']),
    migrationTakesMs: HOUR_MS,
  }),
];

/** Ids in every form that the articles' samples have. */
const idForms = (random: Random): Partial<PurchaseSpec> => ({
  orderIdForm: random.pick(['long', 'long', 'short', 'guid', 'decimal']),
  alternateIdForm: random.pick(['short', 'short', 'same', 'guid', 'absent']),
  subscriptionOrderId: random.pick(['id', 'id', 'alternateId', 'absent']),
});

function ordinary(random: Random): PurchaseSpec {
  const drawn = random.next();
  const draws = drawn < 0.45 ? byOrder : drawn < 0.9 ? bySubscription : together;
  return { ...idForms(random), ...random.pick(draws)(random) };
}

/** A subscription and an add-on of it. */
function family(random: Random): PurchaseSpec[] {
  const kind = random.pick(['licence', 'new-commerce'] as const);
  const ageDays = anyAge(random);
  return [
    { ...idForms(random), kind, ageDays },
    { ...idForms(random), kind, ageDays, addOn: true },
  ];
}

const FAMILY_SHARE = 0.1;
/** So that all turns come in a full sandbox of 75. */
const EVERY = 2;

/** The same seed and count always give the same customers; `expected` is how a correct tool ends with each. */
export function generateCustomers(seed: number, count: number): CustomerSpec[] {
  const random = createRandom(seed);
  const first = random.integer(0, turns.length - 1);
  return Array.from({ length: count }, (_, index) => {
    const hasTurn = index % EVERY === EVERY - 1;
    const turn = turns[(first + Math.floor(index / EVERY)) % turns.length];
    return generateCustomer(random, hasTurn ? turn : undefined);
  });
}

function generateCustomer(random: Random, turn: Turn | undefined): CustomerSpec {
  const purchases: PurchaseSpec[] = [];
  const wanted = random.integer(0, MAX_PURCHASES);
  while (purchases.length < wanted) {
    const isFamily = random.next() < FAMILY_SHARE && purchases.length + 2 <= wanted;
    purchases.push(...(isFamily ? family(random) : [ordinary(random)]));
  }
  if (turn?.purchase !== undefined) purchases.push(turn.purchase(random));
  return {
    id: random.guid(),
    ...turn?.customer,
    expected: turn?.ends ?? 'deleted',
    purchases,
  };
}
