import { createRandom, type Random } from './random.ts';
import type { CustomerSpec, PurchaseSpec } from './spec.ts';

/** A population as test runs leave it behind: mostly a few ordinary purchases, now and then something odd. */

type Draw = (random: Random) => PurchaseSpec;

/** With one odd purchase more it is still within the quota of 5 subscriptions. */
const MAX_PURCHASES = 4;
const LATE_MS = 15 * 60_000;

const age = (random: Random) => random.integer(0, 50) + 0.5;

/** What a correct tool releases. */
const ordinary: readonly [Draw, ...Draw[]] = [
  (random) => ({ kind: 'reservation', ageDays: age(random), quantity: random.integer(1, 2) }),
  (random) => ({ kind: 'reservation', ageDays: age(random), nested: random.integer(0, 2) }),
  (random) => ({
    kind: 'perpetual-software',
    ageDays: age(random),
    lines: random.integer(1, 3),
    entitlements: random.integer(1, 4),
  }),
  (random) => ({ kind: 'software-subscription', ageDays: age(random) }),
  (random) => ({
    kind: 'new-commerce',
    ageDays: age(random),
    quantity: random.integer(1, 25),
    trial: random.next() < 0.2,
  }),
  (random) => ({ kind: 'saas', ageDays: age(random) }),
  (random) => ({
    kind: 'azure-plan',
    ageDays: age(random),
    azureSubscriptions: random.integer(0, 3),
  }),
  (random) => ({ kind: 'licence', ageDays: age(random), quantity: random.integer(1, 25) }),
  () => ({ kind: 'reservation', status: 'released' }),
  () => ({ kind: 'perpetual-software', status: 'pending', pendingForMs: 30_000 }),
  () => ({ kind: 'reservation', ageDays: 0, visibleAfterMs: LATE_MS }),
];

/** What no tool can release through the API. */
const odd: readonly [Draw, ...Draw[]] = [
  (random) => ({ kind: 'perpetual-software', ageDays: random.integer(61, 400) }),
  (random) => ({ kind: 'new-commerce', ageDays: random.integer(61, 400) }),
  () => ({ kind: 'unknown' }),
  () => ({ kind: 'reservation', neverCancels: true }),
];

const ODD_SHARE = 0.1;
const INVALID_ADDRESS_SHARE = 0.02;

/** The same seed and count always give the same customers; `expected` is how a correct tool ends with each. */
export function generateCustomers(seed: number, count: number): CustomerSpec[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => generateCustomer(random));
}

function generateCustomer(random: Random): CustomerSpec {
  const purchases: PurchaseSpec[] = [];
  const wanted = random.integer(0, MAX_PURCHASES);
  for (let index = 0; index < wanted; index += 1) purchases.push(random.pick(ordinary)(random));
  const isOdd = random.next() < ODD_SHARE;
  if (isOdd) purchases.push(random.pick(odd)(random));
  const invalidAddress = random.next() < INVALID_ADDRESS_SHARE;
  return {
    id: random.guid(),
    ...(invalidAddress ? { invalidAddress } : {}),
    expected: isOdd || invalidAddress ? 'parked' : 'deleted',
    purchases,
  };
}
