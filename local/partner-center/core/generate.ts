import { createRandom, type Random } from './random.ts';
import { accountStates, type CustomerSpec, type PurchaseSpec } from './spec.ts';

/** A population as test runs leave it behind: mostly a few ordinary purchases, now and then something odd. */

type Draw = (random: Random) => PurchaseSpec;

/** None has more than one subscription: with one odd purchase more it is still within the quota of 5. */
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
  (random) => ({
    kind: 'perpetual-software',
    orderStatus: random.pick(['pending_review', 'po_upload_complete']),
    pendingForMs: 30_000,
    reviewEndsAs: random.pick(['completed', 'po_review_rejected']),
  }),
  (random) => ({
    kind: random.pick(['reservation', 'perpetual-software']),
    orderStatus: random.pick(['suspended', 'partial_success', 'error', 'po_review_rejected']),
  }),
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
    kind: 'new-commerce',
    ageDays: 40,
    autoRenew: false,
    status: random.pick(['suspended', 'expired', 'disabled', 'deleted']),
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
  (random) => ({
    kind: 'azure-plan',
    ageDays: anyAge(random),
    azureSubscriptions: random.integer(0, 2),
    status: 'disabled',
  }),
  (random) => ({ kind: 'licence', ageDays: anyAge(random), quantity: random.integer(1, 25) }),
  (random) => ({
    kind: 'licence',
    ageDays: 100,
    migration: random.pick(['reverts', 'completes']),
    migrationTakesMs: HOUR_MS,
  }),
];

/** What no tool can release through the API, or only when somebody has waited or done something. */
const odd: readonly [Draw, ...Draw[]] = [
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
const ODD_SHARE = 0.1;
const INVALID_ADDRESS_SHARE = 0.02;
const ACCOUNT_SHARE = 0.03;

function accountProblem(random: Random): Pick<CustomerSpec, 'account' | 'locked'> {
  const account = random.pick([...accountStates, 'locked'] as const);
  return account === 'locked' ? { locked: true } : { account };
}

/** The same seed and count always give the same customers; `expected` is how a correct tool ends with each. */
export function generateCustomers(seed: number, count: number): CustomerSpec[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => generateCustomer(random));
}

function generateCustomer(random: Random): CustomerSpec {
  const purchases: PurchaseSpec[] = [];
  const wanted = random.integer(0, MAX_PURCHASES);
  while (purchases.length < wanted) {
    const isFamily = random.next() < FAMILY_SHARE && purchases.length + 2 <= wanted;
    purchases.push(...(isFamily ? family(random) : [ordinary(random)]));
  }
  const isOdd = random.next() < ODD_SHARE;
  if (isOdd) purchases.push(random.pick(odd)(random));
  const invalidAddress = random.next() < INVALID_ADDRESS_SHARE;
  const hasAccountProblem = random.next() < ACCOUNT_SHARE;
  return {
    id: random.guid(),
    ...(invalidAddress ? { invalidAddress } : {}),
    ...(hasAccountProblem ? accountProblem(random) : {}),
    expected: isOdd || invalidAddress || hasAccountProblem ? 'parked' : 'deleted',
    purchases,
  };
}
